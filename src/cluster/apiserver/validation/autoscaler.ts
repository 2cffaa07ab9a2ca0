/**
 * `ValidateHorizontalPodAutoscaler` (pkg/apis/autoscaling/validation/validation.go);
 * `ValidatePodDisruptionBudget`.
 */
import { groupOf } from '../../../kubernetes/group-version.ts';
import type { JsonObject } from '../../../kubernetes/json.ts';
import { isPlaceholder } from '../../../manifest/placeholder.ts';
import { getOwn } from '../../../own.ts';
import { type FieldErrors, GoText } from '../field-errors.ts';
import { FieldPath } from '../field-path.ts';
import { isSet, itemsAt, numberAt, objectAt, objectsAt, stringAt } from '../fields.ts';
import { goJson } from '../go-format.ts';
import { parseQuantity, printQuantity } from '../quantity.ts';
import { onlyApiVersion } from '../served-kinds.ts';
import { requireName, requireOneOf, validateOneOf, validateOneOfUnlessEmpty } from './checks.ts';
import { validateAtMost100Percent, validatePositiveIntOrPercent } from './int-or-percent.ts';
import { validateObjectMeta } from './metadata.ts';
import { isDNS1123Label, isDNS1123Subdomain, isPathSegmentName } from './names.ts';
import { printSelector, validateLabelSelector } from './selectors.ts';

/** The release in which the gate HPAScaleToZero is on. */
const scaleToZeroSince = 37;

const specPath = FieldPath.of('spec');

export function validateAutoscaler(errors: FieldErrors, autoscaler: JsonObject): void {
  validateObjectMeta(errors, autoscaler, isDNS1123Subdomain);
  const spec = objectAt(autoscaler, 'spec') ?? {};
  const least = numberAt(spec, 'minReplicas');
  const most = numberAt(spec, 'maxReplicas');
  const mostPath = specPath.child('maxReplicas');
  const metrics = objectsAt(spec, 'metrics');
  const scalesFromZero = metrics.some((metric) =>
    ['Object', 'External'].includes(stringAt(metric, 'type')),
  );
  const lowest = errors.minor < scaleToZeroSince ? 1 : 0;
  if (least !== undefined && least < lowest)
    errors.invalid(
      specPath.child('minReplicas'),
      least,
      `must be greater than or equal to ${lowest}`,
      // Who writes what only makes sense behind the gate HPAScaleToZero has set it.
      least === 0 && scalesFromZero ? { assumes: 'gates' } : undefined,
    );
  if (most === 0) errors.required(mostPath, 'must be set and greater than 0');
  else if (most !== undefined && most < 0)
    errors.invalid(mostPath, most, 'must be greater than or equal to 1');
  if (least !== undefined && most !== undefined && most < least)
    errors.invalid(mostPath, most, 'must be greater than or equal to `minReplicas`');
  const target = objectAt(spec, 'scaleTargetRef');
  const kind = stringAt(target, 'kind');
  validateReference(errors, target, specPath.child('scaleTargetRef'), {
    mayBeCore: kind === 'ReplicationController' || isPlaceholder(kind),
  });
  for (const [metric, path] of itemsAt(spec, 'metrics', specPath))
    validateMetric(errors, metric, path);
  if (least === 0 && !scalesFromZero)
    errors.forbidden(
      specPath.child('metrics'),
      'must specify at least one Object or External metric to support scaling to zero replicas',
      { at: specPath.child('minReplicas') },
    );
  validateBehavior(errors, objectAt(spec, 'behavior'), specPath.child('behavior'));
}

/** The release that asks for an API group (strategy.go `validationOptionsForCreate`). */
const groupAskedSince = 34;

/**
 * `ValidateCrossVersionObjectReference`, `ValidateAPIVersion`.
 *
 * @source kubernetes/kubernetes pkg/registry/autoscaling/horizontalpodautoscaler/strategy.go
 *   `validationOptionsForHorizontalPodAutoscaler` @v1.36.3
 */
