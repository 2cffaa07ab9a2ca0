/** `updateStrategy` of StatefulSets and DaemonSets (pkg/apis/apps/validation/validation.go). */
import type { JsonObject } from '../../../kubernetes/json.ts';
import { isPlaceholder } from '../../../manifest/placeholder.ts';
import { type FieldErrors, GoText } from '../field-errors.ts';
import type { FieldPath } from '../field-path.ts';
import { numberAt, objectAt, stringAt } from '../fields.ts';
import { goJson } from '../go-format.ts';
import { validateNonnegative } from './checks.ts';
import {
  intOrPercentValue,
  validateAtMost100Percent,
  validatePositiveIntOrPercent,
} from './int-or-percent.ts';

/**
 * Of a StatefulSet: `ValidateStatefulSetSpec`, `validateRollingUpdateStatefulSet`; `maxUnavailable`
 * is dropped before, for its gate is off.
 */
export function validateStatefulSetStrategy(
  errors: FieldErrors,
  strategy: JsonObject,
  path: FieldPath,
): void {
  const type = stringAt(strategy, 'type') || 'RollingUpdate';
  const rollingUpdate = objectAt(strategy, 'rollingUpdate');
  const own = path.child('rollingUpdate');
  const printed =
    rollingUpdate === undefined
      ? 'null'
      : `{"Partition":${numberAt(rollingUpdate, 'partition') ?? 0},"MaxUnavailable":null}`;
  if (type === 'RollingUpdate') validateNonnegative(errors, rollingUpdate, own, 'partition');
  else if (type !== 'OnDelete') {
    const whole = new GoText(`{"Type":${goJson(type)},"RollingUpdate":${printed}}`);
    const detail = "must be 'RollingUpdate' or 'OnDelete'";
    if (!isPlaceholder(type)) errors.invalid(path, whole, detail, { at: path.child('type') });
  } else if (rollingUpdate !== undefined)
    errors.invalid(own, new GoText(printed), "only allowed for updateStrategy 'RollingUpdate'", {
      part: 'key',
    });
}

/** `ValidateDaemonSetUpdateStrategy`, with its defaults of one pod at a time and none more. */
export function validateDaemonSetStrategy(
  errors: FieldErrors,
  strategy: JsonObject,
  path: FieldPath,
): void {
  const type = stringAt(strategy, 'type') || 'RollingUpdate';
  const rollingUpdate = objectAt(strategy, 'rollingUpdate');
  if (type === 'OnDelete' || isPlaceholder(type)) return;
  if (type !== 'RollingUpdate') {
    const printed = new GoText(`{"Type":${goJson(type)},"RollingUpdate":null}`);
    const at = path.child('type');
    errors.notSupported(path, printed, ['RollingUpdate', 'OnDelete'], { at });
    return;
  }
  if (rollingUpdate === undefined) return;
  const own = path.child('rollingUpdate');
  const maxUnavailable = rollingUpdate['maxUnavailable'] ?? 1;
  const maxSurge = rollingUpdate['maxSurge'] ?? 0;
  for (const [field, amount] of Object.entries({ maxUnavailable, maxSurge })) {
    validatePositiveIntOrPercent(errors, amount, own.child(field));
    validateAtMost100Percent(errors, amount, own.child(field));
  }
  const [unavailable, surge] = [maxUnavailable, maxSurge].map(intOrPercentValue);
  if (unavailable === undefined || surge === undefined) return;
  if (unavailable !== 0 && surge !== 0) {
    const detail = 'may not be set when maxUnavailable is non-zero';
    errors.invalid(own.child('maxSurge'), maxSurge, detail);
  } else if (unavailable === 0 && surge === 0)
    errors.required(own.child('maxUnavailable'), 'cannot be 0 when maxSurge is 0');
}
