/** What a kustomization.yaml says (kustomize api/types/kustomization.go). */
import { inFile, itemsOf, textOf } from '../manifest/edit.ts';
import { isKustomizationFile } from '../manifest/kustomization-file.ts';
import type { Manifest, ManifestObject } from '../manifest/manifest.ts';
import { childOf, type MapNode, type Node, type ScalarNode } from '../manifest/node.ts';
import { type GeneratedData, generatedData } from './kustomize/generated-data.ts';
import type { Target } from './kustomize/select.ts';
import { directoryOf, joinPath } from './paths.ts';

export interface Kustomization {
  readonly directory: string;
  readonly manifest: Manifest;
  /** A part of others that works on what they have gathered. */
  readonly isComponent: boolean;
  /** Files and directories, as paths; remote ones are left out. */
  readonly resources: readonly string[];
  readonly components: readonly string[];
  /** Files with patches and transformers: what is in them are not objects of their own. */
  readonly patchFiles: readonly string[];
  readonly patches: readonly PatchEntry[];
  readonly namespace?: ScalarNode;
  readonly namePrefix: string;
  readonly nameSuffix: string;
  readonly labels: readonly AddedPairs[];
  readonly annotations: readonly AddedPairs[];
  readonly replicas: readonly Replicas[];
  readonly replacements: readonly Replacement[];
  /** Names of the older `vars`, for which `$(NAME)` stands in texts. */
  readonly vars: ReadonlySet<string>;
  /** Files that say in which fields of which kinds names and labels stand. */
  readonly configurations: readonly string[];
  /** Files of transformers that are plugins or functions. */
  readonly transformers: readonly string[];
  /**
   * It brings an OpenAPI document of its own, which may say how lists of custom resources are
   * merged.
   */
  readonly ownSchema: boolean;
  /** Resources that cannot be read offline, and generators that make objects. */
  readonly remote: readonly string[];
  /** `ConfigMap/settings`: what its own generators make, with its keys. */
  readonly generated: GeneratedData;
}

/**
 * In the order in which kustomize applies them: `strategic` before names, namespaces and labels are
 * changed, and so is `either`; `json` after.
 */
export interface PatchEntry {
  readonly field: 'strategic' | 'either' | 'json';
  /** The file that has it, or the text itself. */
  readonly from: string | ScalarNode;
  readonly target?: Target;
  readonly allowNameChange: boolean;
  readonly allowKindChange: boolean;
}

/**
 * Labels that a kustomization adds: `commonLabels`, and `labels` with as much as they say; or
 * annotations.
 */
export interface AddedPairs {
  readonly pairs: MapNode;
  readonly toSelectors: boolean;
  readonly toTemplates: boolean;
  /** Further paths, for objects that any of their parts does not exclude. */
  readonly fields: readonly Node[];
}

export interface Replicas {
  readonly name: string;
  readonly count: ScalarNode;
}

/** A value that is copied from one object to others. */
export interface Replacement {
  readonly targets: readonly ReplacementTarget[];
}

export interface ReplacementTarget {
  readonly select: Target;
  readonly reject: readonly Target[];
  readonly fieldPaths: readonly string[];
}

export function findKustomizations(manifests: readonly Manifest[]): Map<string, Kustomization> {
  const found = new Map<string, Kustomization>();
  const own = manifests.filter(({ file }) => isKustomizationFile(file.path));
  if (own.length === 0) return found;
  const byPath = new Map(manifests.map((manifest) => [manifest.file.path, manifest]));
  for (const manifest of own) {
    const root = rootOf(manifest);
    if (root !== undefined)
      found.set(directoryOf(manifest.file.path), readKustomization(manifest, root, byPath));
  }
  return found;
}

/**
 * apiVersion and kind may be left out, which makes the document one that is not a Kubernetes
 * object.
 */
export function rootOf({ objects, documents }: Manifest): MapNode | undefined {
  // Flux has a kind of that name, too, which is an object like any other, with a spec.
  if (objects[0] !== undefined && !isOwnKind(objects[0])) return undefined;
  const node = objects[0]?.node ?? documents.find((document) => document.node !== undefined)?.node;
  return node?.type === 'map' ? node : undefined;
}

/** Whether it is meant for kustomize, whatever version of it is written. */
function isOwnKind({ apiVersion, kind, value }: ManifestObject): boolean {
  return (
    apiVersion.startsWith('kustomize.config.k8s.io/') ||
    (/^(?:Kustomization|Component)$/.test(kind) && value['spec'] === undefined)
  );
}

