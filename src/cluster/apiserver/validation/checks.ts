/** What is asked of the fields of many kinds. `path` is always that of the value with the field. */
import type { JsonObject } from '../../../kubernetes/json.ts';
import type { FieldErrors } from '../field-errors.ts';
import { FieldPath } from '../field-path.ts';
import { isSet, numberAt, stringAt } from '../fields.ts';

/** A test of a name, such as `isDNS1123Subdomain`. */
export type NameTest = (name: string) => readonly string[];

type Value = JsonObject | undefined;

/** Fields that must hold a text. */
export function requireTexts(
  errors: FieldErrors,
  value: Value,
  fields: readonly string[],
  path: FieldPath,
): void {
  for (const field of fields) if (stringAt(value, field) === '') errors.required(path.child(field));
}

export function requireName(
  errors: FieldErrors,
  value: Value,
  field: string,
  path: FieldPath,
  isName: NameTest,
  detail = '',
): void {
  if (stringAt(value, field) === '') errors.required(path.child(field), detail);
  else validateName(errors, value, field, path, isName);
}

/** A name that may be empty. */
export function validateName(
  errors: FieldErrors,
  value: Value,
  field: string,
  path: FieldPath,
  isName: NameTest,
): void {
  const name = stringAt(value, field);
  if (name !== '') errors.invalidEach(path.child(field), name, isName(name));
}

/** One of a few words; `path` is undefined right below the object. */
export function requireOneOf(
  errors: FieldErrors,
  value: Value,
  field: string,
  supported: readonly string[],
  path: FieldPath | undefined,
): void {
  const word = stringAt(value, field);
  if (!supported.includes(word))
    errors.notSupported(path?.child(field) ?? FieldPath.of(field), word, supported);
}

/** The same of a field that may be left out: upstream it is a pointer. */
export function validateOneOf(...args: Parameters<typeof requireOneOf>): void {
  const [, value, field] = args;
  if (isSet(value, field)) requireOneOf(...args);
}

/** The same of a field that may be empty, too. */
export function validateOneOfUnlessEmpty(...args: Parameters<typeof requireOneOf>): void {
  const [, value, field] = args;
  if (stringAt(value, field) !== '') requireOneOf(...args);
}

/** `ValidateNonnegativeField`, of several. */
export function validateNonnegative(
  errors: FieldErrors,
  value: Value,
  path: FieldPath,
  ...fields: readonly string[]
): void {
  for (const field of fields) {
    const number = numberAt(value, field);
    if (number !== undefined && number < 0)
      errors.invalid(path.child(field), number, 'must be greater than or equal to 0');
  }
}
