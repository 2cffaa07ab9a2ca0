/**
 * The JSON that manifests hold, and readers for what no schema has checked: what is not of the
 * expected form is not there.
 */
import { getOwn } from '../own.ts';

export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** JSON, be it of a type of its own: a decoded Service is JSON, too. */
export type AnyJson = Json | object;

/** A path into an object: names of fields and indexes of lists. */
export type Path = readonly (string | number)[];

export function isJsonObject(value: AnyJson | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object, or undefined where there is anything else. */
export function asJsonObject(value: AnyJson | undefined): JsonObject | undefined {
  return isJsonObject(value) ? value : undefined;
}

/** The pairs whose values are texts, as those of labels are; the object itself if all are. */
export function textPairs(value: Json | undefined): Readonly<Record<string, string>> {
  const object = asJsonObject(value) ?? {};
  if (hasOnlyTexts(object)) return object;
  const texts = Object.entries(object).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  );
  return Object.fromEntries(texts);
}

function hasOnlyTexts(object: JsonObject): object is Record<string, string> {
  for (const key in object) if (typeof getOwn(object, key) !== 'string') return false;
  return true;
}

/** The same with the keys of every object in order: of equal values the texts are equal. */
export function withSortedKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(withSortedKeys);
  if (!isJsonObject(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, withSortedKeys(getOwn(value, key) as Json)]));
}

/** The items of a list; none where there is anything else. */
export function asList(value: AnyJson | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as Json[]) : [];
}

/** A text that is not empty. */
export function asText(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * The value at a path of field names. A field that every object inherits (`constructor`) is none.
 */
export function fieldAt(value: AnyJson | undefined, ...path: Path): Json | undefined {
  let found = value as Json | undefined;
  for (const step of path) {
    if (Array.isArray(found)) found = typeof step === 'number' ? found[step] : undefined;
    else found = getOwn(asJsonObject(found), step);
  }
  return found ?? undefined;
}

/** Whether something stands at a path, be it null. */
export function isWritten(value: AnyJson, path: Path): boolean {
  let found = value as Json | undefined;
  for (const step of path) {
    if (Array.isArray(found)) found = typeof step === 'number' ? found[step] : undefined;
    else found = getOwn(asJsonObject(found), step);
  }
  return found !== undefined;
}

/** A text somewhere in a value. */
export interface TextAt {
  readonly at: Path;
  readonly text: string;
}

/** Every text in a value, with its path; `at` is that of the value. */
export function* textsIn(value: AnyJson, at: Path): Generator<TextAt> {
  if (typeof value === 'string') yield { at, text: value };
  else if (Array.isArray(value))
    for (const [index, item] of asList(value).entries()) yield* textsIn(item, [...at, index]);
  else
    for (const [key, item] of Object.entries(asJsonObject(value) ?? {}))
      yield* textsIn(item, [...at, key]);
}
