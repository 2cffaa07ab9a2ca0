/** What few manifests hold, and is therefore loaded late. */
import type { JsonObject } from '../../../kubernetes/json.ts';
import { isPlaceholder } from '../../../manifest/placeholder.ts';
import { getOwn } from '../../../own.ts';
import { type FieldErrors, GoText } from '../field-errors.ts';
import type { FieldPath } from '../field-path.ts';
import { booleanAt, objectAt, stringAt, stringsAt } from '../fields.ts';
import { goJson } from '../go-format.ts';
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
