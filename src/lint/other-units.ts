/** Objects of other units: they may run in the same cluster, or in none. */
import { groupOf } from '../kubernetes/group-version.ts';
import type { ManifestObject } from '../manifest/manifest.ts';
import { addTo } from '../multimap.ts';
import { getOwn } from '../own.ts';
import { offerOf } from '../units/references.ts';
import type { Unit } from '../units/unit.ts';

type Labels = Readonly<Record<string, string>>;

export interface InOtherUnit {
  readonly unit: Unit;
  readonly object: ManifestObject;
}

/**
 * All units of one run, found by kind and name or by the labels of their pods; each index is made
 * when it is first asked for.
 */
export class OtherUnits {
  readonly #units: readonly Unit[];
  #index: Map<string, InOtherUnit[]> | undefined;
  #byPair: Map<string, (InOtherUnit & { readonly labels: Labels })[]> | undefined;

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
    return this.#all()
      .get(`${group}/${kind}/${name}`)
      ?.find(
        ({ unit, object }) =>
          unit !== own &&
          (object.namespace === undefined ||
            namespace === undefined ||
            object.namespace === namespace),
      );
  }

  /** A workload of another unit whose pods have all of these labels. */
  findPods(own: Unit, namespace: string, labels: Labels): InOtherUnit | undefined {
    const pairs = Object.entries(labels);
    const lists = pairs.map((pair) => this.#pods().get(pair.join('=')) ?? []);
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

  #pods(): Map<string, (InOtherUnit & { readonly labels: Labels })[]> {
    if (this.#byPair === undefined) {
      this.#byPair = new Map();
      for (const unit of this.#units) {
        for (const object of unit.objects) {
          const labels = offerOf(object).podLabels;
          for (const pair of Object.entries(labels ?? {}))
            addTo(this.#byPair, pair.join('='), { unit, object, labels: labels ?? {} });
        }
      }
    }
    return this.#byPair;
  }

  #all(): Map<string, InOtherUnit[]> {
    if (this.#index === undefined) {
      this.#index = new Map();
      for (const unit of this.#units) {
        for (const object of unit.objects)
          addTo(this.#index, `${groupOf(object.apiVersion)}/${object.kind}/${object.name}`, {
            unit,
            object,
          });
      }
    }
    return this.#index;
  }
}
