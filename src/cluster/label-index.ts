/**
 * Things with labels by their label pairs: whoever asks for pairs looks at those with the rarest
 * one only.
 */
import { isPlaceholder } from '../manifest/placeholder.ts';
import { addTo } from '../multimap.ts';
import type { Labels } from './labels.ts';

export class LabelIndex<T> {
  readonly #all: readonly T[];
  readonly #byPair = new Map<string, number[]>();
  /** By key: those whose value a pair cannot tell, as it is filled in later. */
  readonly #anyValue = new Map<string, number[]>();

  /** The order of the items is kept in everything that is given. */
  constructor(items: readonly T[], labelsOf: (item: T) => Labels) {
    this.#all = items;
    for (const [index, item] of items.entries())
      for (const [key, value] of labelsOf(item)) {
        if (value === null || isPlaceholder(value)) addTo(this.#anyValue, key, index);
        else addTo(this.#byPair, `${key}\n${value}`, index);
      }
  }

  /** Everything that may have all of the pairs, and some of what may not. */
  candidates(pairs: Readonly<Record<string, string>>): readonly T[] {
    let best: readonly number[] | undefined;
    for (const [key, value] of Object.entries(pairs)) {
      const open = this.#anyValue.get(key) ?? [];
      // What is filled in later may come out as anything that is written.
      if (isPlaceholder(value)) continue;
      const certain = this.#byPair.get(`${key}\n${value}`) ?? [];
      if (best === undefined || certain.length + open.length < best.length)
        best = open.length === 0 ? certain : [...certain, ...open].sort((a, b) => a - b);
    }
    return best === undefined ? this.#all : best.map((index) => this.#all[index] as T);
  }
}
