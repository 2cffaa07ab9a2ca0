import type { Json, JsonObject } from '../../../manifest/node.ts';
import { getOwn, setOwn } from '../../../own.ts';
import { objectsAt } from '../fields.ts';

/**
 * A copy with values for fields that are absent or have Go's zero value, which upstream cannot tell
 * from absent.
 */
export function withDefaults(value: JsonObject, defaults: JsonObject): JsonObject {
  const result = { ...value };
  for (const field in defaults) {
    const given = getOwn(result, field);
    if (given === undefined || given === '' || given === 0)
      setOwn(result, field, getOwn(defaults, field) as Json);
  }
  return result;
}

/**
 * A copy with values for fields that are absent: upstream they are pointers, so zero is a value.
 */
export function withAbsent(value: JsonObject, defaults: JsonObject): JsonObject {
  return { ...defaults, ...value };
}

export function withField(value: JsonObject, field: string, content: Json): JsonObject {
  return { ...value, [field]: content };
}

export function mapItems(
  value: JsonObject,
  field: string,
  change: (item: JsonObject) => JsonObject,
): JsonObject[] {
  return objectsAt(value, field).map(change);
}
