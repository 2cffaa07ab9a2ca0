/** `ValidateTolerations` (pkg/apis/core/validation/validation.go). */
import type { JsonObject } from '../../../kubernetes/json.ts';
import { isPlaceholder } from '../../../manifest/placeholder.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { FieldPath } from '../field-path.ts';
import { isSet, objectsAt, stringAt } from '../fields.ts';
import { isLabelKey, isLabelValue } from './names.ts';

export function validateTolerations(errors: FieldErrors, spec: JsonObject, path: FieldPath): void {
  for (const [index, toleration] of objectsAt(spec, 'tolerations').entries()) {
    const own = path.index(index);
    const [key, operator, value, effect] = ['key', 'operator', 'value', 'effect'].map((field) =>
      stringAt(toleration, field),
    ) as [string, string, string, string];
    if ([key, operator, value, effect].some(isPlaceholder)) continue;
    if (key !== '') errors.invalidEach(own.child('key'), key, isLabelKey(key));
    if (key === '' && operator !== 'Exists') {
      errors.invalid(
        own.child('operator'),
        operator,
        'operator must be Exists when `key` is empty, which means "match all values and all keys"',
      );
    }
    if (isSet(toleration, 'tolerationSeconds') && effect !== 'NoExecute') {
      errors.invalid(
        own.child('effect'),
        effect,
        "effect must be 'NoExecute' when `tolerationSeconds` is set",
      );
    }
    if (operator === '' || operator === 'Equal') {
      const messages = isLabelValue(value);
      if (messages.length > 0)
        errors.invalid(own.child('operator'), value, messages.join(';'), {
          at: own.child('value'),
        });
    } else if (operator === 'Exists') {
      if (value !== '')
        errors.invalid(
          own.child('operator'),
          value,
          "value must be empty when `operator` is 'Exists'",
        );
    } else if (operator === 'Lt' || operator === 'Gt') {
      errors.notSupported(own.child('operator'), operator, ['Equal', 'Exists', 'Lt', 'Gt']);
    } else errors.notSupported(own.child('operator'), operator, ['Equal', 'Exists']);
    const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
    if (effect !== '' && !effects.includes(effect))
      errors.notSupported(own.child('effect'), effect, effects);
  }
}
