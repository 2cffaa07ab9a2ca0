/** Privileges that contradict `allowPrivilegeEscalation: false`. */
import type { JsonObject } from '../../../kubernetes/json.ts';
import { getOwn } from '../../../own.ts';
import { type FieldErrors, GoText } from '../field-errors.ts';
import type { FieldPath } from '../field-path.ts';
import { booleanAt, objectAt, stringsAt } from '../fields.ts';
import { goJson } from '../go-format.ts';

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
