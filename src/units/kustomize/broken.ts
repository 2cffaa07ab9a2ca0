/**
 * What keeps `kustomize build` from building: entries that lead nowhere, fields that there are not,
 * patches without an object.
 */
import { pushAll } from '../../lists.ts';
import { itemsOf, textOf } from '../../manifest/edit.ts';
import type { Manifest, ManifestDocument } from '../../manifest/manifest.ts';
import { childOf, type MapNode, type Node, type ScalarNode } from '../../manifest/node.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import type { Range } from '../../manifest/source.ts';
import { nearestName } from '../../text/nearest-name.ts';
import { withoutTrailing } from '../../text/trim.ts';
import { isRemote, type Kustomization, rootOf } from '../kustomization.ts';
import { joinPath } from '../paths.ts';

/** One error of `kustomize build`, where it comes from. */
export interface BrokenEntry {
  readonly document: ManifestDocument;
  readonly range: Range;
  /** In kustomize's words. */
  readonly message: string;
  readonly help: string;
}

/** A path that was looked for in vain. */
export interface AbsentPath {
  /**
   * - `nothing`: there is neither a file nor a directory
   * - `no-kustomization`: a directory without a kustomization
   * - `outside`: a file that is not below the directory of the kustomization
   *   (api/internal/loader/loadrestrictions.go `RestrictionRootOnly`)
   * - `refused`: a directory whose kustomization is of another kind
   */
  readonly state: 'nothing' | 'no-kustomization' | 'outside' | 'refused';
  /** What is there instead of a kustomization, and what kustomize says of it. */
  readonly refused?: Refusal;
  /** A name beside it that is near, instead of its last step. */
  readonly near?: string;
}

export interface Refusal {
  readonly said: string;
  readonly help: string;
}

/** By path as kustomizations are joined to it. A path that is not in it may exist. */
export type AbsentPaths = ReadonlyMap<string, AbsentPath>;

/**
 * The fields of a kustomization, and deprecated ones that are still taken; encoding/json does not
 * mind their case.
 *
 * @source kubernetes-sigs/kustomize api/types/kustomization.go `FixKustomization` @v0.21.3
 */
const fields = (
  'apiVersion kind metadata openapi namePrefix nameSuffix namespace commonLabels labels ' +
  'commonAnnotations patchesStrategicMerge ' +
  'patchesJson6902 patches images imageTags replacements replicas vars sortOptions ' +
  'resources components crds bases configMapGenerator ' +
  'secretGenerator helmGlobals helmCharts helmChartInflationGenerator generatorOptions ' +
  'configurations generators transformers validators buildMetadata'
).split(' ');
const legal = new Set([...fields, 'inventory'].map((field) => field.toLowerCase()));

/** @source kubernetes-sigs/kustomize api/types/typemeta.go `ObjectMeta` @v0.21.1 */
const inMetadata = new Set(['name', 'namespace', 'labels', 'annotations']);

/** @source kubernetes-sigs/kustomize api/types/kustomization.go `EnforceFields` @v0.21.1 */
const versions: ReadonlyMap<string, string> = new Map([
  ['Kustomization', 'kustomize.config.k8s.io/v1beta1'],
  ['Component', 'kustomize.config.k8s.io/v1alpha1'],
]);

/**
 * What kustomize says of a file of the name of its own that holds an object of another kind, which
 * who applies the directory's files may well mean.
 */
export function refusalOf(manifest: Manifest): Refusal | undefined {
  const [object] = manifest.objects;
  const first = manifest.documents.find(({ state }) => state !== 'empty');
  if (object === undefined || object.document !== first || rootOf(manifest) !== undefined)
    return undefined;
  const metadata = childOf(object.node, 'metadata');
  const unknown = [
    ...unknownFields(object.node).map(({ key }) => [key, key] as const),
    ...(metadata?.type === 'map' ? metadata.entries : []).flatMap(({ key }) =>
      inMetadata.has(key.toLowerCase()) ? [] : [[`metadata/${key}`, key] as const],
    ),
  ].sort();
  if (isPlaceholder(object.kind) || unknown.some(([, key]) => isPlaceholder(key))) return undefined;
  // Of JSON whose keys are in order the first one is told.
  const [told] = unknown;
  const said =
    told === undefined
      ? `${object.kind} is neither Kustomization nor Component`
      : `invalid Kustomization: json: unknown field "${told[1]}"`;
  const help =
    `give ${manifest.file.path} another name: it holds ${object.kind} ${object.name}, and ` +
    'kustomize takes what is called so for its own';
  return { said, help };
}

function unknownFields(root: MapNode): MapNode['entries'] {
  return root.entries.filter(({ key }) => !legal.has(key.toLowerCase()));
}

/**
 * Fields that are lists: a mapping in its place cannot be decoded.
 *
 * @source kubernetes-sigs/kustomize api/types/kustomization.go `Kustomization` @v0.21.1
 */
const lists: ReadonlyMap<string, string> = new Map(
  (
    'labels patchesStrategicMerge patchesJson6902 patches images imageTags replacements replicas ' +
    'vars resources components crds bases configMapGenerator secretGenerator helmCharts ' +
    'helmChartInflationGenerator configurations generators transformers validators buildMetadata'
  )
    .split(' ')
    .map((field) => [field.toLowerCase(), field]),
);

interface PathEntry {
  readonly node: ScalarNode;
  readonly text: string;
  readonly said: (text: string) => string;
}

