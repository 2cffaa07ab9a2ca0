/**
 * `ValidateHorizontalPodAutoscaler` (pkg/apis/autoscaling/validation/validation.go) without metrics
 * and behavior; `ValidatePodDisruptionBudget`.
 */
import type { JsonObject } from '../../../manifest/node.ts';
import { getOwn } from '../../../own.ts';
import { type FieldErrors, GoText } from '../field-errors.ts';
import { FieldPath } from '../field-path.ts';
import { isSet, numberAt, objectAt, objectsAt, stringAt } from '../fields.ts';
import { goJson } from '../go-format.ts';
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
  for (const field of ['kind', 'name']) {
    if (stringAt(target, field) === '')
      errors.required(specPath.child('scaleTargetRef').child(field));
  }
  if (least === 0 && !scalesFromZero) {
    errors.forbidden(
      specPath.child('metrics'),
      'must specify at least one Object or External metric to support scaling to zero replicas',
      {
        at: specPath.child('minReplicas'),
      },
    );
  }
  validateBehavior(errors, objectAt(spec, 'behavior'), specPath.child('behavior'));
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
    const select = stringAt(rules, 'selectPolicy');
    const selections = ['Disabled', 'Max', 'Min'];
    if (isSet(rules, 'selectPolicy') && !selections.includes(select))
      errors.notSupported(own.child('selectPolicy'), select, selections);
    const policies = objectsAt(rules, 'policies');
    if (isSet(rules, 'policies') && policies.length === 0)
      errors.required(own.child('policies'), 'must specify at least one Policy');
    for (const [index, policy] of policies.entries()) {
      const policyPath = own.child('policies').index(index);
      const type = stringAt(policy, 'type');
      if (type !== 'Pods' && type !== 'Percent')
        errors.notSupported(policyPath.child('type'), type, ['Percent', 'Pods']);
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
  const policy = stringAt(spec, 'unhealthyPodEvictionPolicy');
  if (policy !== '' && policy !== 'AlwaysAllow' && policy !== 'IfHealthyBudget') {
    errors.notSupported(specPath.child('unhealthyPodEvictionPolicy'), policy, [
      'AlwaysAllow',
      'IfHealthyBudget',
    ]);
  }
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
