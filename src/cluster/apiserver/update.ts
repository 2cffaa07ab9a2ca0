/**
 * What cannot be changed by applying an object of the same name again (pkg/apis/GROUP/validation
 * `Validate…Update`).
 */
import type { JsonObject } from '../../kubernetes/json.ts';
import { getOwn } from '../../own.ts';
import type { FieldErrors } from './field-errors.ts';
import { FieldPath } from './field-path.ts';
import { objectAt } from './fields.ts';
import { differ, keepField, keepSpec } from './update/immutable.ts';
import { validateJobUpdate } from './update/job.ts';
import { validatePodUpdate } from './update/pod.ts';
import { validateServiceUpdate } from './update/service.ts';

const specPath = FieldPath.of('spec');

type Validate = (errors: FieldErrors, before: JsonObject, after: JsonObject) => void;

const keepSelector: Validate = (errors, before, after) =>
  keepField(errors, specPath, 'selector', objectAt(before, 'spec'), objectAt(after, 'spec'));

const mutableInStatefulSet = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];

/** `ValidateStatefulSetUpdate`; 1.33 added revisionHistoryLimit to what may change. */
function validateStatefulSetUpdate(
  errors: FieldErrors,
  before: JsonObject,
  after: JsonObject,
): void {
  const mutable = mutableInStatefulSet.filter(
    (field) => field !== 'revisionHistoryLimit' || errors.minor >= 33,
  );
  const quoted = mutable.map((field) => `'${field}'`);
  const list = `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`;
  keepSpec(
    errors,
    before,
    after,
    mutable,
    `updates to statefulset spec for fields other than ${list} are forbidden`,
  );
}

const forbid =
  (field: string, detail: string): Validate =>
  (errors, before, after) => {
    if (differ(getOwn(before, field), getOwn(after, field)))
      errors.forbidden(FieldPath.of(field), detail);
  };

const keep =
  (field: string): Validate =>
  (errors, before, after) =>
    keepField(errors, undefined, field, before, after);

const each =
  (...all: readonly Validate[]): Validate =>
  (errors, before, after) =>
    all.forEach((validate) => validate(errors, before, after));

const keepRole: Validate = (errors, before, after) => {
  const [old, role] = [objectAt(before, 'roleRef'), objectAt(after, 'roleRef')];
  if (['apiGroup', 'kind', 'name'].some((field) => differ(getOwn(old, field), getOwn(role, field))))
    errors.invalid(FieldPath.of('roleRef'), role, 'cannot change roleRef');
};

/** Where `immutable` is set it stays, and so does what the object holds. */
const keepData =
  (...fields: readonly string[]): Validate =>
  (errors, before, after) => {
    if (before['immutable'] !== true) return;
    const detail = 'field is immutable when `immutable` is set';
    if (after['immutable'] !== true) errors.forbidden(FieldPath.of('immutable'), detail);
    for (const field of fields)
      if (differ(getOwn(before, field) ?? {}, getOwn(after, field) ?? {}))
        errors.forbidden(FieldPath.of(field), detail);
  };

/**
 * What stringData says is stored in data, encoded: the two are compared where only one is written.
 */
const keepSecretData: Validate = (errors, before, after) => {
  const isPlain = (value: JsonObject): boolean => objectAt(value, 'stringData') !== undefined;
  if (isPlain(before) === isPlain(after))
    keepData(isPlain(after) ? 'stringData' : 'data')(errors, before, after);
};

/**
 * `ValidatePersistentVolumeClaimUpdate`: what may change of a claim that is bound may not before;
 * one without a class may get one.
 */
const keepClaim: Validate = (errors, before, after) => {
  const isClassless = objectAt(before, 'spec')?.['storageClassName'] === undefined;
  keepSpec(
    errors,
    before,
    after,
    ['volumeAttributesClassName', ...(isClassless ? ['storageClassName'] : [])],
    'spec is immutable after creation except resources.requests and ' +
      'volumeAttributesClassName for bound claims',
  );
};

/** Fields of a PersistentVolume that are not its source. */
const besideSource = [
  'accessModes',
  'capacity',
  'claimRef',
  'mountOptions',
  'nodeAffinity',
  'persistentVolumeReclaimPolicy',
  'storageClassName',
  'volumeAttributesClassName',
  'volumeMode',
];

const validators: Readonly<Record<string, Validate>> = {
  CertificateSigningRequest: (errors, before, after) =>
    keepSpec(errors, before, after, [], 'spec is immutable'),
  ClusterRoleBinding: keepRole,
  ConfigMap: keepData('data', 'binaryData'),
  ControllerRevision: keep('data'),
  DaemonSet: keepSelector,
  Deployment: keepSelector,
  EndpointSlice: (errors, before, after) =>
    keepField(errors, undefined, 'addressType', before, after),
  IngressClass: (errors, before, after) =>
    keepField(errors, specPath, 'controller', objectAt(before, 'spec'), objectAt(after, 'spec')),
  Job: validateJobUpdate,
  PersistentVolume: (errors, before, after) =>
    keepSpec(
      errors,
      before,
      after,
      besideSource,
      'spec.persistentvolumesource is immutable after creation',
    ),
  PersistentVolumeClaim: keepClaim,
  Pod: validatePodUpdate,
  PriorityClass: each(
    forbid('value', 'may not be changed in an update.'),
    keep('preemptionPolicy'),
  ),
  ReplicaSet: keepSelector,
  ResourceQuota: (errors, before, after) =>
    keepField(errors, specPath, 'scopes', objectAt(before, 'spec'), objectAt(after, 'spec')),
  RoleBinding: keepRole,
  RuntimeClass: keep('handler'),
  Secret: each(keep('type'), keepSecretData),
  Service: validateServiceUpdate,
  StatefulSet: validateStatefulSetUpdate,
  StorageClass: each(
    forbid('parameters', 'updates to parameters are forbidden.'),
    forbid('provisioner', 'updates to provisioner are forbidden.'),
    forbid('reclaimPolicy', 'updates to reclaimPolicy are forbidden.'),
    keep('volumeBindingMode'),
  ),
};

/**
 * Both as they are stored; of a kind that is not decoded as they were written, without defaults.
 */
export function validateUpdate(
  kind: string,
  before: JsonObject,
  after: JsonObject,
  errors: FieldErrors,
): void {
  getOwn(validators, kind)?.(errors, before, after);
}
