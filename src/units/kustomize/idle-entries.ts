/**
 * Entries of a kustomization that are for none of its resources. `kustomize build` fails with
 * counts of replicas, with replacements and with generators that are to merge into one, and passes
 * over patches and images in silence.
 *
 * @source kubernetes-sigs/kustomize api/internal/builtins/ReplicaCountTransformer.go `Transform`
 *   @v0.21.3
 * @source kubernetes-sigs/kustomize api/filters/replacement/replacement.go `selectSourceNode`
 *   @v0.21.3
 * @source kubernetes-sigs/kustomize api/internal/builtins/PatchTransformer.go
 *   `transformStrategicMerge` @v0.21.3
 * @source kubernetes-sigs/kustomize api/resmap/reswrangler.go `appendReplaceOrMerge` @01639bc0
 */
import { imageName } from '../../kubernetes/image-name.ts';
import { itemsOf, textOf } from '../../manifest/edit.ts';
import type { Manifest, ManifestDocument } from '../../manifest/manifest.ts';
import { childOf, type MapNode, type Node } from '../../manifest/node.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { lazily } from '../../memo.ts';
import { entryOf } from '../../multimap.ts';
import { nearestName } from '../../text/nearest-name.ts';
import { type Kustomization, rootOf } from '../kustomization.ts';
import { type BrokenEntry, documentAt } from './broken.ts';
import type { GeneratedData } from './generated-data.ts';
import { allIds, type Resource } from './resource.ts';

export interface IdleEntries {
  /** What kustomize fails with. */
  readonly failing: readonly BrokenEntry[];
  /** What it passes over. */
  readonly idle: readonly BrokenEntry[];
}

/**
 * @param resources all that there are: as they were gathered, for a patch may delete one and an
 *   entry rename its image, and with the names that they have in the end
 * @param below what generators of what it takes in make, and the files that it is made of,
 *   kustomizations among them
 */
export function idleEntries(
  { manifest, isComponent }: Kustomization,
  resources: readonly Resource[],
  below: { readonly generated: GeneratedData; readonly manifests: ReadonlySet<Manifest> },
): IdleEntries {
  const root = rootOf(manifest);
  const document = documentAt(manifest, root?.range);
  if (root === undefined || document === undefined) return { failing: [], idle: [] };
  const namesOf = namesByKind(resources);
  const failing = [
    ...idleReplicas(root, resources, document),
    ...idleSources(root, namesOf, document),
    ...idleGenerators(root, namesOf, below.generated, document),
  ];
  // A component is written for whatever takes it.
  const idle = isComponent
    ? []
    : [
        ...idlePatches(root, namesOf, document),
        ...idleImages(root, resources, document, below.manifests),
      ];
  return { failing, idle };
}

/** The names of all kinds. */
function allNames(resources: readonly Resource[]): ReadonlySet<string> {
  return new Set(resources.flatMap((resource) => allIds(resource).map(({ name }) => name)));
}

const noNames: ReadonlySet<string> = new Set();

/** The names of a kind. */
type NamesOf = (kind: string) => ReadonlySet<string>;

function namesByKind(resources: readonly Resource[]): NamesOf {
  const byKind = lazily(() => {
    const found = new Map<string, Set<string>>();
    for (const resource of resources)
      for (const { kind, name } of allIds(resource))
        entryOf(found, kind, () => new Set<string>()).add(name);
    return found;
  });
  return (kind) => byKind().get(kind) ?? noNames;
}

/** Of names that are written out: a pattern is for whatever there is. */
function isLiteral(text: string | undefined): text is string {
  return text !== undefined && /^[a-z0-9.-]+$/.test(text) && !isPlaceholder(text);
}

function helpFor(name: string, names: ReadonlySet<string>): string {
  const near = nearestName(name, [...names]) ?? (names.size === 1 ? [...names][0] : undefined);
  return near === undefined ? 'correct the name, or take the entry out' : `change it to ${near}`;
}

function* idleReplicas(
  root: MapNode,
  resources: readonly Resource[],
  document: ManifestDocument,
): Iterable<BrokenEntry> {
  const names = allNames(resources);
  for (const item of itemsOf(childOf(root, 'replicas'))) {
    const node = childOf(item, 'name');
    const name = textOf(node);
    if (node === undefined || !isLiteral(name) || names.has(name)) continue;
    const message = `resource with name ${name} does not match a config with a count of replicas`;
    yield { document, range: node.range, message, help: helpFor(name, names) };
  }
}

/** What a source or a target selects by kind and name, where nothing has them. */
interface Absent {
  readonly kind: string;
  readonly name: string;
  readonly node: Node;
  readonly names: ReadonlySet<string>;
}

