/** Who may do what (pkg/apis/rbac/validation/validation.go). */
import type { JsonObject } from '../../../kubernetes/json.ts';
import { rbacGroup } from '../../../kubernetes/rbac.ts';
import { getOwn } from '../../../own.ts';
import type { FieldErrors } from '../field-errors.ts';
import { FieldPath } from '../field-path.ts';
import { objectAt, objectsAt, stringAt, stringsAt } from '../fields.ts';
import { requireName, requireOneOf } from './checks.ts';
import { validateObjectMeta } from './metadata.ts';
import { isDNS1123Subdomain, isPathSegmentName } from './names.ts';
import { validateLabelSelector } from './selectors.ts';

const rolePath = FieldPath.of('roleRef');
const selectorsPath = FieldPath.of('aggregationRule').child('clusterRoleSelectors');

/** `ValidateRole`. */
export function validateRole(errors: FieldErrors, role: JsonObject): void {
  validateObjectMeta(errors, role, isPathSegmentName);
  validateRules(errors, role, true);
}

/** `ValidateClusterRole`. */
export function validateClusterRole(errors: FieldErrors, role: JsonObject): void {
  validateObjectMeta(errors, role, isPathSegmentName, false);
  validateRules(errors, role, false);
  const aggregation = objectAt(role, 'aggregationRule');
  if (aggregation === undefined) return;
  const selectors = objectsAt(aggregation, 'clusterRoleSelectors');
  if (selectors.length === 0)
    errors.required(
      selectorsPath,
      'at least one clusterRoleSelector required if aggregationRule is non-nil',
    );
  for (const [index, selector] of selectors.entries())
    validateLabelSelector(errors, selector, selectorsPath.index(index));
}

/** `ValidatePolicyRule`. */
function validateRules(errors: FieldErrors, role: JsonObject, namespaced: boolean): void {
  for (const [index, rule] of objectsAt(role, 'rules').entries()) {
    const path = FieldPath.of('rules').index(index);
    const isEmpty = (field: string): boolean => stringsAt(rule, field).length === 0;
    const demand = (field: string, detail: string): void => {
      if (isEmpty(field)) errors.required(path.child(field), detail);
    };
    demand('verbs', 'verbs must contain at least one value');
    if (isEmpty('nonResourceURLs')) {
      demand('apiGroups', 'resource rules must supply at least one api group');
      demand('resources', 'resource rules must supply at least one resource');
      continue;
    }
    const refuse = (detail: string): void =>
      errors.invalid(path.child('nonResourceURLs'), getOwn(rule, 'nonResourceURLs'), detail);
    if (namespaced) refuse('namespaced rules cannot apply to non-resource URLs');
    if (!['apiGroups', 'resources', 'resourceNames'].every(isEmpty))
      refuse('rules cannot apply to both regular resources and non-resource URLs');
  }
}

/** `ValidateRoleBinding`. */
export function validateRoleBinding(errors: FieldErrors, binding: JsonObject): void {
  validateObjectMeta(errors, binding, isPathSegmentName);
  validateBinding(errors, binding, ['Role', 'ClusterRole'], true);
}

/** `ValidateClusterRoleBinding`. */
export function validateClusterRoleBinding(errors: FieldErrors, binding: JsonObject): void {
  validateObjectMeta(errors, binding, isPathSegmentName, false);
  validateBinding(errors, binding, ['ClusterRole'], false);
}

function validateBinding(
  errors: FieldErrors,
  binding: JsonObject,
  kinds: readonly string[],
  namespaced: boolean,
): void {
  const role = objectAt(binding, 'roleRef');
  requireOneOf(errors, role, 'apiGroup', [rbacGroup], rolePath);
  requireOneOf(errors, role, 'kind', kinds, rolePath);
  requireName(errors, role, 'name', rolePath, isPathSegmentName);
  for (const [index, subject] of objectsAt(binding, 'subjects').entries())
    validateSubject(errors, subject, namespaced, FieldPath.of('subjects').index(index));
}

/** `ValidateRoleBindingSubject`. */
function validateSubject(
  errors: FieldErrors,
  subject: JsonObject,
  namespaced: boolean,
  path: FieldPath,
): void {
  const name = stringAt(subject, 'name');
  if (name === '') errors.required(path.child('name'));
  const kind = stringAt(subject, 'kind');
  if (kind !== 'ServiceAccount' && kind !== 'User' && kind !== 'Group')
    return errors.notSupported(path.child('kind'), kind, ['ServiceAccount', 'User', 'Group']);
  const isAccount = kind === 'ServiceAccount';
  if (isAccount && name !== '')
    errors.invalidEach(path.child('name'), name, isDNS1123Subdomain(name));
  const wanted = isAccount ? '' : rbacGroup;
  requireOneOf(errors, subject, 'apiGroup', [wanted], path);
  if (isAccount && !namespaced && stringAt(subject, 'namespace') === '')
    errors.required(path.child('namespace'), '', {
      at: path.child('name'),
      help: 'add the namespace of the account: a ClusterRoleBinding has none itself',
    });
}
