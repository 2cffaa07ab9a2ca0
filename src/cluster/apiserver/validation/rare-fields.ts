/** What few manifests hold, and is therefore loaded late. */
import type { JsonObject } from '../../../kubernetes/json.ts';
import { isPlaceholder } from '../../../manifest/placeholder.ts';
import { getOwn } from '../../../own.ts';
import { type FieldErrors, GoText } from '../field-errors.ts';
import type { FieldPath } from '../field-path.ts';
import { booleanAt, isSet, numberAt, objectAt, objectsAt, stringAt, stringsAt } from '../fields.ts';
import { goJson, goQuote } from '../go-format.ts';
import { validateNonnegative } from './checks.ts';
import {
  intOrPercentValue,
  validateAtMost100Percent,
  validatePositiveIntOrPercent,
} from './int-or-percent.ts';

/** Of a container whose `allowPrivilegeEscalation` is false (`ValidateSecurityContext`). */
export function validateEscalation(
  errors: FieldErrors,
  context: JsonObject,
  path: FieldPath,
): void {
  const at = path.child('allowPrivilegeEscalation');
  const added = stringsAt(objectAt(context, 'capabilities'), 'add');
  const contradiction = 'cannot set `allowPrivilegeEscalation` to false and';
  if (booleanAt(context, 'privileged') === true)
    errors.invalid(path, printContext(context), `${contradiction} \`privileged\` to true`, { at });
  if (added.includes('CAP_SYS_ADMIN')) {
    const detail = `${contradiction} \`capabilities.Add\` CAP_SYS_ADMIN`;
    errors.invalid(path, printContext(context), detail, { at });
  }
}

/** The internal type has no JSON names. */
function printContext(context: JsonObject): GoText {
  const capabilities = objectAt(context, 'capabilities');
  const shown = (field: string, value = context): string => goJson(getOwn(value, field) ?? null);
  const printed =
    capabilities === undefined
      ? 'null'
      : `{"Add":${shown('add', capabilities)},"Drop":${shown('drop', capabilities)}}`;
  const fields = [
    ['Privileged', 'privileged'],
    ['SELinuxOptions', 'seLinuxOptions'],
    ['WindowsOptions', 'windowsOptions'],
    ['RunAsUser', 'runAsUser'],
    ['RunAsGroup', 'runAsGroup'],
    ['RunAsNonRoot', 'runAsNonRoot'],
    ['ReadOnlyRootFilesystem', 'readOnlyRootFilesystem'],
    ['AllowPrivilegeEscalation', 'allowPrivilegeEscalation'],
    ['ProcMount', 'procMount'],
    ['SeccompProfile', 'seccompProfile'],
    ['AppArmorProfile', 'appArmorProfile'],
  ].map(([name, field = '']) => `"${name}":${shown(field)}`);
  return new GoText(`{"Capabilities":${printed},${fields.join()}}`);
}

