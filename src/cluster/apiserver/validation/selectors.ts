/**
 * Labels and label selectors: apimachinery pkg/apis/meta/v1/validation/validation.go and
 * apimachinery pkg/apis/meta/v1/helpers.go.
 */
import type { JsonObject } from '../../../kubernetes/json.ts';
import { isPlaceholder } from '../../../manifest/placeholder.ts';
import { getOwn } from '../../../own.ts';
import { type FieldErrors, GoText } from '../field-errors.ts';
import type { FieldPath } from '../field-path.ts';
import {
  isEmptyMap,
  itemsAt,
  objectAt,
  objectsAt,
  stringAt,
  stringMapAt,
  stringsAt,
} from '../fields.ts';
import { goJson } from '../go-format.ts';
import { isLabelKey, isLabelValue } from './names.ts';

/** `ValidateLabels`. `at`: where they stand, if the API server names another path. */
export function validateLabels(
  errors: FieldErrors,
  labels: Readonly<Record<string, string>> | undefined,
  path: FieldPath,
  at = path,
): void {
  for (const key in labels) {
    const value = getOwn(labels, key) ?? '';
    const keyMessages = isLabelKey(key);
    if (keyMessages.length > 0)
      errors.invalidEach(path, key, keyMessages, { at: at.key(key), part: 'key' });
    const valueMessages = isLabelValue(value);
    if (valueMessages.length > 0)
      errors.invalidEach(path, value, valueMessages, { at: at.key(key) });
  }
}

/** `ValidateLabelSelector`. */
export function validateLabelSelector(
  errors: FieldErrors,
  selector: JsonObject | undefined,
  path: FieldPath,
): void {
  if (selector === undefined) return;
  validateLabels(errors, stringMapAt(selector, 'matchLabels'), path.child('matchLabels'));
  for (const [requirement, own] of itemsAt(selector, 'matchExpressions', path))
    validateRequirement(errors, requirement, own);
}

/** `ValidateLabelSelectorRequirement`. */
function validateRequirement(errors: FieldErrors, requirement: JsonObject, path: FieldPath): void {
  const operator = stringAt(requirement, 'operator');
  const values = stringsAt(requirement, 'values');
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0)
      errors.required(path.child('values'), "must be specified when `operator` is 'In' or 'NotIn'");
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (values.length > 0)
      errors.forbidden(
        path.child('values'),
        "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
      );
  } else
    errors.invalid(path.child('operator'), operator, 'not a valid selector operator', {
      help: 'write In, NotIn, Exists or DoesNotExist',
    });
  const key = stringAt(requirement, 'key');
  errors.invalidEach(path.child('key'), key, isLabelKey(key));
  for (const [index, value] of values.entries())
    errors.invalidEach(path.child('values').index(index), value, isLabelValue(value));
}

export function isEmptySelector(selector: JsonObject): boolean {
  return (
    isEmptyMap(stringMapAt(selector, 'matchLabels')) &&
    objectsAt(selector, 'matchExpressions').length === 0
  );
}

/**
 * `LabelSelectorAsSelector` and `Matches`: whether a selector takes labels; `unknown` if that hangs
 * on a placeholder,
 * `malformed` if it is not a selector at all. No selector takes nothing, an empty one everything.
 */
export function selectorMatch(
  selector: JsonObject | undefined,
  labels: Readonly<Record<string, string>>,
): boolean | 'unknown' | 'malformed' {
  if (selector === undefined) return false;
  let unknown = false;
  let matches = true;
  const matchLabels = stringMapAt(selector, 'matchLabels');
  for (const key in matchLabels) {
    const wanted = getOwn(matchLabels, key) ?? '';
    if (isPlaceholder(wanted)) unknown = true;
    else if (isLabelKey(key).length > 0 || isLabelValue(wanted).length > 0) return 'malformed';
    else if (isPlaceholder(getOwn(labels, key))) unknown = true;
    else if (getOwn(labels, key) !== wanted) matches = false;
  }
  for (const requirement of objectsAt(selector, 'matchExpressions')) {
    const operator = stringAt(requirement, 'operator');
    const key = stringAt(requirement, 'key');
    const values = stringsAt(requirement, 'values');
    const actual = getOwn(labels, key);
    if (
      isPlaceholder(operator) ||
      isPlaceholder(key) ||
      isPlaceholder(actual) ||
      values.some(isPlaceholder)
    ) {
      unknown = true;
      continue;
    }
    if (isLabelKey(key).length > 0 || values.some((value) => isLabelValue(value).length > 0))
      return 'malformed';
    const wantsValues = operator === 'In' || operator === 'NotIn';
    if (
      !(wantsValues || operator === 'Exists' || operator === 'DoesNotExist') ||
      wantsValues !== values.length > 0
    )
      return 'malformed';
    const found = wantsValues
      ? actual !== undefined && values.includes(actual)
      : actual !== undefined;
    if (found !== (operator === 'In' || operator === 'Exists')) matches = false;
  }
  return matches && unknown ? 'unknown' : matches;
}

/** A LabelSelector as `json.Marshal` prints it: fields in the order of the struct. */
export function printSelector(selector: JsonObject): GoText {
  const parts: string[] = [];
  const matchLabels = objectAt(selector, 'matchLabels');
  if (matchLabels !== undefined && !isEmptyMap(matchLabels))
    parts.push(`"matchLabels":${goJson(matchLabels)}`);
  const requirements = objectsAt(selector, 'matchExpressions').map((requirement) => {
    const values = requirement['values'];
    const shown = Array.isArray(values) && values.length > 0 ? `,"values":${goJson(values)}` : '';
    const key = goJson(stringAt(requirement, 'key'));
    const operator = goJson(stringAt(requirement, 'operator'));
    return `{"key":${key},"operator":${operator}${shown}}`;
  });
  if (requirements.length > 0) parts.push(`"matchExpressions":[${requirements.join()}]`);
  return new GoText(`{${parts.join()}}`);
}
