/**
 * Where pods may run: `validateAffinity`, `validateTopologySpreadConstraints`
 * (pkg/apis/core/validation/validation.go).
 */
import type { JsonObject } from '../../../kubernetes/json.ts';
import { isPlaceholder } from '../../../manifest/placeholder.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { FieldPath } from '../field-path.ts';
import {
  isSet,
  itemsAt,
  numberAt,
  objectAt,
  objectsAt,
  stringAt,
  stringMapAt,
  stringsAt,
} from '../fields.ts';
import { requireOneOf, validateOneOfUnlessEmpty } from './checks.ts';
import { isDNS1123Label, isLabelKey, isLabelValue } from './names.ts';
import { validateLabelSelector } from './selectors.ts';

/**
 * The first release that checks the values in a required node affinity
 * (`AllowInvalidLabelValueInRequiredNodeAffinity`).
 */
const valuesCheckedSince = 33;

const required = 'requiredDuringSchedulingIgnoredDuringExecution';
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';

export function validateAffinity(errors: FieldErrors, affinity: JsonObject, path: FieldPath): void {
  const nodeAffinity = objectAt(affinity, 'nodeAffinity');
  if (nodeAffinity !== undefined)
    validateNodeAffinity(errors, nodeAffinity, path.child('nodeAffinity'));
  for (const field of ['podAffinity', 'podAntiAffinity']) {
    const podAffinity = objectAt(affinity, field);
    const own = path.child(field);
    for (const [term, termPath] of itemsAt(podAffinity, required, own))
      validatePodAffinityTerm(errors, term, termPath);
    for (const [term, termPath] of itemsAt(podAffinity, preferred, own)) {
      validateWeight(errors, term, termPath);
      validatePodAffinityTerm(
        errors,
        objectAt(term, 'podAffinityTerm') ?? {},
        termPath.child('podAffinityTerm'),
      );
    }
  }
}

/** `validateNodeAffinity`: label values are not checked where a node is only preferred. */
function validateNodeAffinity(errors: FieldErrors, affinity: JsonObject, path: FieldPath): void {
  const selector = objectAt(affinity, required);
  if (selector !== undefined) validateNodeSelector(errors, selector, path.child(required));
  for (const [term, termPath] of itemsAt(affinity, preferred, path)) {
    validateWeight(errors, term, termPath);
    validateNodeSelectorTerm(
      errors,
      objectAt(term, 'preference') ?? {},
      false,
      termPath.child('preference'),
    );
  }
}

/** `ValidateNodeSelector`. */
export function validateNodeSelector(
  errors: FieldErrors,
  selector: JsonObject,
  path: FieldPath,
): void {
  const terms = itemsAt(selector, 'nodeSelectorTerms', path);
  if (terms.length === 0)
    errors.required(path.child('nodeSelectorTerms'), 'must have at least one node selector term');
  for (const [term, own] of terms)
    validateNodeSelectorTerm(errors, term, errors.minor >= valuesCheckedSince, own);
}

function validateWeight(errors: FieldErrors, term: JsonObject, path: FieldPath): void {
  const weight = numberAt(term, 'weight');
  if (weight !== undefined && (weight < 1 || weight > 100))
    errors.invalid(path.child('weight'), weight, 'must be in the range 1-100');
}

/**
 * `ValidateNodeSelectorTerm`, `ValidateNodeSelectorRequirement`; of `matchFields` the number of
 * values alone.
 */
function validateNodeSelectorTerm(
  errors: FieldErrors,
  term: JsonObject,
  checkValues: boolean,
  path: FieldPath,
): void {
  for (const [requirement, own] of itemsAt(term, 'matchExpressions', path)) {
    const operator = stringAt(requirement, 'operator');
    const values = stringsAt(requirement, 'values');
    if (operator === 'In' || operator === 'NotIn') {
      if (values.length === 0)
        errors.required(
          own.child('values'),
          "must be specified when `operator` is 'In' or 'NotIn'",
        );
    } else if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (values.length > 0)
        errors.forbidden(
          own.child('values'),
          "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
        );
    } else if (operator === 'Gt' || operator === 'Lt') {
      if (values.length !== 1)
        errors.required(
          own.child('values'),
          "must be specified single value when `operator` is 'Lt' or 'Gt'",
        );
    } else
      errors.invalid(own.child('operator'), operator, 'not a valid selector operator', {
        help: 'write In, NotIn, Exists, DoesNotExist, Gt or Lt',
      });
    const key = stringAt(requirement, 'key');
    errors.invalidEach(own.child('key'), key, isLabelKey(key));
    if (checkValues)
      for (const [at, value] of values.entries())
        errors.invalidEach(own.child('values').index(at), value, isLabelValue(value));
  }
  for (const [requirement, own] of itemsAt(term, 'matchFields', path)) {
    const operator = stringAt(requirement, 'operator');
    if (operator !== 'In' && operator !== 'NotIn')
      errors.invalid(own.child('operator'), operator, 'not a valid selector operator');
    else if (stringsAt(requirement, 'values').length !== 1)
      errors.required(
        own.child('values'),
        "must be only one value when `operator` is 'In' or 'NotIn' for node field selector",
      );
    const key = stringAt(requirement, 'key');
    if (key !== 'metadata.name')
      errors.invalid(own.child('key'), key, 'not a valid field selector key');
  }
}

