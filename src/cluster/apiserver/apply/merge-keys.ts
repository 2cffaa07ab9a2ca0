/**
 * Which lists of an object `kubectl apply` merges item by item, and by which field of the items:
 * the tags `patchStrategy` and `patchMergeKey` of the Go types, in `types.go` of each version of
 * k8s.io/api. It is another table than kustomize's, which goes by an older OpenAPI document.
 */
import { groupOf } from '../../../kubernetes/group-version.ts';
import { getOwn } from '../../../own.ts';

export interface PatchField {
  /** What the struct, or each item of the list, consists of. */
  readonly type?: PatchType;
  /** Of a list that is merged: the field that tells its items apart; '' where they are scalars. */
  readonly mergeKey?: string;
  /** Fields that the patch does not name go: of unions such as a volume. */
  readonly retainKeys?: true;
  /** Of a struct that is replaced as a whole. */
  readonly replace?: true;
}

export type PatchType = Readonly<Record<string, PatchField>>;

const by = (mergeKey: string, type?: PatchType): PatchField => ({
  mergeKey,
  ...(type !== undefined && { type }),
});
const struct = (type: PatchType): PatchField => ({ type });

const metadata = struct({ finalizers: by(''), ownerReferences: by('uid') });
const container: PatchType = {
  env: by('name'),
  ports: by('containerPort'),
  volumeDevices: by('devicePath'),
  volumeMounts: by('mountPath'),
};
const podSpec = struct({
  containers: by('name', container),
  ephemeralContainers: by('name', container),
  hostAliases: by('ip'),
  imagePullSecrets: by('name'),
  initContainers: by('name', container),
  resourceClaims: { mergeKey: 'name', retainKeys: true },
  schedulingGates: by('name'),
  topologySpreadConstraints: by('topologyKey'),
  volumes: { mergeKey: 'name', retainKeys: true },
});
const template = struct({ metadata, spec: podSpec });
const workload: PatchType = { metadata, spec: struct({ template }) };
const matched: PatchType = { matchConditions: by('name') };
const webhooks: PatchType = { metadata, webhooks: by('name', matched) };

const types: Readonly<Record<string, PatchType>> = {
  '/Pod': { metadata, spec: podSpec },
  '/PodTemplate': { metadata, template },
  '/ReplicationController': workload,
  '/Service': { metadata, spec: struct({ ports: by('port') }) },
  '/ServiceAccount': { metadata, secrets: by('name') },
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': webhooks,
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': webhooks,
  'apps/DaemonSet': workload,
  'apps/Deployment': { metadata, spec: struct({ strategy: { retainKeys: true }, template }) },
  'apps/ReplicaSet': workload,
  'apps/StatefulSet': workload,
  'batch/CronJob': { metadata, spec: struct({ jobTemplate: struct(workload) }) },
  'batch/Job': workload,
  'policy/PodDisruptionBudget': { metadata, spec: struct({ selector: { replace: true } }) },
};

/** Of a kind of Kubernetes' own in which nothing but metadata has lists that are merged. */
const plain: PatchType = { metadata };

export function patchTypeOf(apiVersion: string, kind: string): PatchType {
  return getOwn(types, `${groupOf(apiVersion)}/${kind}`) ?? plain;
}
