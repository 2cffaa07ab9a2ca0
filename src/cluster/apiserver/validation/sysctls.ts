/** Kernel parameters of a pod. */
import type { JsonObject } from '../../../kubernetes/json.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { FieldPath } from '../field-path.ts';
import { stringAt } from '../fields.ts';

const longestSysctl = 253;
const sysctlPart = /^[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?$/;

/** `validateSysctls`, `IsValidSysctlName`. */
export function validateSysctls(
  errors: FieldErrors,
  sysctls: readonly JsonObject[],
  path: FieldPath,
): void {
  const names = new Set<string>();
  for (const [index, sysctl] of sysctls.entries()) {
    const own = path.index(index).child('name');
    const name = stringAt(sysctl, 'name');
    const parts = name.split(/[./]/);
    if (name === '') errors.required(own);
    else if (name.length > longestSysctl || !parts.every((part) => sysctlPart.test(part)))
      errors.invalid(
        own,
        name,
        `must have at most ${longestSysctl} characters and match regex ` +
          '^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$',
      );
    else if (names.has(name)) errors.duplicate(own, name);
    names.add(name);
  }
}
