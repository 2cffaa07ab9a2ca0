/**
 * Reading fields of decoded objects. Decoding has made sure of their types, except that a
 * placeholder may stand for any scalar; a field that is absent reads as Go's zero value, as it does
 * in the API server.
 */
import type { Json, JsonObject } from '../../kubernetes/json.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { getOwn } from '../../own.ts';
import type { FieldPath } from './field-path.ts';

export function objectAt(value: JsonObject | undefined, field: string): JsonObject | undefined {
  const found = getOwn(value, field);
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? found : undefined;
}

/** The items of a list of structs. */
export function objectsAt(value: JsonObject | undefined, field: string): readonly JsonObject[] {
  const found = getOwn(value, field);
  return Array.isArray(found) ? (found as JsonObject[]) : none;
}

/** The same, each with its path; `path` is that of the value with the list. */
export function itemsAt(
  value: JsonObject | undefined,
  field: string,
  path: FieldPath,
): readonly (readonly [item: JsonObject, path: FieldPath])[] {
  const items = objectsAt(value, field);
  if (items.length === 0) return none;
  const own = path.child(field);
  return items.map((item, index) => [item, own.index(index)]);
}

export function stringsAt(value: JsonObject | undefined, field: string): readonly string[] {
  const found = getOwn(value, field);
  return Array.isArray(found) ? (found as string[]) : none;
}

/** '' if absent; a placeholder is a string like any other. */
export function stringAt(value: JsonObject | undefined, field: string): string {
  const found = getOwn(value, field);
  return typeof found === 'string' ? found : '';
}

/** 0 if absent, undefined if not known. */
export function numberAt(value: JsonObject | undefined, field: string): number | undefined {
  const found = getOwn(value, field);
  return typeof found === 'number' ? found : isPlaceholder(found) ? undefined : 0;
}

/** false if absent, undefined if not known. */
export function booleanAt(value: JsonObject | undefined, field: string): boolean | undefined {
  const found = getOwn(value, field);
  return typeof found === 'boolean' ? found : isPlaceholder(found) ? undefined : false;
}

export function isSet(value: JsonObject | undefined, field: string): boolean {
  return getOwn(value, field) !== undefined;
}

/** A map from string to string, such as labels; undefined where there is none. */
export function stringMapAt(
  value: JsonObject | undefined,
  field: string,
): Readonly<Record<string, string>> | undefined {
  return objectAt(value, field) as Readonly<Record<string, string>> | undefined;
}

export function isEmptyMap(map: Readonly<Record<string, Json>> | undefined): boolean {
  if (map !== undefined) for (const _ in map) return false;
  return true;
}

const none: readonly never[] = [];