function absent(selector: Node | undefined, namesOf: NamesOf): Absent | undefined {
  const [kind, node] = [textOf(childOf(selector, 'kind')), childOf(selector, 'name')];
  const name = textOf(node);
  if (node === undefined || kind === undefined || !isLiteral(name) || isGenerated(kind)) return;
  const names = namesOf(kind);
  return names.has(name) ? undefined : { kind, name, node, names };
}

function* idleSources(
  root: MapNode,
  namesOf: NamesOf,
  document: ManifestDocument,
): Iterable<BrokenEntry> {
  for (const item of itemsOf(childOf(root, 'replacements'))) {
    const found = absent(childOf(item, 'source'), namesOf);
    if (found === undefined) continue;
    const { kind, name, node, names } = found;
    const message = `nothing selected by ${kind} ${name}, the source of a replacement`;
    yield { document, range: node.range, message, help: helpFor(name, names) };
  }
}

const generators = [
  ['configMapGenerator', 'ConfigMap'],
  ['secretGenerator', 'Secret'],
] as const;

function* idleGenerators(
  root: MapNode,
  namesOf: NamesOf,
  inherited: GeneratedData,
  document: ManifestDocument,
): Iterable<BrokenEntry> {
  for (const [field, kind] of generators)
    for (const item of itemsOf(childOf(root, field))) {
      const [behavior, node] = [textOf(childOf(item, 'behavior')), childOf(item, 'name')];
      const name = textOf(node);
      if (node === undefined || (behavior !== 'merge' && behavior !== 'replace')) continue;
      if (!isLiteral(name) || namesOf(kind).has(name) || inherited.has(`${kind}/${name}`)) continue;
      const known = [...inherited.keys()].filter((key) => key.startsWith(`${kind}/`));
      const names = new Set([...namesOf(kind), ...known.map((key) => key.slice(kind.length + 1))]);
      const message = `${kind} ${name} does not exist; cannot merge or replace`;
      yield { document, range: node.range, message, help: helpFor(name, names) };
    }
}

/** ConfigMaps and Secrets may be made by generators, which are not among the resources. */
function isGenerated(kind: string): boolean {
  return kind === 'ConfigMap' || kind === 'Secret';
}

function* idlePatches(
  root: MapNode,
  namesOf: NamesOf,
  document: ManifestDocument,
): Iterable<BrokenEntry> {
  const patches = [
    ...itemsOf(childOf(root, 'patches')),
    ...itemsOf(childOf(root, 'patchesJson6902')),
  ];
  for (const item of patches) {
    const found = absent(childOf(item, 'target'), namesOf);
    if (found === undefined) continue;
    const { kind, name, node, names } = found;
    const message = `the target ${kind} ${name} is none of the resources`;
    yield { document, range: node.range, message, help: helpFor(name, names) };
  }
}

/** Only what is nearly an image that is there: lists of images outlive what had them. */
function* idleImages(
  root: MapNode,
  resources: readonly Resource[],
  document: ManifestDocument,
  below: ReadonlySet<Manifest>,
): Iterable<BrokenEntry> {
  const entries = itemsOf(childOf(root, 'images'));
  if (entries.length === 0) return;
  const images = new Set(resources.flatMap((resource) => imagesOf(resource.node)));
  const wanted = new Set(entries.flatMap((item) => textOf(childOf(item, 'name')) ?? []));
  const others = [...images].filter((image) => !wanted.has(image));
  for (const item of entries) {
    const node = childOf(item, 'name');
    const name = textOf(node);
    if (node === undefined || name === undefined || images.has(name) || isPlaceholder(name))
      continue;
    const near = nearestName(name, others);
    if (near === undefined || renamedBy(below).has(name)) continue;
    const message = `no container has the image ${name}; ${near} is there`;
    yield { document, range: node.range, message, help: `change it to ${near}` };
  }
}

/** The names that other kustomizations give to images. */
function renamedBy(manifests: ReadonlySet<Manifest>): ReadonlySet<string> {
  const entries = [...manifests].flatMap((one) => itemsOf(childOf(rootOf(one), 'images')));
  return new Set(entries.flatMap((item) => textOf(childOf(item, 'newName')) ?? []));
}

/** `nginx` of `nginx:1.27@sha256:…`, of every container at whatever depth. */
function imagesOf(node: Node): string[] {
  if (node.type === 'scalar') return [];
  if (node.type === 'seq') return node.items.flatMap(imagesOf);
  return node.entries.flatMap(({ key, value }) => {
    const text = key === 'image' ? textOf(value) : undefined;
    return text === undefined ? imagesOf(value) : [imageName(text)];
  });
}
