/**
 * What a namespace may use (pkg/apis/core/validation/validation.go `ValidateResourceQuota`,
 * `ValidateLimitRange`), and what goes first (pkg/apis/scheduling/validation/validation.go). The
 * ratios of limits are not looked at.
 */
import { asList, asText, type Json, type JsonObject } from '../../../kubernetes/json.ts';
import { isPlaceholder } from '../../../manifest/placeholder.ts';
import { getOwn } from '../../../own.ts';
import type { FieldErrors } from '../field-errors.ts';
import { FieldPath } from '../field-path.ts';
import { isEmptyMap, isSet, itemsAt, numberAt, objectAt, stringAt } from '../fields.ts';
import { isWhole, parseQuantity, printQuantity } from '../quantity.ts';
import { validateOneOf } from './checks.ts';
import { validateObjectMeta } from './metadata.ts';
import { isDNS1123Subdomain, isLabelKey } from './names.ts';
import {
  countedResources,
  quotaResources,
  validateContainerResourceName,
  validateResourceName,
} from './resources.ts';

const specPath = FieldPath.of('spec');

const hugePages = /^(requests\.)?hugepages-/;

export function validateResourceQuota(errors: FieldErrors, quota: JsonObject): void {
  validateObjectMeta(errors, quota, isDNS1123Subdomain);
  const hard = objectAt(objectAt(quota, 'spec'), 'hard');
  for (const name in hard) {
    const path = specPath.child('hard').key(name);
    const isNative = !name.includes('/') && !hugePages.test(name);
    validateResourceName(errors, name, path);
    if (isNative && !quotaResources.has(name))
      errors.invalid(path, name, 'must be a standard resource for quota', { part: 'key' });
    validateAmount(errors, name, getOwn(hard, name), path);
  }
  validateScopes(errors, objectAt(quota, 'spec'));
}

const scopesOfPods = [
  'BestEffort',
  'CrossNamespacePodAffinity',
  'NotBestEffort',
  'NotTerminating',
  'PriorityClass',
  'Terminating',
];
const computed = ['', 'requests.', 'limits.'].flatMap((prefix) => [
  `${prefix}cpu`,
  `${prefix}memory`,
]);
/** pkg/apis/core/helper/helpers.go `IsResourceQuotaScopeValidForResource`. */
const resourcesOfScopes: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(scopesOfPods.map((scope) => [scope, ['pods', ...computed]])),
  BestEffort: ['pods'],
  VolumeAttributesClass: ['persistentvolumeclaims', 'requests.storage'],
};

/** `validateResourceQuotaScopes`; what `scopeSelector` asks for is not looked at. */
function validateScopes(errors: FieldErrors, spec: JsonObject | undefined): void {
  const scopes = asList(getOwn(spec, 'scopes')).map((scope) => asText(scope) ?? '');
  if (scopes.length === 0 || scopes.some(isPlaceholder)) return;
  const path = specPath.child('scopes');
  const standard = Object.keys(objectAt(spec, 'hard') ?? {}).filter((name) =>
    quotaResources.has(name),
  );
  // Each holds all scopes, and is told once however many of them it is about.
  const details = new Set<string>();
  for (const scope of scopes) {
    const resources = getOwn(resourcesOfScopes, scope);
    if (resources === undefined) details.add('unsupported scope');
    else if (standard.some((name) => !resources.includes(name)))
      details.add('unsupported scope applied to resource');
  }
  for (const scope of ['BestEffort', 'Terminating'])
    if (scopes.includes(scope) && scopes.includes(`Not${scope}`)) details.add('conflicting scopes');
  for (const detail of details) errors.invalid(path, scopes, detail);
}

/** `ValidateResourceQuantityValue`. */
function validateAmount(
  errors: FieldErrors,
  name: string,
  value: Json | undefined,
  path: FieldPath,
): void {
  const quantity = parseQuantity(value);
  if (quantity === undefined) return;
  if (quantity.nanos < 0n)
    errors.invalid(path, printQuantity(quantity), 'must be greater than or equal to 0');
  const isExtended =
    name.includes('/') && !name.includes('kubernetes.io/') && !name.startsWith('requests.');
  if ((isExtended || countedResources.has(name)) && !isWhole(quantity))
    errors.invalid(path, printQuantity(quantity), 'must be an integer');
}

const limitTypes = ['Pod', 'Container', 'PersistentVolumeClaim'];