function validateReference(
  errors: FieldErrors,
  reference: JsonObject | undefined,
  path: FieldPath,
  { mayBeCore }: { readonly mayBeCore: boolean },
): void {
  requireName(errors, reference, 'kind', path, isPathSegmentName);
  requireName(errors, reference, 'name', path, isPathSegmentName);
  if (errors.minor < groupAskedSince) return;
  const apiVersion = stringAt(reference, 'apiVersion');
  const own = path.child('apiVersion');
  const parts = apiVersion.split('/');
  if (parts.length > 2)
    errors.invalid(own, apiVersion, `unexpected GroupVersion string: ${apiVersion}`);
  else if (!mayBeCore && groupOf(apiVersion) === '') {
    const served = onlyApiVersion(stringAt(reference, 'kind'), errors.minor);
    errors.invalid(own, apiVersion, 'apiVersion must specify API group', {
      ...(served?.includes('/') === true && {
        help: `write apiVersion: ${served}`,
        replacement: served,
      }),
    });
  }
}

/** In the order in which the first that is there is looked into. */
const metricSources: Readonly<Record<string, string>> = {
  Object: 'object',
  External: 'external',
  Pods: 'pods',
  Resource: 'resource',
  ContainerResource: 'containerResource',
};
const metricTypes = Object.keys(metricSources).sort();
const targetTypes = ['Utilization', 'Value', 'AverageValue'];

/** `validateMetricSpec`. */
function validateMetric(errors: FieldErrors, metric: JsonObject, path: FieldPath): void {
  const type = stringAt(metric, 'type');
  const source = getOwn(metricSources, type);
  if (type === '') errors.required(path.child('type'), 'must specify a metric source type');
  if (source === undefined) errors.notSupported(path.child('type'), type, metricTypes);
  const given = Object.values(metricSources).filter((field) => isSet(metric, field));
  const [first] = given;
  if (first !== undefined)
    validateSource(errors, first, objectAt(metric, first) ?? {}, path.child(first));
  if (source !== undefined && !given.includes(source))
    errors.required(path.child(source), 'must populate information for the given metric source');
  if (given.length === 1) return;
  for (const field of given)
    if (field !== source)
      errors.forbidden(path.child(field), 'must populate the given metric source only');
}

/** `validateObjectSource` and the like. */
function validateSource(
  errors: FieldErrors,
  source: string,
  contents: JsonObject,
  path: FieldPath,
): void {
  const isResource = source === 'resource' || source === 'containerResource';
  if (source === 'object') {
    const described = objectAt(contents, 'describedObject');
    validateReference(errors, described, path.child('describedObject'), { mayBeCore: true });
  }
  if (isResource && stringAt(contents, 'name') === '')
    errors.required(path.child('name'), 'must specify a resource name');
  if (source === 'containerResource')
    requireName(errors, contents, 'container', path, isDNS1123Label, 'must specify a container');
  if (!isResource) {
    const metric = objectAt(contents, 'metric');
    const detail = 'must specify a metric name';
    requireName(errors, metric, 'name', path.child('metric'), isPathSegmentName, detail);
  }
  const target = objectAt(contents, 'target') ?? {};
  const own = path.child('target');
  validateTarget(errors, target, own);
  const absent = absentAmount(source, target);
  if (absent !== undefined) errors.required(own.child(absent[0]), absent[1]);
  if (isResource && isSet(target, 'averageUtilization') && isSet(target, 'averageValue'))
    errors.forbidden(
      own.child('averageValue'),
      'may not set both a target raw value and a target utilization',
    );
  if (source === 'external' && isSet(target, 'value') && isSet(target, 'averageValue'))
    errors.forbidden(
      own.child('value'),
      'may not set both a target value for metric and a per-pod target',
    );
}

/** `validateMetricTarget`. */
function validateTarget(errors: FieldErrors, target: JsonObject, path: FieldPath): void {
  const type = stringAt(target, 'type');
  if (type === '') errors.required(path.child('type'), 'must specify a metric target type');
  if (!targetTypes.includes(type)) {
    const detail = 'must be either Utilization, Value, or AverageValue';
    errors.invalid(path.child('type'), type, detail);
  }
  for (const field of ['value', 'averageValue']) {
    const amount = parseQuantity(getOwn(target, field));
    if (amount !== undefined && amount.nanos <= 0n)
      errors.invalid(path.child(field), printQuantity(amount), 'must be positive');
  }
  const utilization = numberAt(target, 'averageUtilization');
  if (isSet(target, 'averageUtilization') && utilization !== undefined && utilization < 1)
    errors.invalid(path.child('averageUtilization'), utilization, 'must be greater than 0');
}

