/**
 * Directories as candidates for units: split where they hold alternatives, joined where one needs
 * what only another has.
 */
import { isExclusive } from '../kubernetes/kinds.ts';
import { pushAll, smallest } from '../lists.ts';
import type { Manifest, ManifestObject } from '../manifest/manifest.ts';
import { addTo, entryOf, remembered } from '../multimap.ts';
import { getOwn } from '../own.ts';
import { mostJoinedObjects } from '../text/limits.ts';
import { isNearlyMet } from './near-miss.ts';
import { directoryOf, levelsUp } from './paths.ts';
import { identity, labelsFor, type Need, needsOf, type Offer, offerOf } from './references.ts';
import type { Join } from './unit.ts';

/** Files that may be one unit or a part of one. */
export interface FileGroup {
  readonly directory: string;
  readonly manifests: readonly Manifest[];
  /** All of their objects but those that another alternative replaces. */
  readonly objects: readonly ManifestObject[];
  readonly identities: ReadonlySet<string>;
  /** The manifest that is laid over the others, where there are alternatives. */
  readonly first?: Manifest;
}

export interface JoinedGroups {
  readonly groups: readonly FileGroup[];
  /** Why each group but the first is one of them. */
  readonly joins: readonly Join[];
  /**
   * It may need others, which were not looked for: all units together hold as much as is judged.
   */
  readonly isCut?: true;
}

/**
 * With more alternatives than this a directory is a collection, and each is judged with what
 * belongs to all only.
 */
const mostAlternatives = 8;

/**
 * The files of one directory, in arrangements without two objects of one identity: a file that
 * conflicts with others is laid over them, as if it were applied last, and what it replaces is left
 * out. So do files that bring a Service with pods of its own each, where the Service of one takes
 * the pods of the other as well: examples that share their labels. Where nothing conflicts there is
 * one group.
 */
export function alternatives(directory: string, manifests: readonly Manifest[]): FileGroup[] {
  const owner = new Map<string, Manifest>();
  const conflicting = new Set<Manifest>();
  for (const manifest of manifests) {
    for (const key of [...identitiesOf(manifest.objects), ...claimsOf(manifest).keys()]) {
      const other = owner.get(key);
      if (other !== undefined && other !== manifest) conflicting.add(manifest).add(other);
      else owner.set(key, manifest);
    }
  }
  if (conflicting.size === 0) return [group(directory, manifests)];
  const common = manifests.filter((manifest) => !conflicting.has(manifest));
  const arrangements = new Map<string, FileGroup>();
  for (const first of conflicting) {
    const below =
      conflicting.size > mostAlternatives
        ? common
        : manifests.filter((manifest) => manifest !== first);
    const arranged = arrange(first, below);
    arrangements.set(contentsOf(arranged), { ...group(directory, arranged), first });
  }
  return [...arrangements.values()];
}

/** A file with the others below it, less what it or the ones before them replace. */
function arrange(first: Manifest, others: readonly Manifest[]): Manifest[] {
  const taken = new Set<string>();
  const claimed = new Set<string>();
  const arranged: Manifest[] = [];
  for (const manifest of [first, ...others]) {
    const claims = claimsOf(manifest);
    // The pods of a Service that has come with others already.
    const rivals = new Set([...claims].flatMap(([key, own]) => (claimed.has(key) ? own : [])));
    const isTaken = (object: ManifestObject): boolean =>
      isIdentified(object) && (taken.has(identity(object)) || rivals.has(object));
    // A grant goes with the route that it is for.
    const losesRoute = manifest.objects.some(
      (object) => object.kind.endsWith('Route') && isTaken(object),
    );
    const objects = manifest.objects.filter(
      (object) => !isTaken(object) && !(losesRoute && object.kind === 'ReferenceGrant'),
    );
    for (const key of identitiesOf(objects)) taken.add(key);
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
    ({ file, objects }) => `${file.path} ${identitiesOf(objects).join(' ')}`,
  );
  return files.sort().join('\n');
}

