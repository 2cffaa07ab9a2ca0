/**
 * Where the bytes of a volume come from: one of many fields of a pod's volume (core/v1
 * `VolumeSource`) or of a PersistentVolume (`PersistentVolumeSource`). What is in the rarer ones is
 * not looked at.
 */
import type { JsonObject } from '../../../kubernetes/json.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { FieldPath } from '../field-path.ts';
import { isSet, objectAt, stringAt } from '../fields.ts';
import { requireTexts } from './checks.ts';

/** Source → the fields that it cannot be without, in the order in which upstream looks at them. */
type Sources = Readonly<Record<string, readonly string[]>>;

/** `validateVolumeSource` (pkg/apis/core/validation/validation.go). */
export const podSources: Sources = {
  emptyDir: [],
  hostPath: ['path'],
  gitRepo: [],
  gcePersistentDisk: [],
  awsElasticBlockStore: [],
  secret: ['secretName'],
  nfs: ['server', 'path'],
  iscsi: [],
  glusterfs: [],
  flocker: [],
  persistentVolumeClaim: ['claimName'],
  rbd: [],
  cinder: [],
  cephfs: [],
  quobyte: [],
  downwardAPI: [],
  fc: [],
  flexVolume: [],
  configMap: ['name'],
  azureFile: [],
  vsphereVolume: [],
  photonPersistentDisk: [],
  portworxVolume: [],
  azureDisk: [],
  storageos: [],
  projected: [],
  scaleIO: [],
  csi: ['driver'],
  ephemeral: [],
  image: [],
};

/** `ValidatePersistentVolumeSpec` (the same file). */
export const persistentSources: Sources = {
  hostPath: ['path'],
  gcePersistentDisk: [],
  awsElasticBlockStore: [],
  glusterfs: [],
  flocker: [],
  nfs: ['server', 'path'],
  rbd: [],
  quobyte: [],
  cephfs: [],
  iscsi: [],
  cinder: [],
  fc: [],
  flexVolume: [],
  azureFile: [],
  vsphereVolume: [],
  photonPersistentDisk: [],
  portworxVolume: [],
  azureDisk: [],
  scaleIO: [],
  local: ['path'],
  storageos: [],
  csi: ['driver', 'volumeHandle'],
};

/** The first source counts and is returned; every other one is refused. */
export function validateSource(
  errors: FieldErrors,
  volume: JsonObject,
  path: FieldPath,
  sources: Sources,
): string | undefined {
  let first: string | undefined;
  for (const [source, required] of Object.entries(sources)) {
    if (!isSet(volume, source)) continue;
    const own = path.child(source);
    if (first === undefined) {
      first = source;
      const contents = objectAt(volume, source);
      requireTexts(errors, contents, required, own);
      const where = stringAt(contents, 'path');
      if (source === 'nfs' && !where.startsWith('/'))
        errors.invalid(own.child('path'), where, 'must be an absolute path');
    } else errors.forbidden(own, 'may not specify more than 1 volume type', { part: 'key' });
  }
  return first;
}