const longestSysctl = 253;
const sysctlPart = /^[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?$/;

/** `validateSysctls`, `IsValidSysctlName`. */
export function validateSysctls(
  errors: FieldErrors,
  sysctls: readonly JsonObject[],
  path: FieldPath,
): void {
  const names = new Set<string>();
  for (const [index, sysctl] of sysctls.entries()) {
    const own = path.index(index).child('name');
    const name = stringAt(sysctl, 'name');
    const parts = name.split(/[./]/);
    if (name === '') errors.required(own);
    else if (name.length > longestSysctl || !parts.every((part) => sysctlPart.test(part)))
      errors.invalid(
        own,
        name,
        `must have at most ${longestSysctl} characters and match regex ` +
          '^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$',
      );
    else if (names.has(name)) errors.duplicate(own, name);
    names.add(name);
  }
}

/**
 * Of a StatefulSet: `ValidateStatefulSetSpec`, `validateRollingUpdateStatefulSet`; `maxUnavailable`
 * is dropped before, for its gate is off.
 */
export function validateStatefulSetStrategy(
  errors: FieldErrors,
  strategy: JsonObject,
  path: FieldPath,
): void {
  const type = stringAt(strategy, 'type') || 'RollingUpdate';
  const rollingUpdate = objectAt(strategy, 'rollingUpdate');
  const own = path.child('rollingUpdate');
  const printed =
    rollingUpdate === undefined
      ? 'null'
      : `{"Partition":${numberAt(rollingUpdate, 'partition') ?? 0},"MaxUnavailable":null}`;
  if (type === 'RollingUpdate') validateNonnegative(errors, rollingUpdate, own, 'partition');
  else if (type !== 'OnDelete') {
    const whole = new GoText(`{"Type":${goJson(type)},"RollingUpdate":${printed}}`);
    const detail = "must be 'RollingUpdate' or 'OnDelete'";
    if (!isPlaceholder(type)) errors.invalid(path, whole, detail, { at: path.child('type') });
  } else if (rollingUpdate !== undefined)
    errors.invalid(own, new GoText(printed), "only allowed for updateStrategy 'RollingUpdate'", {
      part: 'key',
    });
}

/** `ValidateDaemonSetUpdateStrategy`, with its defaults of one pod at a time and none more. */
export function validateDaemonSetStrategy(
  errors: FieldErrors,
  strategy: JsonObject,
  path: FieldPath,
): void {
  const type = stringAt(strategy, 'type') || 'RollingUpdate';
  const rollingUpdate = objectAt(strategy, 'rollingUpdate');
  if (type === 'OnDelete' || isPlaceholder(type)) return;
  if (type !== 'RollingUpdate') {
    const printed = new GoText(`{"Type":${goJson(type)},"RollingUpdate":null}`);
    const at = path.child('type');
    errors.notSupported(path, printed, ['RollingUpdate', 'OnDelete'], { at });
    return;
  }
  if (rollingUpdate === undefined) return;
  const own = path.child('rollingUpdate');
  const maxUnavailable = rollingUpdate['maxUnavailable'] ?? 1;
  const maxSurge = rollingUpdate['maxSurge'] ?? 0;
  for (const [field, amount] of Object.entries({ maxUnavailable, maxSurge })) {
    validatePositiveIntOrPercent(errors, amount, own.child(field));
    validateAtMost100Percent(errors, amount, own.child(field));
  }
  const [unavailable, surge] = [maxUnavailable, maxSurge].map(intOrPercentValue);
  if (unavailable === undefined || surge === undefined) return;
  if (unavailable !== 0 && surge !== 0) {
    const detail = 'may not be set when maxUnavailable is non-zero';
    errors.invalid(own.child('maxSurge'), maxSurge, detail);
  } else if (unavailable === 0 && surge === 0)
    errors.required(own.child('maxUnavailable'), 'cannot be 0 when maxSurge is 0');
}

const appArmor = 'container.apparmor.security.beta.kubernetes.io/';
const deletionCost = 'controller.kubernetes.io/pod-deletion-cost';

/**
 * `ValidatePodSpecificAnnotations`, but for seccomp and mirror pods. `written`: where the
 * annotations really stand.
 */
export function validatePodAnnotations(
  errors: FieldErrors,
  annotations: Readonly<Record<string, string>> | undefined,
  spec: JsonObject,
  path: FieldPath,
  written = path,
): void {
  const hasContainer = containersOf(spec);
  for (const key in annotations) {
    const value = getOwn(annotations, key) ?? '';
    const pointer = { at: written.key(key) };
    if (key === deletionCost && !isInt32(value))
      errors.invalid(path.key(key), value, 'must be a 32bit integer', pointer);
    if (!key.startsWith(appArmor)) continue;
    const name = key.slice(appArmor.length);
    if (!hasContainer(name))
      errors.invalid(path.key(key), name, 'container not found', {
        ...pointer,
        code: 'absent-container',
      });
    if (!/^(?:|runtime\/default|unconfined|localhost\/.*)$/s.test(value)) {
      const detail = `invalid AppArmor profile name: ${goQuote(value)}`;
      errors.invalid(path.key(key), value, detail, pointer);
    }
  }
}

/** `GetDeletionCostFromPodAnnotations`. */
function isInt32(text: string): boolean {
  return /^(?:0|-\d+|[1-9]\d*)$/.test(text) && Number(text) === (Number(text) | 0);
}

/** Whether a pod has a container of a name, or may have it once placeholders are filled in. */
function containersOf(spec: JsonObject): (name: string) => boolean {
  const names = new Set(
    ['containers', 'initContainers', 'ephemeralContainers'].flatMap((field) =>
      objectsAt(spec, field).map((container) => stringAt(container, 'name')),
    ),
  );
  const mayBeAny = [...names].some(isPlaceholder);
  return (name) => mayBeAny || names.has(name);
}

const propagations = ['Bidirectional', 'HostToContainer', 'None'];
const readOnlyModes = ['Disabled', 'Enabled', 'IfPossible'];

/**
 * `validateMountPropagation`, `validateMountRecursiveReadOnly`. `path`: that of all mounts, which
 * the API server names.
 */
export function validateMountModes(
  errors: FieldErrors,
  mount: JsonObject,
  container: JsonObject,
  path: FieldPath,
  written: FieldPath,
): void {
  const propagation = stringAt(mount, 'mountPropagation');
  const at = { at: written.child('mountPropagation') };
  const own = path.child('mountPropagation');
  if (isSet(mount, 'mountPropagation') && !propagations.includes(propagation))
    errors.notSupported(own, propagation, propagations, at);
  const isPrivileged = booleanAt(objectAt(container, 'securityContext'), 'privileged') === true;
  if (propagation === 'Bidirectional' && !isPrivileged)
    errors.forbidden(
      own,
      'Bidirectional mount propagation is available only to privileged containers',
      at,
    );
  const mode = stringAt(mount, 'recursiveReadOnly');
  const modePath = path.child('recursiveReadOnly');
  const modeAt = { at: written.child('recursiveReadOnly') };
  if (!isSet(mount, 'recursiveReadOnly') || mode === 'Disabled') return;
  if (!readOnlyModes.includes(mode)) {
    errors.notSupported(modePath, mode, readOnlyModes, modeAt);
    return;
  }
  if (booleanAt(mount, 'readOnly') !== true)
    errors.forbidden(modePath, 'may only be specified when readOnly is true', modeAt);
  if (propagation !== '' && propagation !== 'None')
    errors.forbidden(
      modePath,
      'may only be specified when mountPropagation is None or not specified',
      modeAt,
    );
}
