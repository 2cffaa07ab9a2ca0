/** Fields that take one of a few words. */
import type { JsonObject } from '../../../kubernetes/json.ts';
import type { FieldErrors } from '../field-errors.ts';
import { FieldPath } from '../field-path.ts';
import { isSet, stringAt } from '../fields.ts';

/** Of a field that may be left out; `parent` is undefined right below the object. */
export function validateOneOf(
  errors: FieldErrors,
  value: JsonObject | undefined,
  field: string,
  supported: readonly string[],
  parent: FieldPath | undefined,
): void {
  const word = stringAt(value, field);
  if (isSet(value, field) && !supported.includes(word))
    errors.notSupported(parent?.child(field) ?? FieldPath.of(field), word, supported);
}
