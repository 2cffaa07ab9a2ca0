/**
 * Which lists a strategic merge patch merges item by item, and by which of the items' fields.
 * kustomize takes it from the OpenAPI document of Kubernetes 1.21 that is built into it
 * (kyaml/openapi/kubernetesapi; `x-kubernetes-patch-merge-key`, `x-kubernetes-list-map-keys`).
 */
import { getOwn } from '../../own.ts';
import { isClusterScoped } from './scope.ts';

/** A type of the API, as far as patches look into it: its fields that are types or merged lists. */
interface Shape {
  readonly fields?: Readonly<Record<string, Shape>>;
  /** For a list that is merged: the keys of its items; none where the items are scalars. */
  readonly keys?: readonly string[];
  /** What the items of a merged list are. */
  readonly items?: Shape;
}

const by = (...keys: string[]): Shape => ({ keys });

const metadata: Shape = { fields: { finalizers: by(), ownerReferences: by('uid') } };
const status: Shape = { fields: { conditions: by('type') } };
const container: Shape = {
  fields: {
    env: by('name'),
    ports: by('containerPort', 'protocol'),
    volumeDevices: by('devicePath'),
    volumeMounts: by('mountPath'),
  },
};
const containers: Shape = { keys: ['name'], items: container };
const podSpec: Shape = {
  fields: {
    containers,
    initContainers: containers,
    ephemeralContainers: containers,
    hostAliases: by('ip'),
    imagePullSecrets: by('name'),
    topologySpreadConstraints: by('topologyKey', 'whenUnsatisfiable'),
    volumes: by('name'),
  },
};
const podTemplate: Shape = { fields: { metadata, spec: podSpec } };
const workload: Shape = {
  fields: { metadata, spec: { fields: { template: podTemplate } }, status },
};
const plain: Shape = { fields: { metadata, status } };
const webhooks: Shape = { fields: { metadata, webhooks: by('name') } };

const shapes: Readonly<Record<string, Shape>> = {
  'v1/Pod': { fields: { metadata, spec: podSpec, status } },
  'v1/PodTemplate': { fields: { metadata, template: podTemplate } },
  'v1/ReplicationController': workload,
  'v1/Service': {
    fields: { metadata, spec: { fields: { ports: by('port', 'protocol') } }, status },
  },
  'v1/ServiceAccount': { fields: { metadata, secrets: by('name'), imagePullSecrets: {} } },
  'apps/v1/DaemonSet': workload,
  'apps/v1/Deployment': workload,
  'apps/v1/ReplicaSet': workload,
  'apps/v1/StatefulSet': workload,
  'batch/v1/Job': workload,
  'batch/v1/CronJob': { fields: { metadata, spec: { fields: { jobTemplate: workload } } } },
  'batch/v1beta1/CronJob': { fields: { metadata, spec: { fields: { jobTemplate: workload } } } },
  'admissionregistration.k8s.io/v1/MutatingWebhookConfiguration': webhooks,
  'admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration': webhooks,
};

/** Other kinds that Kubernetes 1.21 knew: nothing in them is merged but metadata and status. */
const otherGroups =
  /^(apiextensions\.k8s\.io|apiregistration\.k8s\.io|autoscaling|certificates\.k8s\.io|coordination\.k8s\.io|discovery\.k8s\.io|events\.k8s\.io|networking\.k8s\.io|node\.k8s\.io|policy|rbac\.authorization\.k8s\.io|scheduling\.k8s\.io|storage\.k8s\.io)\//;

/**
 * kustomize has forgotten them, and replaces their lists whole; what the objects are meant to be
 * shows when the apiVersion is mended.
 */
const removed = /^(?:apps|extensions)\/v1beta[12]$/;

/**
 * What a patch of the kind merges; undefined for kinds that kustomize does not know: in them every
 * list is replaced whole.
 */
export function shapeOf(apiVersion: string, kind: string): Shape | undefined {
  const known = getOwn(shapes, `${apiVersion.replace(removed, 'apps/v1')}/${kind}`);
  if (known !== undefined) return known;
  return apiVersion === 'v1' || otherGroups.test(apiVersion) || isClusterScoped(apiVersion, kind)
    ? plain
    : undefined;
}

export type { Shape };
