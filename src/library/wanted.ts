/** First mistakes of callers without types: told in one sentence, with what is wanted. */

/** @throws TypeError unless it is a list of values that `fits` */
export function wantList(
  value: unknown,
  call: string,
  wanted: string,
  fits: (item: unknown) => boolean,
): void {
  if (!Array.isArray(value)) throw new TypeError(`${call} takes ${wanted}, not ${kindOf(value)}`);
  const wrong = value.findIndex((item) => !fits(item));
  if (wrong !== -1)
    throw new TypeError(
      `${call} takes ${wanted}; item ${wrong} is ${kindOf((value as unknown[])[wrong])}`,
    );
}

/** Whether it is an object with these fields, strings or not. */
export function hasFields(value: unknown, ...names: readonly string[]): boolean {
  return (
    typeof value === 'object' && value !== null && names.every((name) => Object.hasOwn(value, name))
  );
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'a list';
  if (typeof value !== 'object') return `a ${typeof value}`;
  return `an object with ${Object.keys(value).slice(0, 5).join(', ') || 'no field'}`;
}
