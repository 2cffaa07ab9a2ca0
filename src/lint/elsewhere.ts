/** Objects of other units: they may run in the same cluster, or in none. */
import { groupOf } from '../cluster/objects.ts';
import type { ManifestObject } from '../manifest/manifest.ts';
import { addTo } from '../multimap.ts';
import type { Unit } from '../units/unit.ts';

export interface FoundElsewhere {
  readonly unit: Unit;
  readonly object: ManifestObject;
}

/** All units of one run, found by kind and name; the index is made when it is first asked for. */
export class Elsewhere {
  readonly #units: readonly Unit[];
  #index: Map<string, FoundElsewhere[]> | undefined;

  constructor(units: readonly Unit[]) {
    this.#units = units;
  }

  /** An object of another unit than `own`; where both namespaces are written they are the same. */
  find(own: Unit, group: string, kind: string, namespace: string | undefined, name: string): FoundElsewhere | undefined {
    return this.#all()
      .get(`${group}/${kind}/${name}`)
      ?.find(
        ({ unit, object }) => unit !== own && (object.namespace === undefined || namespace === undefined || object.namespace === namespace),
      );
  }

  #all(): Map<string, FoundElsewhere[]> {
    if (this.#index === undefined) {
      this.#index = new Map();
      for (const unit of this.#units) {
        for (const object of unit.objects)
          addTo(this.#index, `${groupOf(object.apiVersion)}/${object.kind}/${object.name}`, { unit, object });
      }
    }
    return this.#index;
  }
}
