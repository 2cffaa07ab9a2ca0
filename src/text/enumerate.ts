/** `a`, `a and b`, `a, b and c`. */
export function enumerate(items: readonly string[]): string {
  return items.length < 2
    ? (items[0] ?? '')
    : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** `a, b, c and 2 more`: at most so many are named. */
export function firstFew(items: readonly string[], most: number): string {
  const shown = items.slice(0, most).join(', ');
  return items.length > most ? `${shown} and ${items.length - most} more` : shown;
}

/** `a, b and c`, or `a, b, c and 2 more`. */
export function enumerateFew(items: readonly string[], most: number): string {
  return items.length > most ? firstFew(items, most) : enumerate(items);
}
