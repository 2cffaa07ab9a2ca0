/**
 * The name that was probably meant: equal but for case, else the nearest by edits, if near enough
 * to be a slip. Where many are asked for, see name-index.ts.
 */
export function nearestName(written: string, names: Iterable<string>): string | undefined {
  const lower = written.toLowerCase();
  let nearest: string | undefined;
  let least = mostEdits(written) + 1;
  for (const name of names) {
    const other = name.toLowerCase();
    if (other === lower) return name;
    const distance = editDistance(lower, other, least);
    if (distance < least) {
      least = distance;
      nearest = name;
    }
  }
  return nearest;
}

/** So many edits still make a typo. */
export function mostEdits(written: string): number {
  return written.length < 5 ? 1 : 2;
}

/**
 * Insertions, deletions, replacements and swaps of neighbours between two words; gives up at
 * `limit`, and looks no further from the diagonal.
 */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let before: number[] = [];
  let previous = Array.from({ length: Math.min(b.length, limit) + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current: number[] = [];
    const first = Math.max(1, row - limit);
    const last = Math.min(b.length, row + limit);
    current[first - 1] = first === 1 ? row : limit;
    let least = limit;
    for (let column = first; column <= last; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        (previous[column] ?? limit) + 1,
        (current[column - 1] ?? limit) + 1,
        (previous[column - 1] ?? limit) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        cost = Math.min(cost, (before[column - 2] ?? limit) + 1);
      current[column] = cost;
      least = Math.min(least, cost);
    }
    if (least >= limit && row > limit) return limit;
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? limit;
}
