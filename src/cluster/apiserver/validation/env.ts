/**
 * Environment variables: `ValidateEnv`, `ValidateEnvFrom` (pkg/apis/core/validation/validation.go).
 */
import type { JsonObject } from '../../../kubernetes/json.ts';
import { isPlaceholder } from '../../../manifest/placeholder.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { FieldPath } from '../field-path.ts';
import { isSet, objectAt, objectsAt, stringAt } from '../fields.ts';
import { requireName, validateName } from './checks.ts';
import { isDNS1123Subdomain, isEnvVarName } from './names.ts';

/** The release in which the gate RelaxedEnvironmentVariableValidation is on. */
const relaxedSince = 32;

export function validateEnv(errors: FieldErrors, container: JsonObject, path: FieldPath): void {
  const isName = (name: string) => isEnvVarName(name, errors.minor >= relaxedSince);
  for (const [index, variable] of objectsAt(container, 'env').entries()) {
    const own = path.index(index);
    requireName(errors, variable, 'name', own, isName);
    const valueFrom = objectAt(variable, 'valueFrom');
    if (valueFrom !== undefined)
      validateValueFrom(errors, variable, valueFrom, own.child('valueFrom'));
  }
}

/** Fields of a pod that a variable can have (`validEnvDownwardAPIFieldPathExpressions`). */
const envFields: readonly string[] = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];

/** What `ConvertDownwardAPIFieldLabel` (pkg/apis/core/pods/helpers.go) knows besides. */
const otherFields: readonly string[] = [
  'metadata.annotations',
  'metadata.labels',
  'spec.host',
  'spec.restartPolicy',
  'spec.schedulerName',
  'status.phase',
];

/** `validateObjectFieldSelector`; what stands between brackets is not looked at. */
export function validateFieldRef(
  errors: FieldErrors,
  reference: JsonObject | undefined,
  path: FieldPath,
  supported: readonly string[],
  place = path,
): void {
  const field = stringAt(reference, 'fieldPath');
  const own = path.child('fieldPath');
  const at = place.child('fieldPath');
  const version = stringAt(reference, 'apiVersion');
  if (field === '') errors.required(own, '', { at });
  else if (version !== 'v1' && version !== '') {
    const detail = `error converting fieldPath: unsupported pod version: ${version}`;
    if (!isPlaceholder(version))
      errors.invalid(own, field, detail, { at: place.child('apiVersion') });
  } else if (/^metadata\.(?:labels|annotations)\['[^']+'\]$/.test(field)) return;
  else if (!envFields.includes(field) && !otherFields.includes(field)) {
    const detail = `error converting fieldPath: field label not supported: ${field}`;
    errors.invalid(own, field, detail, { at });
  } else if (!supported.includes(field) && field !== 'spec.host')
    errors.notSupported(own, field, supported, { at });
}

/** `validateEnvVarValueFrom`; what a source says is checked where it names an object. */
function validateValueFrom(
  errors: FieldErrors,
  variable: JsonObject,
  valueFrom: JsonObject,
  path: FieldPath,
): void {
  const names = [
    'fieldRef',
    'resourceFieldRef',
    'configMapKeyRef',
    'secretKeyRef',
    ...(errors.minor >= 35 ? ['fileKeyRef'] : []),
  ];
  for (const source of ['configMapKeyRef', 'secretKeyRef']) {
    const reference = objectAt(valueFrom, source);
    if (reference === undefined) continue;
    const name = stringAt(reference, 'name');
    errors.invalidEach(path.child(source).child('name'), name, isDNS1123Subdomain(name));
    if (stringAt(reference, 'key') === '') errors.required(path.child(source).child('key'));
  }
  if (isSet(valueFrom, 'fieldRef'))
    validateFieldRef(errors, objectAt(valueFrom, 'fieldRef'), path.child('fieldRef'), envFields);
  const given = names.filter((name) => isSet(valueFrom, name)).length;
  if (given === 0) {
    const shown = names.map((name) => `\`${name}\``);
    errors.invalid(
      path,
      '',
      `must specify one of: ${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`,
    );
  } else if (stringAt(variable, 'value') !== '')
    errors.invalid(path, '', 'may not be specified when `value` is not empty');
  else if (given > 1)
    errors.invalid(path, '', 'may not have more than one field specified at a time');
}

export function validateEnvFrom(errors: FieldErrors, container: JsonObject, path: FieldPath): void {
  const isName = (name: string) => isEnvVarName(name, errors.minor >= relaxedSince);
  for (const [index, source] of objectsAt(container, 'envFrom').entries()) {
    const own = path.index(index);
    validateName(errors, source, 'prefix', own, isName);
    let given = 0;
    for (const field of ['configMapRef', 'secretRef']) {
      if (!isSet(source, field)) continue;
      given++;
      requireName(errors, objectAt(source, field), 'name', own.child(field), isDNS1123Subdomain);
    }
    const at = own;
    if (given === 0)
      errors.invalid(path, '', 'must specify one of: `configMapRef` or `secretRef`', { at });
    else if (given > 1)
      errors.invalid(path, '', 'may not have more than one field specified at a time', { at });
  }
}
