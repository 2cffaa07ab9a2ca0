/**
 * `ValidateHorizontalPodAutoscaler` (pkg/apis/autoscaling/validation/validation.go);
 * `ValidatePodDisruptionBudget`.
 */
import type { JsonObject } from '../../../kubernetes/json.ts';
import { getOwn } from '../../../own.ts';
import { type FieldErrors, GoText } from '../field-errors.ts';
import { FieldPath } from '../field-path.ts';
import { isSet, itemsAt, numberAt, objectAt, objectsAt, stringAt } from '../fields.ts';
import { goJson } from '../go-format.ts';
import { parseQuantity, printQuantity } from '../quantity.ts';
import { requireOneOf, requireTexts, validateOneOf, validateOneOfUnlessEmpty } from './checks.ts';
import { validateAtMost100Percent, validatePositiveIntOrPercent } from './int-or-percent.ts';
import { validateObjectMeta } from './metadata.ts';
import { isDNS1123Subdomain } from './names.ts';
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
  requireTexts(errors, target, ['kind', 'name'], specPath.child('scaleTargetRef'));
  if (least === 0 && !scalesFromZero) {
    errors.forbidden(
      specPath.child('metrics'),
      'must specify at least one Object or External metric to support scaling to zero replicas',
      {
        at: specPath.child('minReplicas'),
      },
    );
  }
  for (const [metric, path] of itemsAt(spec, 'metrics', specPath))
    validateMetric(errors, metric, path);
  validateBehavior(errors, objectAt(spec, 'behavior'), specPath.child('behavior'));
}

const metricSources: Readonly<Record<string, string>> = {
  ContainerResource: 'containerResource',
  External: 'external',
  Object: 'object',
  Pods: 'pods',
  Resource: 'resource',
};
const targetTypes = ['Utilization', 'Value', 'AverageValue'];

/** `validateMetricSpec`; of the sources by their names only that they are there. */
function validateMetric(errors: FieldErrors, metric: JsonObject, path: FieldPath): void {
  const type = stringAt(metric, 'type');
  const source = getOwn(metricSources, type);
  if (type === '') errors.required(path.child('type'), 'must specify a metric source type');
  if (source === undefined) {
    errors.notSupported(path.child('type'), type, Object.keys(metricSources));
    return;
  }
  const own = path.child(source);
  if (!isSet(metric, source)) {
    errors.required(own, 'must populate information for the given metric source');
    return;
  }
  const contents = objectAt(metric, source);
  if (source === 'containerResource' && stringAt(contents, 'container') === '')
    errors.required(own.child('container'), 'must specify a container');
  if (source.toLowerCase().endsWith('resource') && stringAt(contents, 'name') === '')
    errors.required(own.child('name'), 'must specify a resource name');
  const target = objectAt(contents, 'target') ?? {};
  validateTarget(errors, target, own.child('target'));
  const absent = absentAmount(source, target);
  if (absent === undefined) return;
  const [field, detail] = absent;
  errors.required(own.child('target').child(field), detail);
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
  if (isSet(target, 'averageUtilization') && isSet(target, 'averageValue')) {
    const detail = 'may not set both a target raw value and a target utilization';
    errors.forbidden(path.child('averageValue'), detail);
  }
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
  validateObjectMeta(errors, budget, isDNS1123Subdomain);
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
