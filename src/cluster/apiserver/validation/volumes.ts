/**
 * Volumes and their mounts, as far as they can be told without knowing storage: `ValidateVolumes`,
 * `ValidateVolumeMounts`.
 */
import type { JsonObject } from '../../../manifest/node.ts';
import { isPlaceholder } from '../../../manifest/placeholder.ts';
import { getOwn } from '../../../own.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { FieldPath } from '../field-path.ts';
import { isSet, objectAt, objectsAt, stringAt } from '../fields.ts';
import { isDNS1123Label } from './names.ts';

/** Names of a pod's volumes; undefined when they cannot all be known. */
export type VolumeNames = ReadonlySet<string> | undefined;

/** In the order in which `validateVolumeSource` looks at them. */
const sources = [
  'emptyDir',
  'hostPath',
  'gitRepo',
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'secret',
  'nfs',
  'iscsi',
  'glusterfs',
  'flocker',
  'persistentVolumeClaim',
  'rbd',
  'cinder',
  'cephfs',
  'quobyte',
  'downwardAPI',
  'fc',
  'flexVolume',
  'configMap',
  'azureFile',
  'vsphereVolume',
  'photonPersistentDisk',
  'portworxVolume',
  'azureDisk',
  'storageos',
  'projected',
  'scaleIO',
  'csi',
  'ephemeral',
  'image',
];

/** What a source cannot be without. */
const requiredFields: Readonly<Record<string, string>> = {
  hostPath: 'path',
  secret: 'secretName',
  configMap: 'name',
  persistentVolumeClaim: 'claimName',
};

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
    validateVolumeSource(errors, volume, volumePath);
    const name = stringAt(volume, 'name');
    if (name === '') errors.required(volumePath.child('name'));
    else errors.invalidEach(volumePath.child('name'), name, isDNS1123Label(name));
    if (names.has(name)) errors.duplicate(volumePath.child('name'), name);
    if (isPlaceholder(name)) known = false;
    if (errors.refusals.length === before) names.add(name);
  }
  return known ? names : undefined;
}

function validateVolumeSource(errors: FieldErrors, volume: JsonObject, path: FieldPath): void {
  let found = false;
  for (const source of sources) {
    if (!isSet(volume, source)) continue;
    const field = getOwn(requiredFields, source);
    if (found)
      errors.forbidden(path.child(source), 'may not specify more than 1 volume type', {
        part: 'key',
      });
    else if (field !== undefined && stringAt(objectAt(volume, source), field) === '')
      errors.required(path.child(source).child(field));
    found = true;
  }
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
  }
}
