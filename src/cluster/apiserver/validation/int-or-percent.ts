/**
 * Amounts that may be percentages: `ValidatePositiveIntOrPercent`, `IsNotMoreThan100Percent`
 * (pkg/apis/apps/validation/validation.go).
 */
import type { Json } from '../../../kubernetes/json.ts';
import { isPlaceholder } from '../../../manifest/placeholder.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { FieldPath } from '../field-path.ts';
import { isValidPercent } from './names.ts';

export function validatePositiveIntOrPercent(
  errors: FieldErrors,
  amount: Json | undefined,
  path: FieldPath,
): void {
  if (typeof amount === 'string') errors.invalidEach(path, amount, isValidPercent(amount));
  else if (typeof amount === 'number' && amount < 0)
    errors.invalid(path, amount, 'must be greater than or equal to 0');
}

export function validateAtMost100Percent(
  errors: FieldErrors,
  amount: Json | undefined,
  path: FieldPath,
): void {
  if (typeof amount === 'string' && /^\d+%$/.test(amount) && Number.parseInt(amount, 10) > 100) {
    errors.invalid(path, amount, 'must not be greater than 100%');
  }
}

/** `getIntOrPercentValue`: the number, with or without its percent sign; undefined if not known. */
export function intOrPercentValue(amount: Json | undefined): number | undefined {
  if (isPlaceholder(amount)) return undefined;
  return typeof amount === 'number'
    ? amount
    : typeof amount === 'string' && /^\d+%?$/.test(amount)
      ? Number.parseInt(amount, 10)
      : 0;
}
