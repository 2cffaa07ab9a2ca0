/**
 * Many names, of which the nearest to a written one is asked for again and again. Gives what
 * nearestName and isSlip give, without looking at every name.
 */
import { countBefore } from '../lists.ts';
import { lazily } from '../memo.ts';
import { mostComparisons } from './limits.ts';
import { mostEdits, nearestName } from './nearest-name.ts';
import { differInNumber, longEnough, wordsOf } from './slip.ts';

/** Longer ones are not names of Kubernetes; they are like nothing. */
const longest = 512;

/** Lists up to this length are searched as they are. */
const fewNames = 30;

const indexes = new WeakMap<readonly string[], NameIndex>();

/**
 * nearestName for a list that is asked again and again: what is found out about a long one is kept
 * with it.
 */
export function nearestIn(written: string, names: readonly string[]): string | undefined {
  if (names.length <= fewNames) return nearestName(written, names);
  let index = indexes.get(names);
  if (index === undefined) indexes.set(names, (index = new NameIndex(names)));
  const found = index.nearest(written);
  return found === undefined ? undefined : names[found];
}

const everyPlace = (_index: number): boolean => true;

export class NameIndex {
  readonly #names: readonly string[];
  /**
   * In lower case, in the order of the alphabet: names with the same beginning stand together, as
   * in a tree of letters.
   */
  readonly #sorted: readonly { readonly lower: string; readonly index: number }[];
  #byWords: Map<string, number[]> | undefined;
  /** The first place in runs of 1, 2, 4… sorted names, by where these begin. */
  readonly #firsts = lazily((): readonly (readonly number[])[] => {
    const firsts = [this.#sorted.map(({ index }) => index)];
    for (let run = 1; 2 * run <= this.#sorted.length; run *= 2) {
      const halves = firsts.at(-1) ?? [];
      firsts.push(halves.slice(run).map((first, at) => Math.min(first, halves[at] ?? first)));
    }
    return firsts;
  });

  constructor(names: readonly string[]) {
    this.#names = names;
    this.#sorted = names
      .map((name, index) => ({ lower: name.toLowerCase(), index }))
      .filter(({ lower }) => lower.length <= longest)
      .sort((a, b) => (a.lower < b.lower ? -1 : a.lower > b.lower ? 1 : a.index - b.index));
  }

  /**
   * Where the nearest name stands, as nearestName chooses it: equal but for case, then the fewest
   * edits, then the first.
   *
   * @param counts whether the name at a place may be meant
   */
  nearest(written: string, counts = everyPlace): number | undefined {
    for (let edits = 0; edits <= mostEdits(written); edits += 1) {
      const found = this.#first(written, edits, counts);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /**
   * Where the first name stands that is a slip of the written one (or the other way round), as
   * isSlip says it.
   */
  slip(written: string, counts = everyPlace): number | undefined {
    if (this.#names.length === 0) return undefined;
    const same = this.#sameWords(written).find(counts);
    const near = this.#first(written, mostEdits(written), (index) => {
      const name = this.#names[index] ?? '';
      return counts(index) && longEnough(written, name) && !differInNumber(written, name);
    });
    return same === undefined || (near !== undefined && near < same) ? near : same;
  }

  #sameWords(written: string): readonly number[] {
    if (this.#byWords === undefined) {
      this.#byWords = new Map();
      for (const [index, name] of this.#names.entries()) {
        const words = wordsOf(name);
        const others = this.#byWords.get(words);
        if (others === undefined) this.#byWords.set(words, [index]);
        else others.push(index);
      }
    }
    return this.#byWords.get(wordsOf(written)) ?? [];
  }

  /** The first name within so many edits that counts. */
  #first(written: string, edits: number, counts: (index: number) => boolean): number | undefined {
    const word = written.toLowerCase();
    const sorted = this.#sorted;
    if (word.length > longest || sorted.length === 0) return undefined;
    // How far the beginning of a name is from each beginning of the word, by the length of the
    // former.
    const rows: number[][] = [Array.from({ length: word.length + 1 }, (_, column) => column)];
    const letters: string[] = [];
    let found: number | undefined;
    let left = mostComparisons;

    const descend = (from: number, to: number, depth: number): void => {
      let start = from;
      for (; start < to && sorted[start]?.lower.length === depth; start += 1) {
        const { index } = sorted[start] ?? { index: -1 };
        if (
          (found !== undefined && found < index) ||
          (rows[depth]?.[word.length] ?? Infinity) > edits
        )
          continue;
        if (counts(index)) found = index;
      }
      while (start < to && left > 0) {
        const letter = sorted[start]?.lower[depth] ?? '';
        const end = this.#endOf(letter, start, to, depth);
        left -= 1;
        letters[depth] = letter;
        const mayBeFirst = found === undefined || this.#firstOf(start, end) < found;
        if (mayBeFirst && extend(rows, letters, depth + 1, word, edits))
          descend(start, end, depth + 1);
        start = end;
      }
    };
    descend(0, sorted.length, 0);
    return found;
  }

  /** The first place of any of these sorted names: two runs hold them all. */
  #firstOf(start: number, end: number): number {
    const level = Math.floor(Math.log2(end - start));
    const runs = this.#firsts()[level] ?? [];
    return Math.min(runs[start] ?? 0, runs[end - 2 ** level] ?? 0);
  }

  /** Where the names with this letter at this place end. */
  #endOf(letter: string, start: number, to: number, depth: number): number {
    const isLetter = (index: number): boolean => this.#sorted[index]?.lower[depth] === letter;
    return start + countBefore(to - start, (index) => isLetter(start + index));
  }
}

/**
 * The next row for a name's beginning of this length; false where no name that begins so is near
 * enough.
 */
function extend(
  rows: number[][],
  letters: readonly string[],
  length: number,
  word: string,
  edits: number,
): boolean {
  const far = edits + 1;
  const previous = rows[length - 1] ?? [];
  const before = rows[length - 2] ?? [];
  const row = (rows[length] ??= []);
  const first = Math.max(1, length - edits);
  const last = Math.min(word.length, length + edits);
  row[first - 1] = first === 1 ? length : far;
  let least = row[first - 1] ?? far;
  for (let column = first; column <= last; column += 1) {
    const above = column > length - 1 + edits ? far : (previous[column] ?? far);
    let cost = Math.min(
      above + 1,
      (row[column - 1] ?? far) + 1,
      (previous[column - 1] ?? far) + (letters[length - 1] === word[column - 1] ? 0 : 1),
    );
    if (
      length > 1 &&
      column > 1 &&
      letters[length - 1] === word[column - 2] &&
      letters[length - 2] === word[column - 1]
    )
      cost = Math.min(cost, (before[column - 2] ?? far) + 1);
    row[column] = cost;
    if (cost < least) least = cost;
  }
  // What an older, longer name has left there; between them nobody looks.
  if (last < word.length) row[word.length] = far;
  return least <= edits;
}
