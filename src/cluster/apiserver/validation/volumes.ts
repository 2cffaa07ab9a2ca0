/** The volumes of a pod and their mounts: `ValidateVolumes`, `ValidateVolumeMounts`. */
import type { JsonObject } from '../../../kubernetes/json.ts';
import { isPlaceholder } from '../../../manifest/placeholder.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { FieldPath } from '../field-path.ts';
import { isSet, objectAt, objectsAt, stringAt } from '../fields.ts';
import { validateMountModes } from './mount-modes.ts';
import { isDNS1123Label } from './names.ts';
import { validateContents } from './volume-contents.ts';
import { podSources, validateSource } from './volume-sources.ts';

/** Names of a pod's volumes; undefined when they cannot all be known. */
export type VolumeNames = ReadonlySet<string> | undefined;

/**
 * `ValidateVolumes`. Mounts can use only the volumes that are found good, and `extra` ones, which
 * take the place of their namesakes.
 */
export function validateVolumes(
  errors: FieldErrors,
  spec: JsonObject,
  path: FieldPath,
  extra: readonly string[],
): VolumeNames {
  const names = new Set(extra);
  let known = !errors.isIncomplete(path);
  for (const [index, volume] of objectsAt(spec, 'volumes').entries()) {
    if (extra.includes(stringAt(volume, 'name'))) continue;
    const before = errors.refusals.length;
    const volumePath = path.index(index);
    const source = validateSource(errors, volume, volumePath, podSources);
    const contents = source === undefined ? undefined : objectAt(volume, source);
    if (source !== undefined && contents !== undefined && Object.keys(contents).some(isInspected))
      validateContents(errors, source, contents, volumePath.child(source));
    const name = stringAt(volume, 'name');
    if (name === '') errors.required(volumePath.child('name'));
    else errors.invalidEach(volumePath.child('name'), name, isDNS1123Label(name));
    if (names.has(name)) errors.duplicate(volumePath.child('name'), name);
    if (isPlaceholder(name)) known = false;
    if (errors.refusals.length === before) names.add(name);
  }
  return known ? names : undefined;
}

/** Nearly all volumes have no more than these fields, of which nothing else can be said. */
const plainFields: ReadonlySet<string> = new Set([
  'claimName',
  'medium',
  'name',
  'optional',
  'readOnly',
  'secretName',
]);

function isInspected(field: string): boolean {
  return !plainFields.has(field);
}

/** `ValidateVolumeMounts` and the uniqueness rules of `ValidateVolumeDevices`. */
export function validateVolumeMounts(
  errors: FieldErrors,
  container: JsonObject,
  volumes: VolumeNames,
  path: FieldPath,
): void {
  const mountPaths = new Set<string>();
  for (const [index, mount] of objectsAt(container, 'volumeMounts').entries()) {
    const mountPath = path.index(index);
    const name = stringAt(mount, 'name');
    if (name === '') errors.required(mountPath.child('name'));
    if (volumes !== undefined && !volumes.has(name)) errors.notFound(mountPath.child('name'), name);
    const where = stringAt(mount, 'mountPath');
    if (where === '') errors.required(mountPath.child('mountPath'));
    if (mountPaths.has(where))
      errors.invalid(mountPath.child('mountPath'), where, 'must be unique');
    mountPaths.add(where);
    const subPath = stringAt(mount, 'subPath');
    if (subPath.startsWith('/'))
      errors.invalid(path.child('subPath'), subPath, 'must be a relative path', {
        at: mountPath.child('subPath'),
      });
    if (subPath.split('/').includes('..')) {
      errors.invalid(path.child('subPath'), subPath, "must not contain '..'", {
        at: mountPath.child('subPath'),
      });
    }
    if (isSet(mount, 'mountPropagation') || isSet(mount, 'recursiveReadOnly'))
      validateMountModes(errors, mount, container, path, mountPath);
  }
}