function group(directory: string, manifests: readonly Manifest[]): FileGroup {
  const objects = manifests.flatMap((manifest) => manifest.objects);
  return { directory, manifests, objects, identities: new Set(identitiesOf(objects)) };
}

function identitiesOf(objects: readonly ManifestObject[]): string[] {
  return objects.filter(isIdentified).map(identity);
}

/**
 * The selectors of Services whose pods are in the very same file, with the workloads that make
 * them.
 */
const claimsOf = remembered(findClaims);

function findClaims({ objects }: Manifest): Map<string, readonly ManifestObject[]> {
  const found = new Map<string, readonly ManifestObject[]>();
  const services = objects.filter(({ kind }) => kind === 'Service');
  if (services.length === 0) return found;
  const byPair = new Map<string, Offer[]>();
  for (const offer of objects.map(offerOf))
    for (const [key, value] of Object.entries(offer.podLabels ?? {}))
      addTo(byPair, `${offer.namespace}\n${key}\n${value}`, offer);
  if (byPair.size === 0) return found;
  for (const need of services.flatMap(needsOf)) {
    if (need.type !== 'pods') continue;
    const key = `${need.namespace}\n${formatClaim(need.labels)}`;
    const own = found.has(key) ? [] : offersOf(need, byPair).map(({ object }) => object);
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

/** Whether two of it could not be in one cluster. */
function isIdentified(object: ManifestObject): boolean {
  return isExclusive(object.kind) && object.name !== '';
}

export function byDirectory(manifests: readonly Manifest[]): Map<string, Manifest[]> {
  const directories = new Map<string, Manifest[]>();
  for (const manifest of manifests) {
    addTo(directories, directoryOf(manifest.file.path), manifest);
  }
  return directories;
}

/** Further up than this, things that have the same labels are as likely strangers as relatives. */
const maxLevelsUp = 2;

/**
 * For each group the others that it needs: the nearest one that offers what it lacks, as long as no
 * identity stands twice. Where several are equally near and exclude each other nothing is joined:
 * the question stays open. Groups that have become part of a larger one are left out.
 */
export function joinGroups(groups: readonly FileGroup[]): JoinedGroups[] {
  const index = new OfferIndex(groups);
  const joined = withinLimit(groups, closures(groups, index), index);
  const absorbed = new Set<FileGroup>();
  for (const { groups: members } of joined.values())
    if (members.length > 1) for (const member of members.slice(1)) absorbed.add(member);
  const larger = groups.flatMap((start) => {
    const unit = joined.get(start);
    return unit === undefined || (unit.groups.length === 1 && absorbed.has(start)) ? [] : [unit];
  });
  return [
    ...new Map(
      larger.map((unit) => [
        unit.groups
          .map(({ manifests }) =>
            manifests.map(({ file, objects }) => `${file.path} ${objects.length}`).join(),
          )
          .sort()
          .join('\n'),
        unit,
      ]),
    ).values(),
  ];
}

type Closures = Map<FileGroup, JoinedGroups>;

/**
 * What each group is joined with, until all of them together hold more objects than are judged;
 * what is left then is not there.
 */
function closures(groups: readonly FileGroup[], index: OfferIndex): Closures {
  const joined: Closures = new Map();
  let left = mostJoinedObjects + 4 * groups.reduce((sum, { objects }) => sum + objects.length, 0);
  for (const start of groups) {
    if (left < 0) break;
    const unit = closure(start, index);
    joined.set(start, unit);
    for (const member of unit.groups.slice(1)) left -= member.objects.length;
  }
  return joined;
}

/**
 * All closures, where they are within the limit. Else those come first that no other group needs,
 * for they hold the others; what is in none of them in the end stays alone, and its unit says so.
 */
function withinLimit(groups: readonly FileGroup[], all: Closures, index: OfferIndex): Closures {
  if (all.size === groups.length) return all;
  const needed = new Set(
    groups.flatMap((start) => stepsFrom(start, index).flatMap(({ compatible }) => compatible)),
  );
  const joined = closures(
    [...groups].sort((a, b) => Number(needed.has(a)) - Number(needed.has(b))),
    index,
  );
  const held = new Set([...joined.values()].flatMap((unit) => unit.groups));
  for (const start of groups)
    if (!held.has(start)) joined.set(start, { groups: [start], joins: [], isCut: true });
  return joined;
}

interface Step {
  readonly compatible: readonly FileGroup[];
  readonly joins: readonly Join[];
}

/** What one group needs by itself. */
function stepsFrom(start: FileGroup, index: OfferIndex): Step[] {
  const found: Step[] = [];
  for (const need of index.needs(start)) {
    const step = stepFor(need, start, new Set([start]), new Set(start.identities), index);
    if (step !== undefined) found.push(step);
  }
  return found;
}

function closure(start: FileGroup, index: OfferIndex): JoinedGroups {
  const members = new Set([start]);
  const identities = new Set(start.identities);
  const joins: Join[] = [];
  // Members that are added on the way are visited, too.
  for (const member of members) {
    for (const need of index.needs(member)) {
      const step = stepFor(need, member, members, identities, index);
      if (step === undefined) continue;
      pushAll(joins, step.joins);
      for (const provider of step.compatible) {
        members.add(provider);
        for (const key of provider.identities) identities.add(key);
      }
    }
  }
  return { groups: [...members], joins };
}

/** The groups to join because of a need that nothing of what is joined already meets. */
function stepFor(
  need: Need,
  member: FileGroup,
  members: ReadonlySet<FileGroup>,
  identities: ReadonlySet<string>,
  index: OfferIndex,
): Step | undefined {
  const providers = index.providers(need);
  if (isAnyOf(members, providers)) return undefined;
  const compatible = nearestOf(member, [...providers.keys()]).filter(
    (provider) => ![...provider.identities].some((key) => identities.has(key)),
  );
  if (compatible.length === 0 || !mutuallyCompatible(compatible)) return undefined;
  if (isNearlyMet(need, index.offers(member), index.needs(member))) return undefined;
  return {
    compatible,
    joins: compatible.map((provider) => ({
      directory: provider.directory,
      because: describeNeed(need, providers.get(provider)),
    })),
  };
}

/** Whether one of the first is one of the second; the shorter list is walked. */
function isAnyOf(
  members: ReadonlySet<FileGroup>,
  providers: ReadonlyMap<FileGroup, unknown>,
): boolean {
  const [few, many] =
    members.size < providers.size ? [members.keys(), providers] : [providers.keys(), members];
  for (const one of few) if (many.has(one)) return true;
  return false;
}

function nearestOf({ directory }: FileGroup, providers: readonly FileGroup[]): FileGroup[] {
  const near = providers
    .map((provider) => ({
      provider,
      up: levelsUp(directory, provider.directory),
      down: levelsUp(provider.directory, directory),
    }))
    .filter(({ up, down }) => up <= maxLevelsUp && down <= maxLevelsUp + 1);
  const least = smallest(near.map(({ up }) => up));
  return near.filter(({ up }) => up === least).map(({ provider }) => provider);
}

function mutuallyCompatible(groups: readonly FileGroup[]): boolean {
  const seen = new Set<string>();
  for (const { identities } of groups) {
    for (const key of identities) {
      if (seen.has(key)) return false;
      seen.add(key);
    }
  }
  return true;
}

const verbs: Readonly<Record<string, string>> = {
  Service: 'selects',
  PodDisruptionBudget: 'selects',
  PodMonitor: 'selects',
  NetworkPolicy: 'selects',
  ServiceMonitor: 'selects',
  Endpoints: 'belongs to',
  EndpointSlice: 'belongs to',
  StatefulSet: 'is governed by',
  HorizontalPodAutoscaler: 'scales',
  VerticalPodAutoscaler: 'scales',
  ScaledObject: 'scales',
};

/** `k8s/svc/api.yaml: Service api selects Deployment api (k8s/deploy/api.yaml)`. */
function describeNeed({ by, type }: Need, provider: ManifestObject | undefined): string {
  const verb =
    by.kind === 'Service' && type === 'object'
      ? 'has its addresses from'
      : (getOwn(verbs, by.kind) ?? 'refers to');
  const found =
    provider === undefined
      ? ''
      : `${provider.kind} ${provider.name} (${provider.document.file.path})`;
  return `${by.document.file.path}: ${by.kind} ${by.name} ${verb} ${found}`;
}

/** Who offers what, by key and by label pair. */
class OfferIndex {
  readonly #needs = new Map<FileGroup, Need[]>();
  readonly #ofGroup = new Map<FileGroup, readonly Offer[]>();
  readonly #providers = new Map<string, ReadonlyMap<FileGroup, ManifestObject>>();
  readonly #byKey = new Map<string, { group: FileGroup; object: ManifestObject }[]>();
  readonly #byPair = new Map<string, { group: FileGroup; offer: Offer }[]>();

  constructor(groups: readonly FileGroup[]) {
    for (const group of groups) {
      const { objects } = group;
      const needs = new Map(objects.flatMap(needsOf).map((need) => [needKey(need), need] as const));
      this.#needs.set(group, [...needs.values()]);
      for (const object of objects) {
        const offer = offerOf(object);
        addTo(this.#byKey, offer.key, { group, object });
        if (object.kind === 'EndpointSlice')
          for (const need of needsOf(object))
            if (need.type === 'object')
              addTo(this.#byKey, need.key.replace(/^Service/, 'Endpoints'), { group, object });
        for (const type of ['pods', 'services'] as const)
          for (const [key, value] of Object.entries(
            (type === 'pods' ? offer.podLabels : offer.serviceLabels) ?? {},
          ))
            addTo(this.#byPair, `${type}\n${offer.namespace}\n${key}\n${value}`, {
              group,
              offer,
            });
      }
    }
  }

  needs(group: FileGroup): readonly Need[] {
    return this.#needs.get(group) ?? [];
  }

  /** What the objects of a group offer. */
  offers(group: FileGroup): readonly Offer[] {
    return entryOf(this.#ofGroup, group, () => group.objects.map(offerOf));
  }

  /** The groups that have it, each with the first of its objects that do. */
  providers(need: Need): ReadonlyMap<FileGroup, ManifestObject> {
    return entryOf(this.#providers, needKey(need), () => {
      const found = new Map<FileGroup, ManifestObject>();
      for (const { group, object } of this.#offers(need))
        if (!found.has(group)) found.set(group, object);
      return found;
    });
  }

  #offers(need: Need): readonly { readonly group: FileGroup; readonly object: ManifestObject }[] {
    if (need.type === 'object') return this.#byKey.get(need.key) ?? [];
    const pairs = Object.entries(need.labels);
    const lists = pairs.map(
      ([key, value]) => this.#byPair.get(`${need.type}\n${need.namespace}\n${key}\n${value}`) ?? [],
    );
    const rarest = lists.reduce(
      (best, list) => (list.length < best.length ? list : best),
      lists[0] ?? [],
    );
    const fitting = rarest.filter(({ offer }) =>
      pairs.every(([key, value]) => getOwn(labelsFor(need, offer), key) === value),
    );
    return fitting.map(({ group, offer }) => ({ group, object: offer.object }));
  }
}

/** Equal for needs that the same things meet. */
function needKey(need: Need): string {
  return need.type === 'object'
    ? need.key
    : `${need.type} ${need.namespace} ${JSON.stringify(need.labels)}`;
}
