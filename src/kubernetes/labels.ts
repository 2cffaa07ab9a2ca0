/** Labels and annotations that Kubernetes and those who run in it set or look for themselves. */

/** On an EndpointSlice: the Service that it belongs to. */
export const serviceNameLabel = 'kubernetes.io/service-name';
/** On an EndpointSlice: who made it, and replaces it. */
export const sliceManagedByLabel = 'endpointslice.kubernetes.io/managed-by';
/** On the pods of a StatefulSet: the name of the one pod. */
export const podNameLabel = 'statefulset.kubernetes.io/pod-name';
/** On the pods of a StatefulSet since 1.28: the ordinal of the one pod. */
export const podIndexLabel = 'apps.kubernetes.io/pod-index';
/** On the pods of an indexed Job since 1.28: the index of the one pod. */
export const completionIndexLabel = 'batch.kubernetes.io/job-completion-index';
/** On every Namespace: its name. */
export const namespaceNameLabel = 'kubernetes.io/metadata.name';
/** On every Node: its name. */
export const hostnameLabel = 'kubernetes.io/hostname';
/** On an Ingress, before `spec.ingressClassName`: its class. */
export const ingressClassAnnotation = 'kubernetes.io/ingress.class';
/** In front of the names of all annotations of ingress-nginx. */
export const nginxPrefix = 'nginx.ingress.kubernetes.io/';

/** A label that a controller puts on the pods it makes, whatever their template says. */
export interface PodLabel {
  readonly key: string;
  /** Kinds of workloads; absent: on the pods of all, when they are bound to a node. */
  readonly on?: readonly string[];
  /** The first minor release that sets it. */
  readonly since?: number;
  /** What has a value of its own. */
  readonly each:
    | 'version of the pod template'
    | 'version of the Rollout'
    | 'Job that is created'
    | 'workload'
    | 'pod'
    | 'node';
  /** Its value when the workload is new; absent: only a cluster knows it. */
  readonly first?: string;
}

const jobs = ['Job', 'CronJob'];

/** In the order in which the pods of a workload list them. */
export const podLabels: readonly PodLabel[] = [
  { key: 'pod-template-hash', on: ['Deployment'], each: 'version of the pod template' },
  {
    key: 'controller-revision-hash',
    on: ['StatefulSet', 'DaemonSet'],
    each: 'version of the pod template',
  },
  {
    key: 'pod-template-generation',
    on: ['DaemonSet'],
    each: 'version of the pod template',
    first: '1',
  },
  { key: 'rollouts-pod-template-hash', on: ['Rollout'], each: 'version of the Rollout' },
  { key: 'job-name', on: jobs, each: 'workload' },
  { key: 'controller-uid', on: jobs, each: 'Job that is created' },
  { key: 'batch.kubernetes.io/job-name', on: jobs, since: 27, each: 'workload' },
  { key: 'batch.kubernetes.io/controller-uid', on: jobs, since: 27, each: 'Job that is created' },
  { key: podNameLabel, on: ['StatefulSet'], each: 'pod' },
  { key: podIndexLabel, on: ['StatefulSet'], since: 28, each: 'pod' },
  { key: completionIndexLabel, on: jobs, since: 28, each: 'pod' },
  // Binding copies these from the node (gate PodTopologyLabelsAdmission).
  { key: 'topology.kubernetes.io/zone', since: 35, each: 'node' },
  { key: 'topology.kubernetes.io/region', since: 35, each: 'node' },
];

const byKey = new Map(podLabels.map((label) => [label.key, label]));

/** What is known of a label, where it is one that a controller sets. */
export function findPodLabel(key: string): PodLabel | undefined {
  return byKey.get(key);
}

/**
 * Labels that are set on running pods by whoever leads, or joins them to a mesh, not by a manifest.
 */
const leaderLabels = [
  'vault-active',
  'vault-initialized',
  'vault-sealed',
  'vault-perf-standby',
  'spilo-role',
  'redis-role',
  'redisfailovers-role',
  'mgr_role',
  'cnpg.io/instanceRole',
  'cnpg.io/instanceName',
  'kubedb.com/role',
  'postgres-operator.crunchydata.com/role',
  'mysql.oracle.com/cluster-role',
  'gateway.networking.k8s.io/gateway-name',
  // @source istio/istio
  //   manifests/charts/istio-control/istio-discovery/files/injection-template.yaml @eed52ebb66ad
  'service.istio.io/canonical-name',
  'service.istio.io/canonical-revision',
  'security.istio.io/tlsMode',
  'longhorn.io/share-manager',
  'longhorn.io/admission-webhook',
  'longhorn.io/conversion-webhook',
  'longhorn.io/recovery-backend',
];

/** Values of the label `role` that say which part a pod has in replication. */
const replicationRoles: readonly string[] = [
  'master',
  'primary',
  'leader',
  'replica',
  'slave',
  'standby',
  'standby_leader',
  'follower',
];

const replicaLabels = podLabels.filter(({ on }) => on?.every((kind) => !jobs.includes(kind)));

/**
 * Labels that are on the pods of any workload that keeps running, one that an operator makes
 * included.
 */
export const workloadLabels: ReadonlySet<string> = new Set(replicaLabels.map(({ key }) => key));

const runtimeLabels = new Set([
  ...leaderLabels,
  ...replicaLabels.filter(({ first }) => first === undefined).map(({ key }) => key),
]);

/**
 * Whether a label is on running pods only: a selector with it may be meant for pods that no
 * manifest shows.
 */
export function isSetAtRunTime(key: string): boolean {
  return runtimeLabels.has(key);
}

/** Labels by which applications are found, whatever their values are called. */
const namingLabels =
  /^(?:app|name|component|tier|service|k8s-app|app\.kubernetes\.io\/.*|app\.[\w.-]*\/.*)$/;

/**
 * The values that a label of this key takes by turns when a pair speaks of leading or following, as
 * the members of a cluster elect each other; undefined where it does not.
 */
export function leadingValues(key: string, value: string): readonly string[] | undefined {
  const name = key.slice(key.lastIndexOf('/') + 1);
  if (namingLabels.test(key)) return undefined;
  if (
    /^(?:true|yes|1)$/.test(value) &&
    /(?:^|[-_.])(?:is-?)?(?:leader|primary|master|active)$/i.test(name)
  )
    return [value];
  if (value === 'leader') return replicationRoles;
  return replicationRoles.includes(value) && /(?:^|[-_.])(?:role|state|status)$/i.test(name)
    ? replicationRoles
    : undefined;
}