/** The amount that a source must be given. */
function absentAmount(source: string, target: JsonObject): [string, string] | undefined {
  const has = (...fields: string[]): boolean => fields.some((field) => isSet(target, field));
  switch (source) {
    case 'pods':
      return has('averageValue')
        ? undefined
        : ['averageValue', 'must specify a positive target averageValue'];
    case 'external':
      return has('value', 'averageValue')
        ? undefined
        : ['averageValue', 'must set either a target value for metric or a per-pod target'];
    case 'object':
      return has('value', 'averageValue')
        ? undefined
        : ['averageValue', 'must set either a target value or averageValue'];
    default:
      return has('averageUtilization', 'averageValue')
        ? undefined
        : ['averageUtilization', 'must set either a target raw value or a target utilization'];
  }
}

/** `validateScalingRules`, `validateScalingPolicy`: what is left out is defaulted before. */
function validateBehavior(
  errors: FieldErrors,
  behavior: JsonObject | undefined,
  path: FieldPath,
): void {
  for (const field of ['scaleUp', 'scaleDown']) {
    const rules = objectAt(behavior, field);
    if (rules === undefined) continue;
    const own = path.child(field);
    const window = numberAt(rules, 'stabilizationWindowSeconds');
    const windowPath = own.child('stabilizationWindowSeconds');
    if (window !== undefined && window < 0)
      errors.invalid(windowPath, window, 'must be greater than or equal to zero');
    if (window !== undefined && window > 3600)
      errors.invalid(windowPath, window, 'must be less than or equal to 3600');
    validateOneOf(errors, rules, 'selectPolicy', ['Disabled', 'Max', 'Min'], own);
    const policies = objectsAt(rules, 'policies');
    if (isSet(rules, 'policies') && policies.length === 0)
      errors.required(own.child('policies'), 'must specify at least one Policy');
    for (const [policy, policyPath] of itemsAt(rules, 'policies', own)) {
      requireOneOf(errors, policy, 'type', ['Percent', 'Pods'], policyPath);
      const value = numberAt(policy, 'value');
      if (value !== undefined && value <= 0)
        errors.invalid(policyPath.child('value'), value, 'must be greater than zero');
      const period = numberAt(policy, 'periodSeconds');
      if (period !== undefined && period <= 0)
        errors.invalid(policyPath.child('periodSeconds'), period, 'must be greater than zero');
      if (period !== undefined && period > 1800)
        errors.invalid(
          policyPath.child('periodSeconds'),
          period,
          'must be less than or equal to 1800',
        );
    }
  }
}

/** pkg/apis/policy/validation/validation.go. */
export function validateDisruptionBudget(errors: FieldErrors, budget: JsonObject): void {
  validateObjectMeta(errors, budget, isPathSegmentName);
  const spec = objectAt(budget, 'spec') ?? {};
  if (isSet(spec, 'minAvailable') && isSet(spec, 'maxUnavailable')) {
    errors.invalid(
      specPath,
      printSpec(spec),
      'minAvailable and maxUnavailable cannot be both set',
      {
        at: specPath.child('maxUnavailable'),
        part: 'key',
      },
    );
  }
  for (const field of ['minAvailable', 'maxUnavailable']) {
    validatePositiveIntOrPercent(errors, getOwn(spec, field), specPath.child(field));
    validateAtMost100Percent(errors, getOwn(spec, field), specPath.child(field));
  }
  validateLabelSelector(errors, objectAt(spec, 'selector'), specPath.child('selector'));
  validateOneOfUnlessEmpty(
    errors,
    spec,
    'unhealthyPodEvictionPolicy',
    ['AlwaysAllow', 'IfHealthyBudget'],
    specPath,
  );
}

/** The internal type has no JSON names. */
function printSpec(spec: JsonObject): GoText {
  const selector = objectAt(spec, 'selector');
  const shown = (field: string): string => goJson(getOwn(spec, field) ?? null);
  const fields = [
    `"MinAvailable":${shown('minAvailable')}`,
    `"Selector":${selector === undefined ? 'null' : printSelector(selector).text}`,
    `"MaxUnavailable":${shown('maxUnavailable')}`,
    `"UnhealthyPodEvictionPolicy":${shown('unhealthyPodEvictionPolicy')}`,
  ];
  return new GoText(`{${fields.join()}}`);
}