export function validateLimitRange(errors: FieldErrors, limitRange: JsonObject): void {
  validateObjectMeta(errors, limitRange, isDNS1123Subdomain);
  const seen = new Set<string>();
  for (const [limit, path] of itemsAt(objectAt(limitRange, 'spec'), 'limits', specPath)) {
    const type = stringAt(limit, 'type');
    validateLimitType(errors, type, path.child('type'));
    if (seen.has(type)) errors.duplicate(path.child('type'), type);
    seen.add(type);
    if (type === 'Pod')
      for (const field of ['default', 'defaultRequest'])
        if (!isEmptyMap(objectAt(limit, field)))
          errors.forbidden(path.child(field), "may not be specified when `type` is 'Pod'");
    const hasStorage = ['min', 'max'].some((field) => isSet(objectAt(limit, field), 'storage'));
    if (type === 'PersistentVolumeClaim' && !hasStorage)
      errors.required(
        path.child('limits'),
        'either minimum or maximum storage value is required, but neither was provided',
        { at: path },
      );
    const isOfPods = type === 'Pod' || type === 'Container';
    const validateName = isOfPods ? validateContainerResourceName : validateResourceName;
    for (const field of ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'])
      for (const name in objectAt(limit, field))
        validateName(errors, name, path.child(field).key(name));
    validateOrder(errors, limit, path);
  }
}

/** `validateLimitRangeTypeName`. */
function validateLimitType(errors: FieldErrors, type: string, path: FieldPath): void {
  const messages = isLabelKey(type);
  errors.invalidEach(path, type, messages);
  if (messages.length === 0 && !type.includes('/') && !limitTypes.includes(type))
    errors.invalid(path, type, 'must be a standard limit type or fully qualified');
}

const valueNames: Readonly<Record<string, string>> = {
  min: 'min value',
  max: 'max value',
  default: 'default value',
  defaultRequest: 'default request value',
};

/** What must not be more than what; which of them is blamed, and whose amount is shown. */
const orders = [
  { low: 'min', high: 'max', blamed: 'min', shown: 'low' },
  { low: 'min', high: 'defaultRequest', blamed: 'defaultRequest', shown: 'high' },
  { low: 'defaultRequest', high: 'max', blamed: 'defaultRequest', shown: 'low' },
  { low: 'defaultRequest', high: 'default', blamed: 'defaultRequest', shown: 'low' },
  { low: 'min', high: 'default', blamed: 'default', shown: 'low' },
  { low: 'default', high: 'max', blamed: 'default', shown: 'high' },
] as const;

function validateOrder(errors: FieldErrors, limit: JsonObject, path: FieldPath): void {
  for (const { low, high, blamed, shown } of orders) {
    const amounts = objectAt(limit, low);
    for (const name in amounts) {
      const less = parseQuantity(getOwn(amounts, name));
      const more = parseQuantity(getOwn(objectAt(limit, high), name));
      if (less === undefined || more === undefined || less.nanos <= more.nanos) continue;
      const isLimit = low === 'defaultRequest' && high === 'default';
      const highName = isLimit ? 'default limit value' : valueNames[high];
      errors.invalid(
        path.child(blamed).key(name),
        printQuantity(shown === 'low' ? less : more),
        `${valueNames[low]} ${printQuantity(less)} is greater than ${highName} ` +
          printQuantity(more),
      );
    }
  }
}

/** pkg/apis/scheduling/types.go `HighestUserDefinablePriority`. */
const highestPriority = 1_000_000_000;
const systemPrefix = 'system-';
const systemClasses = ['system-node-critical', 'system-cluster-critical'];

/** `ValidatePriorityClass`. */
export function validatePriorityClass(errors: FieldErrors, priorityClass: JsonObject): void {
  validateObjectMeta(errors, priorityClass, isDNS1123Subdomain, false);
  const name = stringAt(objectAt(priorityClass, 'metadata'), 'name');
  const value = numberAt(priorityClass, 'value');
  if (name.startsWith(systemPrefix)) {
    if (!systemClasses.includes(name))
      errors.forbidden(
        FieldPath.of('metadata').child('name'),
        `priority class names with '${systemPrefix}' prefix are reserved for system use only. ` +
          `error: ${name} is not a known system priority class`,
      );
  } else if (value !== undefined && value > highestPriority)
    errors.forbidden(
      FieldPath.of('value'),
      `maximum allowed value of a user defined priority is ${highestPriority}`,
    );
  const policies = ['PreemptLowerPriority', 'Never'];
  validateOneOf(errors, priorityClass, 'preemptionPolicy', policies, undefined);
}