/** The entries of a kustomization that name a file or directory. */
function pathEntries(root: MapNode): PathEntry[] {
  const entries = (nodes: readonly (Node | undefined)[], said: PathEntry['said']): PathEntry[] =>
    nodes.flatMap((node) => {
      // Of a generator's file the key may stand before it.
      const text = textOf(node)?.replace(/^[-.\w]{1,253}=/, '');
      return node?.type !== 'scalar' ||
        text === undefined ||
        text === '' ||
        /\n|: /.test(text) ||
        isRemote(text) ||
        isPlaceholder(text)
        ? []
        : [{ node, text, said }];
    });
  const list = (field: string): readonly Node[] => itemsOf(childOf(root, field));
  const paths = (field: string): (Node | undefined)[] =>
    list(field).map((item) => childOf(item, 'path'));
  return [
    ...entries(
      [...list('resources'), ...list('bases')],
      (text) => `accumulating resources from '${text}'`,
    ),
    ...entries(list('components'), (text) => `accumulating components from '${text}'`),
    ...entries(
      [
        ...list('patches'),
        ...paths('patches'),
        ...list('patchesStrategicMerge'),
        ...paths('patchesJson6902'),
      ],
      (text) => `failed to get the patch file from path(${text})`,
    ),
    ...entries(
      [...paths('replacements'), ...list('configurations')],
      (text) => `loading '${text}'`,
    ),
    // Files of Secrets are often kept out of the repository.
    ...entries(
      list('configMapGenerator').flatMap((item) => itemsOf(childOf(item, 'files'))),
      (text) => `loading KV pairs: file sources: [${text}]`,
    ),
  ];
}

/** Paths of a kustomization that must exist, as joined. */
export function requiredPaths({ manifest, directory }: Kustomization): string[] {
  const root = rootOf(manifest);
  return root === undefined ? [] : pathEntries(root).map(({ text }) => joinPath(directory, text));
}

/** What is wrong with a kustomization by itself. */
export function brokenEntries(
  { manifest, directory }: Kustomization,
  absent: AbsentPaths,
): BrokenEntry[] {
  const root = rootOf(manifest);
  const document = documentAt(manifest, root?.range);
  if (root === undefined || document === undefined) return [];
  const broken: BrokenEntry[] = [];
  for (const { key, keyRange, value } of root.entries) {
    const list = lists.get(key.toLowerCase());
    if (list !== undefined && value?.type === 'map')
      broken.push({
        document,
        range: keyRange,
        message:
          'invalid Kustomization: json: cannot unmarshal object into Go struct field ' +
          `Kustomization.${list}`,
        help:
          list === 'labels'
            ? 'write a list (- pairs: …), or commonLabels, which go into selectors as well'
            : 'write a list: each item begins with -',
      });
    if (legal.has(key.toLowerCase()) || isPlaceholder(key)) continue;
    const near = nearestName(key, fields);
    broken.push({
      document,
      range: keyRange,
      message: `invalid Kustomization: json: unknown field "${key}"`,
      help: near === undefined ? 'take it out' : `change it to ${near}`,
    });
  }
  pushAll(broken, misnamed(root, document));
  for (const { node, text, said } of pathEntries(root)) {
    const found = absent.get(joinPath(directory, text));
    if (found === undefined) continue;
    const why =
      found.state === 'nothing'
        ? 'no such file or directory'
        : found.state === 'outside'
          ? `security; file '${joinPath(directory, text)}' is not in or below '${directory}'`
          : found.refused !== undefined
            ? `couldn't make target for path '${joinPath(directory, text)}': ${found.refused.said}`
            : `unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization'`;
    const near = found.near === undefined ? undefined : withLastStep(text, found.near);
    broken.push({
      document,
      range: node.range,
      message: `${said(text)}: ${why}`,
      help:
        near !== undefined
          ? `change it to ${near}`
          : found.state === 'nothing'
            ? 'correct the path, or add what it names; it is relative to the directory of ' +
              'the kustomization'
            : found.state === 'outside'
              ? 'move the file below the directory of the kustomization'
              : found.refused !== undefined
                ? found.refused.help
                : 'add a kustomization.yaml there, or name its files one by one',
    });
  }
  return broken;
}

/** Kinds and versions that kustomize does not take for its own. */
function misnamed(root: MapNode, document: ManifestDocument): BrokenEntry[] {
  const [kind, version] = [childOf(root, 'kind'), childOf(root, 'apiVersion')];
  const [named = '', written = ''] = [textOf(kind), textOf(version)];
  if (isPlaceholder(named) || isPlaceholder(written)) return [];
  if (kind !== undefined && named !== '' && !versions.has(named)) {
    const message = `${named} is neither Kustomization nor Component`;
    const near = nearestName(named, [...versions.keys()]) ?? 'Kustomization';
    return [{ document, range: kind.range, message, help: `change it to ${near}` }];
  }
  const wanted = versions.get(named) ?? versions.get('Kustomization') ?? '';
  if (version === undefined || written === '' || written === wanted) return [];
  const message = `apiVersion of a ${named || 'Kustomization'} is ${wanted}, and nothing else`;
  return [{ document, range: version.range, message, help: `change it to ${wanted}` }];
}

/** The document of a manifest that holds a place. */
export function documentAt(
  { documents }: Manifest,
  range: Range | undefined,
): ManifestDocument | undefined {
  return range === undefined
    ? undefined
    : (documents.find((one) => one.range[0] <= range[0] && range[0] <= one.range[1]) ??
        documents[0]);
}

function withLastStep(path: string, step: string): string {
  return path.slice(0, withoutTrailing(path, '/').lastIndexOf('/') + 1) + step;
}
