/** Who offers what groups of files need. */
import type { ManifestObject } from '../manifest/manifest.ts';
import { lazily } from '../memo.ts';
import { addTo, entryOf, groupByEach } from '../multimap.ts';
import { getOwn } from '../own.ts';
import { NameIndex } from '../text/name-index.ts';
import { isSlip } from '../text/slip.ts';
import { type FileGroup } from './file-group.ts';
import { withParents } from './paths.ts';
import { labelsFor, type Need, needsOf, type Offer, offerOf } from './references.ts';

interface Offered {
  readonly group: FileGroup;
  readonly offer: Offer;
}

/** Labels → values → who has them. */
type Pairs = Map<string, Map<string, Offered[]>>;

/** What some groups offer, as far as it is wanted: by key, and by the pairs of a namespace. */
class Offers {
  readonly #byKey = new Map<string, Offered[]>();
  readonly #byPair = { pods: new Map<string, Pairs>(), services: new Map<string, Pairs>() };

  constructor(groups: readonly FileGroup[], wanted: Iterable<Need>) {
    for (const need of wanted) this.#want(need);
    for (const group of groups)
      for (const object of group.objects) this.#add({ group, offer: offerOf(object) });
  }

  #want(need: Need): void {
    if (need.type === 'object') {
      entryOf(this.#byKey, need.key, () => []);
      if (need.anywhere !== undefined) entryOf(this.#byKey, need.anywhere, () => []);
      return;
    }
    const pairs = entryOf(this.#byPair[need.type], need.namespace, (): Pairs => new Map());
    for (const [label, value] of Object.entries(need.labels))
      entryOf(
        entryOf(pairs, label, () => new Map<string, Offered[]>()),
        value,
        () => [],
      );
  }

  #add(one: Offered): void {
    const { object, key, anywhere, namespace, podLabels, serviceLabels } = one.offer;
    this.#byKey.get(key)?.push(one);
    if (anywhere !== undefined) this.#byKey.get(anywhere)?.push(one);
    if (object.kind === 'EndpointSlice')
      for (const need of needsOf(object))
        if (need.type === 'object')
          this.#byKey.get(need.key.replace(/^Service/, 'Endpoints'))?.push(one);
    addPairs(this.#byPair.pods.get(namespace), podLabels, one);
    addPairs(this.#byPair.services.get(namespace), serviceLabels, one);
  }

  /** What stands under the very key, which a need that is met anywhere has as well. */
  named({ key }: { readonly key: string }): readonly Offered[] {
    return this.#byKey.get(key) ?? [];
  }

  labelled(need: Need & { readonly type: 'pods' | 'services' }): readonly Offered[] {
    const labels = Object.entries(need.labels);
    const pairs = this.#byPair[need.type].get(need.namespace);
    const lists = labels.map(([label, value]) => pairs?.get(label)?.get(value) ?? []);
    const rarest = lists.reduce(
      (best, list) => (list.length < best.length ? list : best),
      lists[0] ?? [],
    );
    return rarest.filter(({ offer }) =>
      labels.every(([label, value]) => getOwn(labelsFor(need, offer), label) === value),
    );
  }
}

function addPairs(pairs: Pairs | undefined, labels: Offer['podLabels'], one: Offered): void {
  if (pairs === undefined || labels === undefined) return;
  for (const label of Object.keys(labels))
    pairs
      .get(label)
      ?.get(getOwn(labels, label) ?? '')
      ?.push(one);
}

/** Further down than this nobody looks for what is needed. */
const maxLevelsDown = 3;

export type ProvidersBelow = ReadonlyMap<string, readonly FileGroup[]>;

/** What groups need of each other. */
export class OfferIndex {
  readonly #unmet = new Map<FileGroup, readonly Need[]>();
  readonly #providers = new Map<string, ReadonlyMap<FileGroup, ManifestObject>>();
  readonly #below = new Map<string, ProvidersBelow>();
  readonly #needs = new Map<FileGroup, readonly Need[]>();
  readonly #ofGroup = new Map<FileGroup, readonly Offer[]>();
  readonly #offers: Offers;
  /** By kind and namespace. */
  readonly #bySort: () => ReadonlyMap<string, Sort>;
  readonly #needsOf: typeof needsOf;

  constructor(groups: readonly FileGroup[], needed = needsOf) {
    this.#needsOf = needed;
    this.#bySort = lazily(() => offersBySort(groups));
    const wanted = new Map<string, Need>();
    for (const group of groups) {
      const unmet = unmetBy(group, uniqueNeeds(group, needed));
      if (unmet.length > 0) this.#unmet.set(group, unmet);
      for (const need of unmet) wanted.set(need.id, need);
    }
    this.#offers = new Offers(wanted.size === 0 ? [] : groups, wanted.values());
  }

  /** What a group needs and has not itself; each once. */
  unmet(group: FileGroup): readonly Need[] {
    return this.#unmet.get(group) ?? [];
  }

  /** All that the objects of a group need. */
  needs(group: FileGroup): readonly Need[] {
    return entryOf(this.#needs, group, () => uniqueNeeds(group, this.#needsOf));
  }

  /** What the objects of a group offer. */
  offers(group: FileGroup): readonly Offer[] {
    return entryOf(this.#ofGroup, group, () => group.objects.map(offerOf));
  }

  /** The groups that have what a group lacks, each with the first of its objects that do. */
  providers(need: Need): ReadonlyMap<FileGroup, ManifestObject> {
    return entryOf(this.#providers, need.id, () => {
      const found = new Map<FileGroup, ManifestObject>();
      for (const { group, offer } of this.#providing(need))
        if (!found.has(group)) found.set(group, offer.object);
      return found;
    });
  }

  /** The same, by the directories that they lie in, and those above these. */
  providersBelow(need: Need): ProvidersBelow {
    return entryOf(this.#below, need.id, () =>
      groupByEach(this.providers(need).keys(), ({ directory }) =>
        withParents(directory, maxLevelsDown),
      ),
    );
  }

  #providing(need: Need): readonly Offered[] {
    const met = need.type === 'object' ? this.#offers.named(need) : this.#offers.labelled(need);
    if (met.length > 0) return met;
    const anywhere =
      need.type === 'object' && need.anywhere !== undefined
        ? this.#offers.named({ key: need.anywhere })
        : met;
    return anywhere.length > 0 ? anywhere : this.#nearly(need);
  }

  /** What nobody has was meant for what is one typo away. */
  #nearly(need: Need): readonly Offered[] {
    // A Service and its Endpoints are written with one name, or each on its own.
    if (need.type !== 'object' || endpoints.has(need.by.kind)) return [];
    const [sort, name] = splitKey(need.key);
    const { offered, names } = this.#bySort().get(sort) ?? {};
    const place = names?.nearest(name) ?? names?.slip(name);
    const near = place === undefined ? undefined : offered?.[place];
    return near !== undefined && isSlip(name, near.offer.object.name) ? [near] : [];
  }
}

const endpoints: ReadonlySet<string> = new Set(['Service', 'Endpoints', 'EndpointSlice']);

interface Sort {
  readonly offered: readonly Offered[];
  readonly names: NameIndex;
}

function offersBySort(groups: readonly FileGroup[]): ReadonlyMap<string, Sort> {
  const sorted = new Map<string, Offered[]>();
  for (const group of groups)
    for (const object of group.objects) {
      const offer = offerOf(object);
      addTo(sorted, splitKey(offer.key)[0], { group, offer });
    }
  return new Map(
    [...sorted].map(([sort, offered]) => {
      const names = new NameIndex(offered.map(({ offer }) => offer.object.name));
      return [sort, { offered, names }];
    }),
  );
}

/** The kind and the namespace of a key, and the name. */
function splitKey(key: string): [sort: string, name: string] {
  const slash = key.lastIndexOf('/');
  return [key.slice(0, slash), key.slice(slash + 1)];
}

/**
 * Nearly all is met at home. What only another namespace has there is not: one that another group
 * has under the very namespace is nearer.
 */
function unmetBy(group: FileGroup, needs: Need[]): Need[] {
  if (needs.length === 0) return needs;
  const own = new Offers([group], needs);
  return needs.filter((need) =>
    need.type === 'object' ? own.named(need).length === 0 : own.labelled(need).length === 0,
  );
}

function uniqueNeeds({ objects }: FileGroup, needed: typeof needsOf): Need[] {
  const needs = new Map<string, Need>();
  for (const object of objects) for (const need of needed(object)) needs.set(need.id, need);
  return [...needs.values()];
}
