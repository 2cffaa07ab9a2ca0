/** Fields that must hold a text. */
import type { JsonObject } from '../../../kubernetes/json.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { FieldPath } from '../field-path.ts';
import { stringAt } from '../fields.ts';

/** @param path of the value; its fields are looked at in their order */
export function requireTexts(
  errors: FieldErrors,
  value: JsonObject | undefined,
  fields: readonly string[],
  path: FieldPath,
): void {
  for (const field of fields) if (stringAt(value, field) === '') errors.required(path.child(field));
}
