/**
 * Volumes and claims (pkg/apis/core/validation/validation.go), StorageClasses
 * (pkg/apis/storage/validation/validation.go) but for their topologies.
 */
import type { Json, JsonObject } from '../../../kubernetes/json.ts';
import { getOwn } from '../../../own.ts';
import type { FieldErrors } from '../field-errors.ts';
import { FieldPath } from '../field-path.ts';
import { isEmptyMap, isSet, objectAt, stringAt, stringsAt } from '../fields.ts';
import { parseQuantity, printQuantity } from '../quantity.ts';
import { validateName, validateOneOf } from './checks.ts';
import { validateObjectMeta } from './metadata.ts';
import { isDNS1123Subdomain, isLabelKey } from './names.ts';
import { validateNodeSelector } from './scheduling.ts';
import { validateLabelSelector } from './selectors.ts';
import { persistentSources, validateSource } from './volume-sources.ts';

const accessModes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];
const specPath = FieldPath.of('spec');

/** `ValidatePersistentVolumeClaim`. */
export function validatePersistentVolumeClaim(errors: FieldErrors, claim: JsonObject): void {
  validateObjectMeta(errors, claim, isDNS1123Subdomain);
  validateClaimSpec(errors, objectAt(claim, 'spec') ?? {}, specPath);
}

/** Of a claim template of a StatefulSet, where `path` is that of its spec. */
export function validateClaimSpec(errors: FieldErrors, spec: JsonObject, path: FieldPath): void {
  validateAccessModes(
    errors,
    spec,
    'at least 1 access mode is required',
    () => validateLabelSelector(errors, objectAt(spec, 'selector'), path.child('selector')),
    path,
  );
  const resources = objectAt(spec, 'resources');
  const storage = getOwn(objectAt(resources, 'requests'), 'storage');
  const own = path.child('resources').key('storage');
  const at = path.child('resources').child('requests').child('storage');
  if (storage === undefined) errors.required(own, '', { at: nearest(path, spec) });
  else validatePositive(errors, storage, own, at);
  validateClassAndMode(errors, spec, path);
}

/** Where a claim would say how much it wants. */
function nearest(path: FieldPath, spec: JsonObject): FieldPath {
  if (!isSet(spec, 'resources')) return path;
  const resources = path.child('resources');
  return isSet(objectAt(spec, 'resources'), 'requests') ? resources.child('requests') : resources;
}

/** `between`: what upstream looks at after the number of modes and before each of them. */
function validateAccessModes(
  errors: FieldErrors,
  spec: JsonObject,
  detail: string,
  between?: () => void,
  parent = specPath,
): void {
  const path = parent.child('accessModes');
  const modes = stringsAt(spec, 'accessModes');
  if (modes.length === 0) errors.required(path, detail);
  between?.();
  for (const [index, mode] of modes.entries())
    if (!accessModes.includes(mode))
      errors.notSupported(path, mode, accessModes, { at: path.index(index) });
  const one = 'ReadWriteOncePod';
  if (modes.includes(one) && modes.some((mode) => mode !== one && accessModes.includes(mode)))
    errors.forbidden(path, `may not use ${one} with other access modes`);
}

function validatePositive(errors: FieldErrors, value: Json, path: FieldPath, at = path): void {
  const quantity = parseQuantity(value);
  if (quantity !== undefined && quantity.nanos <= 0n)
    errors.invalid(path, printQuantity(quantity), 'must be greater than zero', { at });
}

function validateClassAndMode(errors: FieldErrors, spec: JsonObject, path = specPath): void {
  validateName(errors, spec, 'storageClassName', path, isDNS1123Subdomain);
  validateOneOf(errors, spec, 'volumeMode', ['Block', 'Filesystem'], path);
}

/** `ValidatePersistentVolume`. */
export function validatePersistentVolume(errors: FieldErrors, volume: JsonObject): void {
  validateObjectMeta(errors, volume, isDNS1123Subdomain, false);
  const spec = objectAt(volume, 'spec') ?? {};
  validateAccessModes(errors, spec, '');
  validateCapacity(errors, spec);
  const policies = ['Delete', 'Recycle', 'Retain'];
  validateOneOf(errors, spec, 'persistentVolumeReclaimPolicy', policies, specPath);
  const affinity = objectAt(spec, 'nodeAffinity');
  if (affinity !== undefined) validateNodeAffinity(errors, affinity);
  validateVolumeSource(errors, spec);
  const policyPath = specPath.child('persistentVolumeReclaimPolicy');
  const isRoot = stringAt(objectAt(spec, 'hostPath'), 'path') === '/';
  if (isRoot && stringAt(spec, 'persistentVolumeReclaimPolicy') === 'Recycle')
    errors.forbidden(policyPath, "may not be 'recycle' for a hostPath mount of '/'");
  validateClassAndMode(errors, spec);
}

function validateCapacity(errors: FieldErrors, spec: JsonObject): void {
  const path = specPath.child('capacity');
  const capacity = objectAt(spec, 'capacity');
  if (isEmptyMap(capacity)) errors.required(path);
  if (Object.keys(capacity ?? {}).join() !== 'storage')
    errors.notSupported(path, capacity === undefined ? null : printed(capacity), ['storage']);
  for (const name in capacity) {
    const value = getOwn(capacity, name) as Json;
    const quantity = parseQuantity(value);
    if (quantity !== undefined && quantity.nanos < 0n)
      errors.invalid(
        path.key(name),
        Number(quantity.nanos / 1_000_000_000n),
        'must be a valid resource quantity',
      );
    validatePositive(errors, value, path.key(name));
  }
}

function printed(amounts: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(amounts).map(([name, value]) => {
      const quantity = parseQuantity(value);
      return [name, quantity === undefined ? value : printQuantity(quantity)];
    }),
  );
}

function validateNodeAffinity(errors: FieldErrors, affinity: JsonObject): void {
  const path = specPath.child('nodeAffinity').child('required');
  const required = objectAt(affinity, 'required');
  if (required === undefined) errors.required(path, 'must specify required node constraints');
  else validateNodeSelector(errors, required, path);
}

function validateVolumeSource(errors: FieldErrors, spec: JsonObject): void {
  const source = validateSource(errors, spec, specPath, persistentSources);
  if (source === undefined && !errors.isIncomplete(specPath))
    errors.required(specPath, 'must specify a volume type');
  if (source === 'local' && !isSet(spec, 'nodeAffinity'))
    errors.required(specPath.child('nodeAffinity'), 'Local volume requires node affinity');
}

/** `ValidateStorageClass`. */
export function validateStorageClass(errors: FieldErrors, storageClass: JsonObject): void {
  validateObjectMeta(errors, storageClass, isDNS1123Subdomain, false);
  const path = FieldPath.of('provisioner');
  const provisioner = stringAt(storageClass, 'provisioner');
  if (provisioner === '') errors.required(path);
  else errors.invalidEach(path, provisioner, isLabelKey(provisioner.toLowerCase()));
  validateOneOf(errors, storageClass, 'reclaimPolicy', ['Delete', 'Retain'], undefined);
  const bindingModes = ['Immediate', 'WaitForFirstConsumer'];
  validateOneOf(errors, storageClass, 'volumeBindingMode', bindingModes, undefined);
}
