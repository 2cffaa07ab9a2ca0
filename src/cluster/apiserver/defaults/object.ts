import type { Json, JsonObject } from '../../../kubernetes/json.ts';
import { getOwn, setOwn } from '../../../own.ts';
import { objectAt, objectsAt } from '../fields.ts';

/**
 * Gives values to fields that are absent or have Go's zero value, which upstream cannot tell from
 * absent; in place, for what was decoded is nobody else's.
 */
export function giveDefaults(value: JsonObject, defaults: JsonObject): JsonObject {
  for (const field in defaults) {
    const given = getOwn(value, field);
    if (given === undefined || given === '' || given === 0)
      setOwn(value, field, getOwn(defaults, field) as Json);
  }
  return value;
}

/**
 * A copy with values for fields that are absent: upstream they are pointers, so zero is a value.
 */
export function withAbsent(value: JsonObject, defaults: JsonObject): JsonObject {
  return { ...defaults, ...value };
}

/** A copy with another content of one field. */
export function withField(value: JsonObject, field: string, content: Json): JsonObject {
  return { ...value, [field]: content };
}

/** Changes the object at a field in place, where one that is absent is an empty one. */
export function changeField(
  value: JsonObject,
  field: string,
  change: (content: JsonObject) => JsonObject,
): JsonObject {
  setOwn(value, field, change(objectAt(value, field) ?? {}));
  return value;
}

export function mapItems(
  value: JsonObject,
  field: string,
  change: (item: JsonObject) => JsonObject,
): JsonObject[] {
  return objectsAt(value, field).map(change);
}
