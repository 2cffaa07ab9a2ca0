/**
 * Of the pods that custom resources make, those that a selector may take, without looking at each:
 * as many resources as selectors are a square otherwise.
 */
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { lazily } from '../../memo.ts';
import { addTo, entryOf } from '../../multimap.ts';
import { fitOfPair, type KnownLabels, type MadePods } from './operator.ts';

/** Pods of one resource; `order` is its place among all. */
export interface MadeSet<T> {
  readonly owner: T;
  readonly pods: MadePods;
  readonly order: number;
}

/** Sets of which the same keys are known, and that are open to the same others. */
interface Shape<T> {
  readonly example: MadePods;
  readonly sets: MadeSet<T>[];
}

export class MadeIndex<T> {
  readonly #all: readonly MadeSet<T>[];
  readonly #index = lazily(() => this.#make());
  /** By key: sets that may have it with any value, though nothing is said of it. */
  readonly #open = new Map<string, readonly MadeSet<T>[]>();

  constructor(all: readonly MadeSet<T>[]) {
    this.#all = all;
  }

  /** In the order of their resources. */
  candidates(selector: Readonly<Record<string, string>>): readonly MadeSet<T>[] {
    let fewest: readonly MadeSet<T>[] = this.#all;
    if (this.#all.length < 8) return fewest;
    for (const [key, value] of Object.entries(selector)) {
      if (isPlaceholder(value)) continue;
      const { byPair, loose } = this.#index();
      const lists = [byPair.get(`${key}\n${value}`), loose.get(key), this.#openTo(key)];
      const count = lists.reduce((sum, list) => sum + (list?.length ?? 0), 0);
      if (count < fewest.length) fewest = lists.flatMap((list) => list ?? []);
    }
    return fewest === this.#all ? fewest : [...new Set(fewest)].sort((a, b) => a.order - b.order);
  }

  #openTo(key: string): readonly MadeSet<T>[] {
    return entryOf(this.#open, key, () =>
      this.#index().shapes.flatMap(({ example, sets }) =>
        // Any value will do: nothing is known of the key.
        !Object.hasOwn(example.labels, key) && fitOfPair(bare(example), key, '') !== 'no'
          ? sets
          : [],
      ),
    );
  }

  #make() {
    const byPair = new Map<string, MadeSet<T>[]>();
    const loose = new Map<string, MadeSet<T>[]>();
    const shapes = new Map<string, Shape<T>>();
    for (const set of this.#all) {
      const { labels, maybe = {}, written = {} } = set.pods;
      for (const known of [labels, maybe, written])
        for (const [key, value] of Object.entries(known))
          if (typeof value === 'string' && value !== '' && !isPlaceholder(value))
            addTo(byPair, `${key}\n${value}`, set);
          else addTo(loose, key, set);
      const shape = entryOf(shapes, shapeOf(set.pods), () => ({ example: set.pods, sets: [] }));
      shape.sets.push(set);
    }
    return { byPair, loose, shapes: [...shapes.values()] };
  }
}

/** Without what is said of single keys. */
function bare({ domains, keys, labelsOpen }: MadePods): MadePods {
  const labels: KnownLabels = {};
  return {
    labels,
    ...(domains !== undefined && { domains }),
    ...(keys !== undefined && { keys }),
    ...(labelsOpen !== undefined && { labelsOpen }),
  };
}

function shapeOf({ labels, domains, keys, labelsOpen }: MadePods): string {
  return JSON.stringify([Object.keys(labels), domains, keys?.source, labelsOpen]);
}