function readKustomization(
  manifest: Manifest,
  root: MapNode,
  byPath: ReadonlyMap<string, Manifest>,
): Kustomization {
  const directory = directoryOf(manifest.file.path);
  const local = (paths: readonly string[]): string[] =>
    paths.filter((path) => !isRemote(path)).map((path) => joinPath(directory, path));
  const resources = [...textsOf(root, 'resources'), ...textsOf(root, 'bases')];
  const components = textsOf(root, 'components');
  const patches = patchesOf(root, directory);
  const replacements = listOf(root, 'replacements');
  const configurations = local(textsOf(root, 'configurations'));
  // A transformer may also be written out in the list.
  const transformers = textsOf(root, 'transformers').map((text) =>
    text.includes('\n') ? 'an inline transformer' : joinPath(directory, text),
  );
  const namespace = childOf(root, 'namespace');
  const { file } = manifest;
  return {
    directory,
    manifest,
    isComponent: textOf(childOf(root, 'kind')) === 'Component',
    resources: local(resources),
    components: local(components),
    patchFiles: [
      ...patches.flatMap(({ from }) => (typeof from === 'string' ? from : [])),
      ...local(replacements.flatMap((item) => textOf(childOf(item, 'path')) ?? [])),
      ...configurations,
      ...transformers,
    ],
    patches,
    ...(namespace?.type === 'scalar' &&
      textOf(namespace) !== undefined && { namespace: inFile(namespace, file) }),
    namePrefix: textOf(childOf(root, 'namePrefix')) ?? '',
    nameSuffix: textOf(childOf(root, 'nameSuffix')) ?? '',
    labels: labelsOf(root, manifest),
    annotations: addedPairs(
      childOf(root, 'commonAnnotations'),
      { toSelectors: false, toTemplates: true, fields: [] },
      manifest,
    ),
    replicas: listOf(root, 'replicas').flatMap((item) => replicaCount(item, manifest)),
    replacements: replacements.flatMap((item) => readReplacements(item, directory, byPath)),
    vars: new Set(listOf(root, 'vars').flatMap((item) => textOf(childOf(item, 'name')) ?? [])),
    configurations,
    transformers,
    ownSchema: childOf(root, 'openapi') !== undefined,
    generated: generatedData(root),
    remote: [...[...resources, ...components].filter(isRemote), ...elsewhereMade(root)],
  };
}

function listOf(root: MapNode, field: string): readonly Node[] {
  return itemsOf(childOf(root, field));
}

function textsOf(root: MapNode, field: string): string[] {
  return listOf(root, field).flatMap((item) => textOf(item) ?? []);
}

function patchesOf(root: MapNode, directory: string): PatchEntry[] {
  return [
    ...listOf(root, 'patchesStrategicMerge').flatMap((item) =>
      patchEntry(item, 'strategic', directory),
    ),
    ...listOf(root, 'patches').flatMap((item) => patchEntry(item, 'either', directory)),
    ...listOf(root, 'patchesJson6902').flatMap((item) => patchEntry(item, 'json', directory)),
  ];
}

function labelsOf(root: MapNode, manifest: Manifest): AddedPairs[] {
  return [
    ...listOf(root, 'labels').flatMap((item) => addedLabels(item, manifest)),
    ...addedPairs(
      childOf(root, 'commonLabels'),
      { toSelectors: true, toTemplates: true, fields: [] },
      manifest,
    ),
  ];
}

/** What plugins and charts make of it, which are not run here. */
function elsewhereMade(root: MapNode): string[] {
  return [
    ...textsOf(root, 'generators').map((text) =>
      text.includes('\n') ? 'an inline generator' : text,
    ),
    ...[...listOf(root, 'helmCharts'), ...listOf(root, 'helmChartInflationGenerator')].map(
      (chart) => `Helm chart ${textAt(chart, 'name', 'chartName')}`,
    ),
  ];
}

/** The first of `fields` that is there, or nothing. */
function textAt(item: Node, ...fields: readonly string[]): string {
  return (
    fields.map((field) => textOf(childOf(item, field))).find((text) => text !== undefined) ?? ''
  );
}

function replicaCount(item: Node, { file }: Manifest): Kustomization['replicas'] {
  const [name, count] = [textOf(childOf(item, 'name')), childOf(item, 'count')];
  return name !== undefined && count?.type === 'scalar'
    ? [{ name, count: inFile(count, file) }]
    : [];
}

