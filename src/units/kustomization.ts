/** What a kustomization.yaml says (kustomize api/types/kustomization.go). */
import type { Manifest } from '../manifest/manifest.ts';
import { isJsonObject, type Json, type JsonObject, toJson } from '../manifest/node.ts';
import type { Patch } from './patch.ts';
import { baseName, directoryOf, joinPath } from './paths.ts';

export interface Kustomization {
  readonly directory: string;
  readonly manifest: Manifest;
  /** Files and directories, as paths; remote ones are left out. */
  readonly resources: readonly string[];
  /** Files with patches and transformers: what is in them are no objects of their own. */
  readonly patchFiles: readonly string[];
  /** Objects that a patch names by target, or inline. */
  readonly patches: readonly Patch[];
  readonly namespace?: string;
  readonly labels: readonly AddedLabels[];
  /** Resources that cannot be read offline, and generators that make objects. */
  readonly remote: readonly string[];
}

/** Labels that a kustomization adds: `commonLabels`, and `labels` with as much as they say. */
export interface AddedLabels {
  readonly pairs: Readonly<Record<string, string>>;
  readonly toSelectors: boolean;
  readonly toTemplates: boolean;
}

const fileNames = new Set(['kustomization.yaml', 'kustomization.yml', 'Kustomization']);

export function findKustomizations(manifests: readonly Manifest[]): Map<string, Kustomization> {
  const found = new Map<string, Kustomization>();
  for (const manifest of manifests) {
    if (!fileNames.has(baseName(manifest.file.path))) continue;
    const value = kustomizationValue(manifest);
    if (value !== undefined) found.set(directoryOf(manifest.file.path), readKustomization(manifest, value));
  }
  return found;
}

/** apiVersion and kind may be left out, which makes the document one that is no Kubernetes object. */
function kustomizationValue({ objects, documents }: Manifest): JsonObject | undefined {
  const [object] = objects;
  if (object !== undefined) return object.value;
  const node = documents.find((document) => document.node !== undefined)?.node;
  const value = node === undefined ? undefined : toJson(node);
  return isJsonObject(value) ? value : undefined;
}

function readKustomization(manifest: Manifest, value: JsonObject): Kustomization {
  const directory = directoryOf(manifest.file.path);
  const listed = ['resources', 'bases', 'components'].flatMap((field) => strings(value[field]));
  const patches = ['patches', 'patchesJson6902', 'patchesStrategicMerge'].flatMap((field) =>
    Array.isArray(value[field]) ? value[field] : [],
  );
  const patchFiles = [
    ...patches.map((patch) => (isJsonObject(patch) ? patch['path'] : patch)),
    ...objectsIn(value['replacements']).map((replacement) => replacement['path']),
    ...strings(value['configurations']),
    ...strings(value['transformers']),
  ].filter((path): path is string => typeof path === 'string' && !path.includes('\n'));
  const namespace = value['namespace'];
  return {
    directory,
    manifest,
    resources: listed.filter((path) => !isRemote(path)).map((path) => joinPath(directory, path)),
    patchFiles: patchFiles.map((path) => joinPath(directory, path)),
    patches: patches.flatMap((patch) => patchTarget(patch, manifest.file.path)),
    remote: [
      ...listed.filter(isRemote),
      ...strings(value['generators']),
      ...objectsIn(value['helmCharts']).map(({ name }) => `Helm chart ${String(name)}`),
    ],
    labels: [
      ...addedLabels(value['commonLabels'], true, true),
      ...objectsIn(value['labels']).flatMap(({ pairs, includeSelectors, includeTemplates }) =>
        addedLabels(pairs, includeSelectors === true, includeSelectors === true || includeTemplates === true),
      ),
    ],
    ...(typeof namespace === 'string' && namespace !== '' && { namespace }),
  };
}

function addedLabels(pairs: Json | undefined, toSelectors: boolean, toTemplates: boolean): AddedLabels[] {
  if (!isJsonObject(pairs)) return [];
  const texts = Object.entries(pairs).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return [{ pairs: Object.fromEntries(texts), toSelectors, toTemplates }];
}

/** A target says what is patched; a strategic merge patch without one says it by its own kind and name. */
function patchTarget(patch: Json, source: string): Patch[] {
  const target = isJsonObject(patch) && isJsonObject(patch['target']) ? patch['target'] : undefined;
  const inline = typeof patch === 'string' ? patch : isJsonObject(patch) && typeof patch['patch'] === 'string' ? patch['patch'] : '';
  const kind = target?.['kind'] ?? /^kind: *["']?(\w+)/m.exec(inline)?.[1];
  const name = target?.['name'] ?? /^ +name: *["']?([\w.-]+)/m.exec(inline)?.[1];
  if (target === undefined && kind === undefined) return [];
  return [{ source, ...(typeof kind === 'string' && { kind }), ...(typeof name === 'string' && { name }) }];
}

/** Anything that kustomize would fetch (api/internal/git/repospec.go). */
function isRemote(path: string): boolean {
  return /^(git::|gh:|[a-z+]+:\/\/|git@|github\.com\/)|\?ref=/.test(path);
}

function strings(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

function objectsIn(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
