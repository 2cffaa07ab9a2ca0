/** Fields that stay as they are. */
import type { Json, JsonObject } from '../../../kubernetes/json.ts';
import { isPlaceholder } from '../../../manifest/placeholder.ts';
import { getOwn } from '../../../own.ts';
import type { FieldErrors } from '../field-errors.ts';
import { FieldPath } from '../field-path.ts';
import { objectAt } from '../fields.ts';
import { goJson } from '../go-format.ts';

/** Whether two values are not the same; what a placeholder decides may be. */
export function differ(before: Json | undefined, after: Json | undefined): boolean {
  const [old, given] = [goJson(before ?? null), goJson(after ?? null)];
  return old !== given && !isPlaceholder(old) && !isPlaceholder(given);
}

/** `ValidateImmutableField` (apimachinery pkg/api/validation/objectmeta.go). */
export function keepField(
  errors: FieldErrors,
  parent: FieldPath | undefined,
  field: string,
  before: JsonObject | undefined,
  after: JsonObject | undefined,
): void {
  const given = getOwn(after, field) ?? null;
  if (differ(getOwn(before, field), given))
    errors.invalid(parent?.child(field) ?? FieldPath.of(field), given, 'field is immutable');
}

/** Of a spec that stays as it is but for some fields. */
export function keepSpec(
  errors: FieldErrors,
  before: JsonObject,
  after: JsonObject,
  mutable: readonly string[],
  detail: string,
): void {
  const fixed = (value: JsonObject): JsonObject => {
    const spec = { ...objectAt(value, 'spec') };
    for (const field of mutable) delete spec[field];
    return spec;
  };
  if (differ(fixed(before), fixed(after))) errors.forbidden(FieldPath.of('spec'), detail);
}
