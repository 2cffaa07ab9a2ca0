/**
 * Security contexts: `ValidateSecurityContext`, `validatePodSpecSecurityContext`
 * (pkg/apis/core/validation/validation.go), but for Windows and AppArmor.
 */
import type { JsonObject } from '../../../kubernetes/json.ts';
import { isPlaceholder } from '../../../manifest/placeholder.ts';
import { type FieldErrors, GoText } from '../field-errors.ts';
import type { FieldPath } from '../field-path.ts';
import { booleanAt, isSet, numberAt, objectAt, objectsAt, stringAt } from '../fields.ts';
import { goJson } from '../go-format.ts';
import { requireOneOf, validateOneOf } from './checks.ts';
import { validateEscalation } from './escalation.ts';
import { validateSysctls } from './sysctls.ts';

const highestID = 2147483647;
/** ProcMountType and SupplementalGroupsPolicy are on; before, the API server drops the fields. */
const choicesSince = 33;
/** The first release that names the field where it is written. */
const namespacePathSince = 37;

/** Of a container. */
export function validateSecurityContext(
  errors: FieldErrors,
  context: JsonObject,
  path: FieldPath,
): void {
  validateIDs(errors, context, ['runAsUser', 'runAsGroup'], path);
  if (errors.minor >= choicesSince)
    validateOneOf(errors, context, 'procMount', ['Default', 'Unmasked'], path);
  validateSeccompProfile(errors, objectAt(context, 'seccompProfile'), path.child('seccompProfile'));
  const field = 'allowPrivilegeEscalation';
  if (isSet(context, field) && booleanAt(context, field) === false)
    validateEscalation(errors, context, path);
}

/** Of a pod; `path` is that of its spec. */
export function validatePodSecurityContext(
  errors: FieldErrors,
  spec: JsonObject,
  path: FieldPath,
): void {
  const context = objectAt(spec, 'securityContext');
  const own = path.child('securityContext');
  validateIDs(errors, context, ['fsGroup', 'runAsUser', 'runAsGroup'], own);
  const groups = context?.['supplementalGroups'];
  for (const [index, group] of (Array.isArray(groups) ? groups : []).entries())
    validateID(
      errors,
      typeof group === 'number' ? group : undefined,
      own.child('supplementalGroups').index(index),
    );
  if (booleanAt(spec, 'shareProcessNamespace') === true && booleanAt(spec, 'hostPID') === true) {
    const parent = errors.minor >= namespacePathSince ? path : own;
    errors.invalid(
      parent.child('shareProcessNamespace'),
      true,
      'ShareProcessNamespace and HostPID cannot both be enabled',
      {
        at: path.child('shareProcessNamespace'),
      },
    );
  }
  validateOneOf(errors, context, 'fsGroupChangePolicy', ['Always', 'OnRootMismatch'], own);
  validateSeccompProfile(errors, objectAt(context, 'seccompProfile'), own.child('seccompProfile'));
  if (errors.minor >= choicesSince)
    validateOneOf(errors, context, 'supplementalGroupsPolicy', ['Merge', 'Strict'], own);
  if (isSet(context, 'sysctls'))
    validateSysctls(errors, objectsAt(context, 'sysctls'), own.child('sysctls'));
}

function validateIDs(
  errors: FieldErrors,
  context: JsonObject | undefined,
  fields: readonly string[],
  path: FieldPath,
): void {
  for (const field of fields) validateID(errors, numberAt(context, field), path.child(field));
}

/** `IsValidUserID`, `IsValidGroupID`. */
function validateID(errors: FieldErrors, id: number | undefined, path: FieldPath): void {
  if (id !== undefined && (id < 0 || id > highestID))
    errors.invalid(path, id, `must be between 0 and ${highestID}, inclusive`);
}

/** `validateSeccompProfileField`. */
function validateSeccompProfile(
  errors: FieldErrors,
  profile: JsonObject | undefined,
  path: FieldPath,
): void {
  if (profile === undefined) return;
  const type = stringAt(profile, 'type');
  const types = ['Localhost', 'RuntimeDefault', 'Unconfined'];
  if (type === '')
    errors.required(path.child('type'), 'type is required when seccompProfile is set');
  else requireOneOf(errors, profile, 'type', types, path);
  if (isPlaceholder(type)) return;
  const localPath = path.child('localhostProfile');
  const local = stringAt(profile, 'localhostProfile');
  if (type !== 'Localhost') {
    // The internal type has no JSON names.
    const printed = new GoText(`{"Type":${goJson(type)},"LocalhostProfile":${goJson(local)}}`);
    if (isSet(profile, 'localhostProfile'))
      errors.invalid(localPath, printed, 'can only be set when seccomp type is Localhost');
  } else if (!isSet(profile, 'localhostProfile'))
    errors.required(localPath, 'must be set when seccomp type is Localhost');
  else {
    if (local.startsWith('/')) errors.invalid(localPath, local, 'must be a relative path');
    if (local.split('/').includes('..')) errors.invalid(localPath, local, "must not contain '..'");
  }
}