/** Written out in the list, or in a file of their own: one, several documents, or a list. */
function readReplacements(
  item: Node,
  directory: string,
  byPath: ReadonlyMap<string, Manifest>,
): Kustomization['replacements'] {
  const path = textOf(childOf(item, 'path'));
  if (path === undefined) return [readReplacement(item)];
  const external = byPath.get(joinPath(directory, path));
  return external === undefined
    ? []
    : documentRoots(external)
        .flatMap((node) => (node.type === 'seq' ? node.items : [node]))
        .map(readReplacement);
}

function documentRoots({ documents, objects }: Manifest): Node[] {
  return [...documents.flatMap(({ node }) => node ?? []), ...objects.map(({ node }) => node)];
}

function patchEntry(item: Node, field: PatchEntry['field'], directory: string): PatchEntry[] {
  if (item.type === 'scalar') {
    const text = textOf(item);
    if (text === undefined) return [];
    // The old field takes both; a path has neither line breaks nor colons with a blank behind them.
    const from = /\n|: /.test(text) ? item : pathOf(text, directory);
    return [{ field, from, allowNameChange: false, allowKindChange: false }];
  }
  const path = textOf(childOf(item, 'path'));
  const inline = childOf(item, 'patch');
  const from = path !== undefined && path !== '' ? pathOf(path, directory) : inline;
  if (from === undefined || (typeof from !== 'string' && from.type !== 'scalar')) return [];
  const target = childOf(item, 'target');
  const options = childOf(item, 'options');
  const allows = (option: string): boolean => textOf(childOf(options, option)) === 'true';
  return [
    {
      field,
      from,
      ...(target !== undefined && { target: readTarget(target) }),
      allowNameChange: allows('allowNameChange'),
      allowKindChange: allows('allowKindChange'),
    },
  ];
}

/** An address stays as it is, and no file has it. */
function pathOf(text: string, directory: string): string {
  return isRemote(text) ? text : joinPath(directory, text);
}

const targetFields = [
  'group',
  'version',
  'kind',
  'name',
  'namespace',
  'labelSelector',
  'annotationSelector',
] as const;

function readTarget(node: Node): Target {
  const fields = targetFields.flatMap((field) => {
    const text = textOf(childOf(node, field));
    return text === undefined || text === '' ? [] : [[field, text] as const];
  });
  return Object.fromEntries(fields);
}

function readReplacement(item: Node): Replacement {
  const targets = itemsOf(childOf(item, 'targets')).map((target): ReplacementTarget => {
    const fieldPaths = itemsOf(childOf(target, 'fieldPaths')).flatMap((path) => textOf(path) ?? []);
    const select = childOf(target, 'select');
    return {
      select: select === undefined ? {} : readTarget(select),
      reject: itemsOf(childOf(target, 'reject')).map(readTarget),
      fieldPaths: fieldPaths.length === 0 ? ['metadata.name'] : fieldPaths,
    };
  });
  return { targets };
}

function addedLabels(item: Node, manifest: Manifest): AddedPairs[] {
  const isSet = (field: string): boolean => textOf(childOf(item, field)) === 'true';
  const toSelectors = isSet('includeSelectors');
  const reach = {
    toSelectors,
    toTemplates: toSelectors || isSet('includeTemplates'),
    fields: itemsOf(childOf(item, 'fields')),
  };
  return addedPairs(childOf(item, 'pairs'), reach, manifest);
}

function addedPairs(
  pairs: Node | undefined,
  reach: Omit<AddedPairs, 'pairs'>,
  { file }: Manifest,
): AddedPairs[] {
  if (pairs?.type !== 'map') return [];
  const entries = pairs.entries.flatMap((entry) => {
    const text = textOf(entry.value);
    return entry.value.type !== 'scalar' || text === undefined
      ? []
      : [{ ...entry, value: inFile({ ...entry.value, value: text }, file) }];
  });
  return [{ ...reach, pairs: inFile({ ...pairs, entries }, file) }];
}

/**
 * Anything that kustomize would fetch (api/internal/git/repospec.go; files by their address,
 * api/internal/loader/fileloader.go).
 */
export function isRemote(path: string): boolean {
  return /^(git::|gh:|[a-z+]+:\/\/|git@|github\.com\/)|\?ref=/.test(path);
}
