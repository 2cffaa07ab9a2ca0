/**
 * Lookups by names that somebody else chose. A plain object also answers for what it inherits:
 * `labels['constructor']` is a function where nobody has such a label. ESLint's rule `own-lookups`
 * holds the project to these.
 */

/** What stands under a key of the object itself. */
export function getOwn<T>(
  record: Readonly<Record<string, T>> | null | undefined,
  key: string | number,
): T | undefined {
  if (record === undefined || record === null) return undefined;
  const value = record[key];
  // All that a plain object or a list inherits are functions and its prototype: nothing else needs
  // the second look.
  const mayBeInherited = typeof value === 'function' || key === '__proto__';
  return mayBeInherited && !Object.hasOwn(record, key) ? undefined : value;
}

/** Sets a key in place, `__proto__` like any other. */
export function setOwn<T>(record: Record<string, T>, key: string, value: T): void {
  if (key === '__proto__')
    Object.defineProperty(record, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  else record[key] = value;
}
