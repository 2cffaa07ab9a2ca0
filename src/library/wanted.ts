/** First mistakes of callers without types: told in one sentence, with what is wanted. */
import { nearestName } from '../text/nearest-name.ts';

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

/** @throws TypeError unless it is a string */
export function wantText(value: unknown, call: string, wanted: string): void {
  if (typeof value !== 'string')
    throw new TypeError(`${call} takes ${wanted}, not ${kindOf(value)}`);
}

/** @throws TypeError unless it is an object with these fields */
export function wantFields(
  value: unknown,
  call: string,
  wanted: string,
  ...names: readonly string[]
): void {
  if (!hasFields(value, ...names))
    throw new TypeError(`${call} takes ${wanted}, not ${kindOf(value)}`);
}

/** Whether it is an object with these fields, strings or not. */
export function hasFields(value: unknown, ...names: readonly string[]): boolean {
  return (
    typeof value === 'object' && value !== null && names.every((name) => Object.hasOwn(value, name))
  );
}

/** @throws TypeError unless it is a list of findings */
export function wantDiagnostics(list: unknown, call: string): void {
  wantList(list, call, 'findings, as lint gives them in diagnostics', (one) =>
    hasFields(one, 'rule', 'file', 'path'),
  );
}

/** @throws TypeError unless it is one of some words */
export function wantOneOf(
  value: unknown,
  call: string,
  what: string,
  words: readonly string[],
): void {
  if (!words.some((word) => word === value))
    throw new TypeError(`${call} takes ${what}, ${words.join(', ')}, not ${shown(value)}`);
}

/** @throws TypeError if one has another name than those that are `known` */
export function wantOptions(value: unknown, call: string, known: readonly string[]): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError(`${call} takes an object of options, not ${kindOf(value)}`);
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const near = nearestName(unknown, known);
  throw new TypeError(
    `${call} has no option ${unknown}; ` +
      (near === undefined ? `there are ${known.join(', ')}` : `did you mean ${near}?`),
  );
}

/** A word or a number as it is, anything else by its kind. */
export function shown(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number'
    ? JSON.stringify(value)
    : kindOf(value);
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'a list';
  if (typeof value !== 'object') return `a ${typeof value}`;
  const fields = Object.entries(value).slice(0, 5);
  return `an object with ${fields.map(fieldText).join(', ') || 'no field'}`;
}

/** What is of another kind than one would think is said of it: a Buffer as text, nothing at all. */
function fieldText([name, value]: readonly [string, unknown]): string {
  if (value === undefined) return `${name} undefined`;
  return value instanceof Uint8Array ? `${name} in bytes` : name;
}
