/** How a container mounts a volume: what of its mounts spreads, and what is read-only. */
import type { JsonObject } from '../../../kubernetes/json.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { FieldPath } from '../field-path.ts';
import { booleanAt, isSet, objectAt, stringAt } from '../fields.ts';

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
