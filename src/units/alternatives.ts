/** The files of one directory, split where they hold alternatives. */
import type { Manifest, ManifestObject } from '../manifest/manifest.ts';
import { entryOf, groupBy, groupByEach } from '../multimap.ts';
import { getOwn } from '../own.ts';
import { collect } from './collection.ts';
import { type FileGroup, group, identitiesOf } from './file-group.ts';
import { directoryOf } from './paths.ts';
import { identity, type Need, needsOf, type Offer, offerOf } from './references.ts';
import { areStrayCopy } from './stray-copy.ts';

/**
 * With more alternatives than this a directory is a collection, and each is judged with what it has
 * to do with only.
 */
const mostAlternatives = 8;

/**
 * The files of one directory, in arrangements without two objects of one identity: a file that
 * conflicts with others is laid over them, as if it were applied last, and what it replaces is left
 * out, of whatever kind. So do files that bring a Service with pods of its own each, where the
 * Service of one takes the pods of the other as well: examples that share their labels. Where
 * nothing conflicts there is one group.
 */
export function alternatives(directory: string, manifests: readonly Manifest[]): FileGroup[] {
  if (manifests.length < 2) return [group(directory, manifests)];
  const claims = sharedClaims(manifests);
  const owner = new Map<string, Manifest>();
  const conflicting = new Set<Manifest>();
  for (const manifest of manifests) {
    for (const key of [
      ...identitiesOf(manifest.objects),
      ...(claims.get(manifest)?.keys() ?? []),
    ]) {
      const other = owner.get(key);
      if (other !== undefined && other !== manifest) conflicting.add(manifest).add(other);
      else owner.set(key, manifest);
    }
  }
  if (conflicting.size === 0 || areStrayCopy(conflicting, manifests))
    return [group(directory, manifests)];
  const common = manifests.filter((manifest) => !conflicting.has(manifest));
  const many = conflicting.size > mostAlternatives ? collect([...conflicting], common) : undefined;
  // What is said of the first of two objects must be said of the same one in all arrangements.
  const place = new Map(manifests.map(({ file }, at) => [file, at]));
  const arrangements = new Map<string, FileGroup>();
  for (const first of conflicting) {
    const below = many
      ? (many.related.get(first) ?? [])
      : manifests.filter((manifest) => manifest !== first);
    const arranged = arrange([first, ...below], claims);
    arranged.sort((a, b) => (place.get(a.file) ?? 0) - (place.get(b.file) ?? 0));
    const isCut = many?.related.has(first) === false && { isCut: true as const };
    arrangements.set(contentsOf(arranged), { ...group(directory, arranged), first, ...isCut });
  }
  const [first] = many?.apart ?? [];
  const apart =
    many && first ? [{ ...group(directory, many.apart), first, isRest: true as const }] : [];
  return [...arrangements.values(), ...apart];
}

/** Each file less what those before it replace. */
function arrange(
  manifests: readonly Manifest[],
  claimsOf: ReadonlyMap<Manifest, Claims>,
): Manifest[] {
  const taken = new Set<string>();
  const claimed = new Set<string>();
  const arranged: Manifest[] = [];
  for (const manifest of manifests) {
    const claims = claimsOf.get(manifest) ?? noClaims;
    // The pods of a Service that has come with others already.
    const rivals = new Set([...claims].flatMap(([key, own]) => (claimed.has(key) ? own : [])));
    const isTaken = (object: ManifestObject): boolean =>
      (object.name !== '' && taken.has(identity(object))) || rivals.has(object);
    // A grant goes with the route that it is for.
    const losesRoute = manifest.objects.some(
      (object) => object.kind.endsWith('Route') && isTaken(object),
    );
    const objects = manifest.objects.filter(
      (object) => !isTaken(object) && !(losesRoute && object.kind === 'ReferenceGrant'),
    );
    for (const object of objects) taken.add(identity(object));
    for (const key of claims.keys()) claimed.add(key);
    if (objects.length === manifest.objects.length) arranged.push(manifest);
    else if (objects.length > 0) arranged.push({ ...manifest, objects });
  }
  return arranged;
}

/**
 * Which objects of which files it holds, in whatever order: two arrangements with the same are one.
 */
function contentsOf(manifests: readonly Manifest[]): string {
  const files = manifests.map(
    ({ file, objects }) => `${file.path} ${objects.map(identity).join(' ')}`,
  );
  return files.sort().join('\n');
}

/**
 * The selectors of Services whose pods are in the very same file, with the workloads that make
 * them.
 */
type Claims = ReadonlyMap<string, readonly ManifestObject[]>;

const noClaims: Claims = new Map();

/** Those of files that have a selector in common with another one: no other matters. */
function sharedClaims(manifests: readonly Manifest[]): ReadonlyMap<Manifest, Claims> {
  const selections = new Map(manifests.map((manifest) => [manifest, selectionsOf(manifest)]));
  const first = new Map<string, Manifest>();
  const shared = new Set<string>();
  for (const [manifest, selected] of selections)
    for (const key of selected.keys())
      if (entryOf(first, key, () => manifest) !== manifest) shared.add(key);
  const claims = new Map<Manifest, Claims>();
  for (const [manifest, selected] of shared.size === 0 ? [] : selections)
    if ([...selected.keys()].some((key) => shared.has(key)))
      claims.set(manifest, claimsOf(manifest, selected));
  return claims;
}

type Selections = ReadonlyMap<string, Need & { readonly type: 'pods' | 'services' }>;

/** What the Services of a file select. */
function selectionsOf({ objects }: Manifest): Selections {
  const found: Map<string, Need & { readonly type: 'pods' | 'services' }> = new Map();
  for (const object of objects)
    for (const need of object.kind === 'Service' ? needsOf(object) : [])
      if (need.type === 'pods') found.set(`${need.namespace}\n${formatClaim(need.labels)}`, need);
  return found;
}

function claimsOf({ objects }: Manifest, selected: Selections): Claims {
  const byPair = groupByEach(objects.map(offerOf), ({ namespace, podLabels = {} }) =>
    Object.entries(podLabels).map(([key, value]) => `${namespace}\n${key}\n${value}`),
  );
  if (byPair.size === 0) return noClaims;
  const found = new Map<string, readonly ManifestObject[]>();
  for (const [key, need] of selected) {
    const own = offersOf(need, byPair).map(({ object }) => object);
    if (own.length > 0) found.set(key, own);
  }
  return found;
}

function formatClaim(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join('\n');
}

/** What offers all pairs of a need, found by the rarest of them. */
function offersOf<T extends Offer>(
  {
    labels,
    namespace,
  }: { readonly labels: Readonly<Record<string, string>>; readonly namespace: string },
  byPair: ReadonlyMap<string, readonly T[]>,
): readonly T[] {
  const pairs = Object.entries(labels);
  const [rarest = []] = pairs
    .map(([key, value]) => byPair.get(`${namespace}\n${key}\n${value}`) ?? [])
    .sort((a, b) => a.length - b.length);
  return rarest.filter(({ podLabels }) =>
    pairs.every(([key, value]) => getOwn(podLabels, key) === value),
  );
}

export function byDirectory(
  manifests: readonly Manifest[],
): ReadonlyMap<string, readonly Manifest[]> {
  return groupBy(manifests, ({ file }) => directoryOf(file.path));
}