function validatePodAffinityTerm(errors: FieldErrors, term: JsonObject, path: FieldPath): void {
  for (const field of ['labelSelector', 'namespaceSelector'])
    validateLabelSelector(errors, objectAt(term, field), path.child(field));
  for (const [index, name] of stringsAt(term, 'namespaces').entries())
    errors.invalidEach(path.child('namespace'), name, isDNS1123Label(name), {
      at: path.child('namespaces').index(index),
    });
  const labelKeys = stringsAt(term, 'matchLabelKeys');
  const mismatched = stringsAt(term, 'mismatchLabelKeys');
  for (const [field, keys] of [
    ['matchLabelKeys', labelKeys] as const,
    ['mismatchLabelKeys', mismatched] as const,
  ]) {
    if (keys.length === 0) continue;
    if (!isSet(term, 'labelSelector'))
      errors.forbidden(path.child(field), 'must not be specified when labelSelector is not set');
    else
      for (const [index, key] of keys.entries())
        errors.invalidEach(path.child(field).index(index), key, isLabelKey(key));
  }
  for (const [index, key] of labelKeys.entries())
    if (mismatched.includes(key))
      errors.invalid(
        path.child('matchLabelKeys').index(index),
        key,
        'exists in both matchLabelKeys and mismatchLabelKeys',
      );
  const topologyKey = stringAt(term, 'topologyKey');
  if (topologyKey === '') errors.required(path.child('topologyKey'), 'can not be empty');
  errors.invalidEach(path.child('topologyKey'), topologyKey, isLabelKey(topologyKey));
}

export function validateTopologySpreadConstraints(
  errors: FieldErrors,
  spec: JsonObject,
  path: FieldPath,
): void {
  const constraints = objectsAt(spec, 'topologySpreadConstraints');
  const actions = ['DoNotSchedule', 'ScheduleAnyway'];
  for (const [index, constraint] of constraints.entries()) {
    const own = path.index(index);
    const skew = numberAt(constraint, 'maxSkew');
    if (skew !== undefined && skew <= 0)
      errors.invalid(own.child('maxSkew'), skew, 'must be greater than zero');
    const topologyKey = stringAt(constraint, 'topologyKey');
    if (topologyKey === '') errors.required(own.child('topologyKey'), 'can not be empty');
    const action = stringAt(constraint, 'whenUnsatisfiable');
    requireOneOf(errors, constraint, 'whenUnsatisfiable', actions, own);
    const repeated = constraints
      .slice(index + 1)
      .some(
        (other) =>
          stringAt(other, 'topologyKey') === topologyKey &&
          stringAt(other, 'whenUnsatisfiable') === action,
      );
    if (repeated)
      errors.duplicate(
        own.child('{topologyKey, whenUnsatisfiable}'),
        `{${topologyKey}, ${action}}`,
        { at: own.child('topologyKey') },
      );
    const minDomains = numberAt(constraint, 'minDomains');
    if (isSet(constraint, 'minDomains') && minDomains !== undefined) {
      if (minDomains <= 0)
        errors.invalid(own.child('minDomains'), minDomains, 'must be greater than zero');
      if (action !== 'DoNotSchedule' && !isPlaceholder(action))
        errors.invalid(
          own.child('minDomains'),
          minDomains,
          `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${action}`,
        );
    }
    for (const field of ['nodeAffinityPolicy', 'nodeTaintsPolicy'])
      validateOneOfUnlessEmpty(errors, constraint, field, ['Honor', 'Ignore'], own);
    validateSpreadLabelKeys(errors, constraint, own);
    validateLabelSelector(
      errors,
      objectAt(constraint, 'labelSelector'),
      own.child('labelSelector'),
    );
  }
}

/**
 * `ValidateMatchLabelKeysInTopologySpread`; since 1.34 the keys have become part of the selector by
 * then, and only expressions can clash with them.
 */
function validateSpreadLabelKeys(
  errors: FieldErrors,
  constraint: JsonObject,
  path: FieldPath,
): void {
  const keys = stringsAt(constraint, 'matchLabelKeys');
  const selector = objectAt(constraint, 'labelSelector');
  if (keys.length === 0) return;
  if (selector === undefined)
    errors.forbidden(
      path.child('matchLabelKeys'),
      'must not be specified when labelSelector is not set',
    );
  for (const [index, key] of keys.entries()) {
    const own = path.child('matchLabelKeys').index(index);
    errors.invalidEach(own, key, isLabelKey(key));
    const pairs = stringMapAt(selector, 'matchLabels') ?? {};
    const clashes =
      Object.hasOwn(pairs, key) ||
      objectsAt(selector, 'matchExpressions').some(
        (requirement) => stringAt(requirement, 'key') === key,
      );
    if (clashes && errors.minor < mergedSince)
      errors.invalid(own, key, 'exists in both matchLabelKeys and labelSelector');
  }
}

/** MatchLabelKeysInPodTopologySpreadSelectorMerge (kubernetes#129874). */
const mergedSince = 34;
