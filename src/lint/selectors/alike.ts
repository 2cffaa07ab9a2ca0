/**
 * Of many things that have labels, the few among which the nearest to a selector must be, in the
 * order in which `onePairOff` is to see them. Nothing is left out that it would choose; what shares
 * nothing with the selector is never looked at.
 */
import { LabelIndex } from '../../cluster/label-index.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { lazily } from '../../memo.ts';
import { addTo, groupBy } from '../../multimap.ts';
import { coreOf } from '../../text/kind-words.ts';
import { mostAlike, mostWrongPairs } from '../../text/limits.ts';
import { NameIndex } from '../../text/name-index.ts';
import type { Labelled, Pairs } from './nearest.ts';

export class AlikeIndex {
  readonly #all: readonly Labelled[];
  readonly #order: ReadonlyMap<Labelled, number>;
  /** Those that have an earlier key of the selector come first. */
  readonly #byKeysFirst: boolean;
  readonly #pairs: LabelIndex<Labelled>;
  readonly #byName = new Map<string, Labelled[]>();
  readonly #byValue = new Map<string, Labelled[]>();
  /** What has all pairs of a selector but one, by those pairs and the key of the one. */
  readonly #butOne = new Map<string, ButOne>();

  constructor(all: readonly Labelled[], order: 'as given' | 'by keys first') {
    this.#all = all;
    this.#byKeysFirst = order === 'by keys first';
    this.#order = new Map(all.map((one, index) => [one, index]));
    this.#pairs = new LabelIndex(all, ({ labels }) => labels);
    for (const one of all) {
      addTo(this.#byName, one.object.name, one);
      for (const value of new Set(one.labels.values()))
        if (value !== null) addTo(this.#byValue, value, one);
    }
  }

  /** @param owner the object that has the selector */
  candidates(pairs: Pairs, owner: ClusterObject): readonly Labelled[] {
    const keys = Object.keys(pairs);
    const found = new Set<Labelled>();
    const add = (one: Labelled | undefined): void => {
      if (one !== undefined) found.add(one);
    };
    for (const [key, value] of Object.entries(pairs).slice(0, mostWrongPairs)) {
      const { [key]: _wrong, ...others } = pairs;
      const butOne = this.#withAllBut(key, others);
      butOne.nearest(value).forEach(add);
      const renamed = (this.#byValue.get(value) ?? []).filter(
        (one) => butOne.has(one) && isUnder(one, value, pairs),
      );
      add(renamed.find((one) => !hasValue(one, key)));
      if (keys.length > 1) add(renamed.find((one) => hasValue(one, key)));
      // What is selected is mostly labelled with its own name.
      for (const one of this.#byName.get(value) ?? []) add(one);
    }
    if (found.size === 0 && keys.length > 2) this.#sharing(pairs).forEach(add);
    for (const one of this.#byName.get(owner.name) ?? []) add(one);
    return [...found].sort((a, b) => this.#rank(a, keys) - this.#rank(b, keys));
  }

  #rank(one: Labelled, keys: readonly string[]): number {
    const index = this.#order.get(one) ?? 0;
    if (!this.#byKeysFirst) return index;
    const first = keys.findIndex((key) => one.labels.has(key));
    return (first === -1 ? keys.length : first) * this.#all.length + index;
  }

  #withAllBut(key: string, others: Pairs): ButOne {
    const text = JSON.stringify([key, others]);
    let known = this.#butOne.get(text);
    if (known === undefined) {
      const entries = Object.entries(others);
      const candidates = entries.length === 0 ? this.#all : this.#pairs.candidates(others);
      const all = candidates.filter(({ labels }) =>
        entries.every(([other, value]) => labels.get(other) === value),
      );
      known = new ButOne(key, all);
      this.#butOne.set(text, known);
    }
    return known;
  }

  /** Those that share a pair, as long as there are few: first those with the rarest. */
  #sharing(pairs: Pairs): readonly Labelled[] {
    const lists = Object.entries(pairs)
      .map(([key, value]) => this.#pairs.candidates({ [key]: value }))
      .sort((a, b) => a.length - b.length);
    const found = new Set<Labelled>();
    for (const list of lists)
      for (const one of list) {
        if (found.size >= mostAlike) return [...found];
        found.add(one);
      }
    return [...found];
  }
}

/** Whether a value stands under a key that the selector does not ask for. */
function isUnder({ labels }: Labelled, value: string, pairs: Pairs): boolean {
  return [...labels].some(([key, actual]) => actual === value && !Object.hasOwn(pairs, key));
}

function hasValue({ labels }: Labelled, key: string): boolean {
  const value = labels.get(key);
  return typeof value === 'string' && !isPlaceholder(value);
}

/** What has all pairs of a selector but the one with this key. */
class ButOne {
  readonly #key: string;
  readonly #all: ReadonlySet<Labelled>;
  /** By its value; the first of each. */
  readonly #byValue: ReadonlyMap<string, Labelled>;
  readonly #values: () => readonly string[];
  readonly #index: () => NameIndex;
  readonly #without: Labelled | undefined;
  /**
   * What no Service takes, by its value but for words like `svc`: the first two that differ in more
   * than their letters.
   */
  readonly #akin: () => ReadonlyMap<string, readonly Labelled[]>;

  constructor(key: string, all: readonly Labelled[]) {
    const byValue = new Map<string, Labelled>();
    let without: Labelled | undefined;
    for (const one of all) {
      const value = one.labels.get(key);
      if (typeof value !== 'string' || !hasValue(one, key)) without ??= one;
      else if (!byValue.has(value)) byValue.set(value, one);
    }
    this.#all = new Set(all);
    this.#byValue = byValue;
    this.#values = lazily(() => [...byValue.keys()]);
    this.#index = lazily(() => new NameIndex(this.#values()));
    this.#without = without;
    this.#akin = lazily(() => {
      const free = all.filter(({ unclaimed }) => unclaimed === true);
      const values = new Map<string, Labelled>();
      for (const one of free) {
        const value = one.labels.get(key);
        if (typeof value === 'string' && !values.has(value)) values.set(value, one);
      }
      return new Map(
        [...groupBy(values, ([value]) => coreOf(value))].map(([core, entries]) => [
          core,
          entries.slice(0, 2).map(([, one]) => one),
        ]),
      );
    });
    this.#key = key;
  }

  has(one: Labelled): boolean {
    return this.#all.has(one);
  }

  /**
   * The first of those whose value is a slip of the wanted one, the first with any other, and the
   * first without one.
   */
  nearest(wanted: string): (Labelled | undefined)[] {
    const slip = this.#index().slip(wanted);
    const value = slip === undefined ? undefined : this.#values()[slip];
    const other = this.#values().find((each) => each !== wanted);
    const akin = this.#akin().get(coreOf(wanted)) ?? [];
    return [
      akin.find(({ labels }) => labels.get(this.#key) !== wanted),
      value === undefined ? undefined : this.#byValue.get(value),
      other === undefined ? undefined : this.#byValue.get(other),
      this.#without,
    ];
  }
}
