/**
 * `validateResourceRequirements` (pkg/apis/core/validation/validation.go), but for resource claims.
 */
import type { Json, JsonObject } from '../../../kubernetes/json.ts';
import { getOwn } from '../../../own.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { FieldPath } from '../field-path.ts';
import { objectAt } from '../fields.ts';
import { isWhole, parseQuantity, printQuantity } from '../quantity.ts';
import { isLabelKey } from './names.ts';

const hugePages = 'hugepages-';
const standardResources = /^(cpu|memory|ephemeral-storage|hugepages-.*)$/;

/** What there is a number of. */
export const countedResources: ReadonlySet<string> = new Set([
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
]);
/** pkg/apis/core/helper/helpers.go `standardQuotaResources`. */
export const quotaResources: ReadonlySet<string> = new Set([
  ...['cpu', 'memory', 'ephemeral-storage'].flatMap((name) => [
    name,
    `requests.${name}`,
    `limits.${name}`,
  ]),
  ...countedResources,
  'requests.storage',
]);

export function validateResources(
  errors: FieldErrors,
  resources: JsonObject | undefined,
  path: FieldPath,
): void {
  const limits = objectAt(resources, 'limits');
  const requests = objectAt(resources, 'requests');
  for (const name in limits)
    validateResource(errors, name, getOwn(limits, name), path.child('limits').key(name));
  const names = new Set([limits, requests].flatMap((amounts) => Object.keys(amounts ?? {})));
  if ([...names].some((name) => name.startsWith(hugePages)) && !names.has('cpu'))
    if (!names.has('memory')) errors.forbidden(path, 'HugePages require cpu or memory');
  for (const name in requests) {
    const own = path.child('requests').key(name);
    validateResource(errors, name, getOwn(requests, name), own);
    const limit = getOwn(limits, name);
    if (!maybeMore(name)) {
      validateEqual(errors, name, getOwn(requests, name), limit, path);
      continue;
    }
    if (limit === undefined || limit === getOwn(requests, name)) continue;
    if (isPlainlyLess(getOwn(requests, name), limit)) continue;
    const [asked, allowed] = [parseQuantity(getOwn(requests, name)), parseQuantity(limit)];
    if (asked === undefined || allowed === undefined || asked.nanos <= allowed.nanos) continue;
    const detail = `must be less than or equal to ${name} limit of ${printQuantity(allowed)}`;
    errors.invalid(path.child('requests'), printQuantity(asked), detail, { at: own });
  }
}

/** `IsOvercommitAllowed`: of what there are pieces, no pod can ask for less than it may have. */
function maybeMore(name: string): boolean {
  return (!name.includes('/') || name.includes('kubernetes.io/')) && !name.startsWith(hugePages);
}

function validateEqual(
  errors: FieldErrors,
  name: string,
  request: Json | undefined,
  limit: Json | undefined,
  path: FieldPath,
): void {
  const at = path.child('requests').key(name);
  const [asked, allowed] = [parseQuantity(request), parseQuantity(limit)];
  if (limit === undefined)
    errors.required(path.child('limits'), 'Limit must be set for non overcommitable resources', {
      at,
    });
  else if (asked !== undefined && allowed !== undefined && asked.nanos !== allowed.nanos) {
    const detail = `must be equal to ${name} limit of ${printQuantity(allowed)}`;
    errors.invalid(path.child('requests'), printQuantity(asked), detail, { at });
  }
}

const plain = /^(\d{1,9})([A-Za-z]*)$/;

/** Whole amounts of one unit, which most are, need no exact arithmetic. */
function isPlainlyLess(asked: Json | undefined, allowed: Json): boolean {
  const [left, right] = [
    typeof asked === 'string' ? plain.exec(asked) : null,
    typeof allowed === 'string' ? plain.exec(allowed) : null,
  ];
  return (
    left !== null && right !== null && left[2] === right[2] && Number(left[1]) <= Number(right[1])
  );
}

/** `validateResourceName`. */
export function validateResourceName(errors: FieldErrors, name: string, path: FieldPath): void {
  const messages = isLabelKey(name);
  errors.invalidEach(path, name, messages, { part: 'key' });
  if (messages.length > 0 || name.includes('/')) return;
  if (name !== 'storage' && !quotaResources.has(name) && !standardResources.test(name))
    errors.invalid(path, name, 'must be a standard resource type or fully qualified', {
      part: 'key',
    });
}

/** `validateContainerResourceName`. */
export function validateContainerResourceName(
  errors: FieldErrors,
  name: string,
  path: FieldPath,
): void {
  validateResourceName(errors, name, path);
  if (!name.includes('/') && !standardResources.test(name))
    errors.invalid(path, name, 'must be a standard resource for containers', { part: 'key' });
}

/** `validateContainerResourceName`, `ValidateResourceQuantityValue`. */
function validateResource(
  errors: FieldErrors,
  name: string,
  value: Json | undefined,
  path: FieldPath,
): void {
  validateContainerResourceName(errors, name, path);
  if (name.includes('/') && !name.includes('kubernetes.io/')) {
    const amount = parseQuantity(value);
    if (amount !== undefined && !isWhole(amount))
      errors.invalid(path, printQuantity(amount), 'must be an integer');
  }
  if (
    typeof value === 'string' ? !value.startsWith('-') : !(typeof value === 'number' && value < 0)
  )
    return;
  const quantity = parseQuantity(value);
  if (quantity !== undefined && quantity.nanos < 0n)
    errors.invalid(path, printQuantity(quantity), 'must be greater than or equal to 0');
}
