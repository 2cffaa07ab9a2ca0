/** Objects of other units: they may run in the same cluster, or in none. */
import { groupOf } from '../../kubernetes/group-version.ts';
import type { ManifestObject } from '../../manifest/manifest.ts';
import { lazily } from '../../memo.ts';
import { addTo, entryOf, groupBy } from '../../multimap.ts';
import { getOwn } from '../../own.ts';
import { offerOf } from '../../units/references.ts';
import { judges, type Unit } from '../../units/unit.ts';

type Labels = Readonly<Record<string, string>>;

export interface InOtherUnit {
  readonly unit: Unit;
  readonly object: ManifestObject;
}

/**
 * Objects of one name: of two units at most, for who asks is in one of them. Those without a
 * namespace are under ''.
 */
interface Named {
  readonly anywhere: InOtherUnit[];
  readonly byNamespace: Map<string, InOtherUnit[]>;
}

function addFirst(list: InOtherUnit[], one: InOtherUnit): void {
  const [first] = list;
  if (list.length < 2 && first?.unit !== one.unit) list.push(one);
}

/**
 * All units of one run, found by kind and name or by the labels of their pods; each index is made
 * when it is first asked for.
 */
export class OtherUnits {
  readonly #units: readonly Unit[];
  readonly #byKind = lazily(() => groupBy(this.#all(), ({ object: { kind } }) => kind));
  /** By kind, then by group and name: most kinds are never asked for. */
  readonly #named = new Map<string, ReadonlyMap<string, Named>>();
  readonly #byPair = lazily(() => this.#pods());

  constructor(units: readonly Unit[]) {
    this.#units = units;
  }

  /** An object of another unit than `own`; where both namespaces are written they are the same. */
  find(
    own: Unit,
    group: string,
    kind: string,
    namespace: string | undefined,
    name: string,
  ): InOtherUnit | undefined {
    const named = this.#ofKind(kind).get(`${group}/${name}`);
    const found =
      namespace === undefined
        ? named?.anywhere
        : [...(named?.byNamespace.get('') ?? []), ...(named?.byNamespace.get(namespace) ?? [])];
    return found?.find(({ unit }) => unit !== own);
  }

  /** A workload of another unit whose pods have all of these labels. */
  findPods(own: Unit, namespace: string, labels: Labels): InOtherUnit | undefined {
    const pairs = Object.entries(labels);
    const lists = pairs.map((pair) => this.#byPair().get(pair.join('=')) ?? []);
    const rarest = lists.reduce(
      (best, list) => (list.length < best.length ? list : best),
      lists[0] ?? [],
    );
    return rarest.find(
      ({ unit, object, labels: theirs }) =>
        unit !== own &&
        (object.namespace === undefined || object.namespace === namespace) &&
        pairs.every(([key, value]) => getOwn(theirs, key) === value),
    );
  }

  *#all(): Generator<InOtherUnit> {
    for (const unit of this.#units)
      for (const object of unit.objects)
        if (judges(unit, object.document.file)) yield { unit, object };
  }

  #ofKind(kind: string): ReadonlyMap<string, Named> {
    return entryOf(this.#named, kind, () => {
      const found = new Map<string, Named>();
      for (const one of this.#byKind().get(kind) ?? []) {
        const { apiVersion, name, namespace = '' } = one.object;
        const key = `${groupOf(apiVersion)}/${name}`;
        const named = entryOf(found, key, () => ({ anywhere: [], byNamespace: new Map() }));
        addFirst(named.anywhere, one);
        addFirst(
          entryOf(named.byNamespace, namespace, () => []),
          one,
        );
      }
      return found;
    });
  }

  #pods(): ReadonlyMap<string, readonly (InOtherUnit & { readonly labels: Labels })[]> {
    const byPair = new Map<string, (InOtherUnit & { readonly labels: Labels })[]>();
    for (const { unit, object } of this.#all()) {
      const labels = offerOf(object).podLabels ?? {};
      for (const pair of Object.entries(labels))
        addTo(byPair, pair.join('='), { unit, object, labels });
    }
    return byPair;
  }
}
