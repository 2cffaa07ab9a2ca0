/** Who offers what groups of files need. */
import type { ManifestObject } from '../manifest/manifest.ts';
import { addTo, entryOf } from '../multimap.ts';
import { getOwn } from '../own.ts';
import { type FileGroup } from './file-group.ts';
import { labelsFor, type Need, needsOf, type Offer, offerOf } from './references.ts';

/** Who offers what, by key and by label pair. */
export class OfferIndex {
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
        if (offer.anywhere !== undefined) addTo(this.#byKey, offer.anywhere, { group, object });
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
    if (need.type === 'object')
      return (
        this.#byKey.get(need.key) ??
        (need.anywhere === undefined ? undefined : this.#byKey.get(need.anywhere)) ??
        []
      );
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
    ? `${need.key} ${need.anywhere ?? ''}`
    : `${need.type} ${need.namespace} ${JSON.stringify(need.labels)}`;
}
