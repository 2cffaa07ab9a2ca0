/**
 * Long lists: `list.push(...more)` and `Math.max(...numbers)` put every item on the stack, which
 * some hundred thousand overflow. ESLint holds the project to these.
 */

/** Adds items to a list, in place. */
export function pushAll<T>(list: T[], more: Iterable<T>): void {
  for (const item of more) list.push(item);
}

/** -Infinity where there is none. */
export function largest(numbers: Iterable<number>): number {
  let found = -Infinity;
  for (const number of numbers) if (number > found) found = number;
  return found;
}

/** Infinity where there is none. */
export function smallest(numbers: Iterable<number>): number {
  let found = Infinity;
  for (const number of numbers) if (number < found) found = number;
  return found;
}

/** One of all that have the same key: the last, in the place of the first. */
export function dedupe<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}

/**
 * How many items stand before a place, in a list of `length` that is sorted so that all that come
 * before it stand first; in log(length) questions.
 */
export function countBefore(length: number, isBefore: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
