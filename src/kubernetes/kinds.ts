/**
 * What there is to know of each kind that is treated in a way of its own. To teach the project a
 * kind, add its line here; of a kind that has none it is taken that it is namespaced, makes no pods
 * that anybody knows of and is no concern of the wiring.
 */
import { groupOf } from './group-version.ts';
import { gatewayGroup } from './groups.ts';
import type { Path } from './json.ts';

/**
 * - `workload`: makes pods, or is one.
 * - `wiring`: says which pods answer for what, or who may reach them; as with workloads, two of one
 *   identity cannot be in one cluster.
 * - `named`: workloads or others of its kind refer to it by name, or it bounds what is made.
 * - `bystander`: none of these; a document of such a kind need not be parsed.
 */
export type Role = 'workload' | 'wiring' | 'named' | 'bystander';

interface Facts {
  /** The one to write: stable, and served by every release since 1.25. */
  readonly apiVersion: string;
  readonly role?: Role;
  /** Belongs to no namespace. */
  readonly clusterScoped?: true;
  /**
   * From the object to the template of its pods, which has `metadata` and `spec`; empty for a Pod.
   */
  readonly podTemplate?: Path;
  /**
   * How `spec.selector` says which pods are its own: as a LabelSelector, or as nothing but pairs.
   */
  readonly selector?: 'LabelSelector' | 'pairs';
  /** It has a scale subresource. */
  readonly scalable?: true;
  /** Its pods end when their work is done. */
  readonly runsToCompletion?: true;
}

export interface Kind extends Facts {
  readonly group: string;
  readonly kind: string;
}

const controller = {
  role: 'workload',
  podTemplate: ['spec', 'template'],
  selector: 'LabelSelector',
} as const;
const scaled = { ...controller, scalable: true } as const;
const job = { role: 'workload', runsToCompletion: true } as const;
const inJobTemplate = ['spec', 'jobTemplate', 'spec', 'template'] as const;
const wiring = { role: 'wiring' } as const;

/** Kinds that are decoded field by field, as the API server does. */
const decoded = {
  Pod: { apiVersion: 'v1', role: 'workload', podTemplate: [] },
  Deployment: { apiVersion: 'apps/v1', ...scaled },
  ReplicaSet: { apiVersion: 'apps/v1', ...scaled },
  StatefulSet: { apiVersion: 'apps/v1', ...scaled },
  DaemonSet: { apiVersion: 'apps/v1', ...controller },
  ReplicationController: { apiVersion: 'v1', ...scaled, selector: 'pairs' },
  Job: { apiVersion: 'batch/v1', ...job, podTemplate: ['spec', 'template'] },
  CronJob: { apiVersion: 'batch/v1', ...job, podTemplate: inJobTemplate },
  Service: { apiVersion: 'v1', ...wiring },
  Endpoints: { apiVersion: 'v1', ...wiring },
  EndpointSlice: { apiVersion: 'discovery.k8s.io/v1', ...wiring },
  Ingress: { apiVersion: 'networking.k8s.io/v1', ...wiring },
  NetworkPolicy: { apiVersion: 'networking.k8s.io/v1', ...wiring },
  PodDisruptionBudget: { apiVersion: 'policy/v1', ...wiring },
  HorizontalPodAutoscaler: { apiVersion: 'autoscaling/v2', ...wiring },
  Namespace: { apiVersion: 'v1', clusterScoped: true },
} as const satisfies Readonly<Record<string, Facts>>;

export type DecodedKind = keyof typeof decoded;

const clusterScoped = { clusterScoped: true } as const;
const named = { role: 'named' } as const;
const bystander = { role: 'bystander' } as const;
const aside = { role: 'bystander', clusterScoped: true } as const;

const admissionregistration = 'admissionregistration.k8s.io/v1';
const flowcontrol = 'flowcontrol.apiserver.k8s.io/v1';
const gateway = `${gatewayGroup}/v1`;
const monitoring = 'monitoring.coreos.com/v1';
const rbac = 'rbac.authorization.k8s.io/v1';
const storage = 'storage.k8s.io/v1';

const others: readonly (Facts & { readonly kind: string })[] = [
  // Workloads of others.
  { kind: 'Rollout', apiVersion: 'argoproj.io/v1alpha1', ...scaled },
  // Wiring of others.
  { kind: 'ServiceMonitor', apiVersion: monitoring, ...wiring },
  { kind: 'PodMonitor', apiVersion: monitoring, ...wiring },
  { kind: 'HTTPRoute', apiVersion: gateway, ...wiring },
  { kind: 'GRPCRoute', apiVersion: gateway, ...wiring },
  { kind: 'TCPRoute', apiVersion: `${gatewayGroup}/v1alpha2`, ...wiring },
  { kind: 'TLSRoute', apiVersion: `${gatewayGroup}/v1alpha2`, ...wiring },
  { kind: 'UDPRoute', apiVersion: `${gatewayGroup}/v1alpha2`, ...wiring },
  { kind: 'ReferenceGrant', apiVersion: `${gatewayGroup}/v1beta1`, ...wiring },
  // Neither, and in a namespace.
  { kind: 'ConfigMap', apiVersion: 'v1', ...named },
  { kind: 'LimitRange', apiVersion: 'v1', ...named },
  { kind: 'PersistentVolumeClaim', apiVersion: 'v1', ...named },
  { kind: 'ResourceQuota', apiVersion: 'v1', ...named },
  { kind: 'Secret', apiVersion: 'v1', ...named },
  { kind: 'ServiceAccount', apiVersion: 'v1', ...named },
  { kind: 'Role', apiVersion: rbac, ...named },
  { kind: 'RoleBinding', apiVersion: rbac, ...named },
  { kind: 'CSIStorageCapacity', apiVersion: storage, ...bystander },
  // Neither, and of the whole cluster.
  { kind: 'ClusterRole', apiVersion: rbac, ...named, ...clusterScoped },
  { kind: 'ClusterRoleBinding', apiVersion: rbac, ...named, ...clusterScoped },
  { kind: 'CSIDriver', apiVersion: storage, ...aside },
  { kind: 'CSINode', apiVersion: storage, ...aside },
  { kind: 'CustomResourceDefinition', apiVersion: 'apiextensions.k8s.io/v1', ...aside },
  { kind: 'FlowSchema', apiVersion: flowcontrol, ...aside },
  { kind: 'PersistentVolume', apiVersion: 'v1', ...named, ...clusterScoped },
  { kind: 'PriorityClass', apiVersion: 'scheduling.k8s.io/v1', ...named, ...clusterScoped },
  { kind: 'PriorityLevelConfiguration', apiVersion: flowcontrol, ...aside },
  { kind: 'RuntimeClass', apiVersion: 'node.k8s.io/v1', ...named, ...clusterScoped },
  { kind: 'StorageClass', apiVersion: storage, ...named, ...clusterScoped },
  { kind: 'VolumeAttachment', apiVersion: storage, ...aside },
  { kind: 'VolumeSnapshotClass', apiVersion: 'snapshot.storage.k8s.io/v1', ...clusterScoped },
  // Of the whole cluster.
  { kind: 'APIService', apiVersion: 'apiregistration.k8s.io/v1', ...clusterScoped },
  { kind: 'CertificateSigningRequest', apiVersion: 'certificates.k8s.io/v1', ...clusterScoped },
  { kind: 'ClusterIssuer', apiVersion: 'cert-manager.io/v1', ...clusterScoped },
  { kind: 'ClusterSecretStore', apiVersion: 'external-secrets.io/v1', ...clusterScoped },
  { kind: 'ClusterTriggerAuthentication', apiVersion: 'keda.sh/v1alpha1', ...clusterScoped },
  { kind: 'ClusterAnalysisTemplate', apiVersion: 'argoproj.io/v1alpha1', ...clusterScoped },
  { kind: 'EC2NodeClass', apiVersion: 'karpenter.k8s.aws/v1', ...clusterScoped },
  { kind: 'GatewayClass', apiVersion: gateway, ...clusterScoped },
  { kind: 'IngressClass', apiVersion: 'networking.k8s.io/v1', ...clusterScoped },
  { kind: 'InitializerConfiguration', apiVersion: admissionregistration, ...clusterScoped },
  { kind: 'MutatingWebhookConfiguration', apiVersion: admissionregistration, ...clusterScoped },
  { kind: 'Node', apiVersion: 'v1', ...clusterScoped },
  { kind: 'PodSecurityPolicy', apiVersion: 'policy/v1beta1', ...clusterScoped },
  { kind: 'ValidatingAdmissionPolicy', apiVersion: admissionregistration, ...clusterScoped },
  { kind: 'ValidatingAdmissionPolicyBinding', apiVersion: admissionregistration, ...clusterScoped },
  { kind: 'ValidatingWebhookConfiguration', apiVersion: admissionregistration, ...clusterScoped },
];

/** The whole table. */
export const kinds: readonly Kind[] = [
  ...Object.entries<Facts>(decoded).map(([kind, facts]) => ({ kind, ...facts })),
  ...others,
].map((row) => ({ group: groupOf(row.apiVersion), ...row }));

const byType = new Map(kinds.map((row) => [`${row.group}/${row.kind}`, row]));

/** What is known of a kind of a group, whatever the version. */
export function findKind(group: string, kind: string): Kind | undefined {
  return byType.get(`${group}/${kind}`);
}

const usual = new Map([...kinds].reverse().map(({ kind, apiVersion }) => [kind, apiVersion]));

/**
 * What an object of a kind that is known has as its apiVersion; Kubernetes' own kinds come first.
 */
export function usualApiVersion(kind: string): string | undefined {
  return usual.get(kind);
}

const decodedGroups = new Map(
  Object.entries<Facts>(decoded).map(([kind, { apiVersion }]) => [kind, groupOf(apiVersion)]),
);

/** The group of a kind that is decoded; undefined where there is no such kind. */
export function decodedGroup(kind: DecodedKind): string;
export function decodedGroup(kind: string): string | undefined;
export function decodedGroup(kind: string): string | undefined {
  return decodedGroups.get(kind);
}

/**
 * Whether objects of a type are decoded; of every other object only its name and what was written
 * in it is known.
 */
export function isDecoded({
  apiVersion,
  kind,
}: {
  readonly apiVersion: string;
  readonly kind: string;
}): boolean {
  return decodedGroups.get(kind) === groupOf(apiVersion);
}

const decodedKinds = Object.keys(decoded) as DecodedKind[];

/** The decoded kinds of which something holds; `K` says which those are. */
function decodedWhere<K extends DecodedKind>(holds: (facts: Facts) => boolean): readonly K[] {
  return decodedKinds.filter((kind): kind is K => holds(decoded[kind]));
}

type Selecting<How> = {
  [K in DecodedKind]: (typeof decoded)[K] extends { readonly selector: How } ? K : never;
}[DecodedKind];

/** Kubernetes' own kinds that make pods, with Pod itself. */
export const workloadKinds = decodedWhere(({ role }) => role === 'workload');

/** Kinds whose controller knows its pods by the object's `spec.selector`. */
export const controllerKinds = decodedWhere<Selecting<'LabelSelector' | 'pairs'>>(
  ({ selector }) => selector !== undefined,
);

/** The same, of those whose selector is a LabelSelector, and cannot be changed. */
export const labelSelectorKinds = decodedWhere<Selecting<'LabelSelector'>>(
  ({ selector }) => selector === 'LabelSelector',
);

/** The rows of all kinds that make pods, of others as well. */
export const allWorkloads = kinds.filter(({ role }) => role === 'workload');

/** A kind of workload by its name alone: nobody gives two kinds of workloads one name. */
export function findWorkload(kind: string): Kind | undefined {
  return allWorkloads.find((row) => row.kind === kind);
}

/** Kinds of workloads that can be scaled, those of others as well. */
export const scalableKinds = allWorkloads.filter((row) => row.scalable).map(({ kind }) => kind);

/** Kubernetes' own workloads that keep running: those that may answer for a Service. */
export const servingKinds = workloadKinds.filter((kind) => !runsToCompletion(kind));

const workloads: ReadonlySet<string> = new Set(workloadKinds);

/** Whether Kubernetes itself has a workload of this kind; where only the kind is known. */
export function isWorkloadKind(kind: string): boolean {
  return workloads.has(kind);
}

/** Whether the pods of a workload end when their work is done: nobody sends them requests. */
export function runsToCompletion(kind: string): boolean {
  return findDecoded(kind)?.runsToCompletion === true;
}

function findDecoded(kind: string): Kind | undefined {
  const group = decodedGroups.get(kind);
  return group === undefined ? undefined : findKind(group, kind);
}

const clusterScopedKinds = kindsWhere((row) => row.clusterScoped === true);

/**
 * Whether objects of a kind are in a namespace; of kinds that nobody knows it is taken that they
 * are.
 */
export function isNamespaced(kind: string): boolean {
  return !clusterScopedKinds.has(kind);
}

const exclusiveKinds = kindsWhere(({ role }) => role === 'workload' || role === 'wiring');

/**
 * Whether two objects of a kind, one group and one name cannot be in one cluster with different
 * content.
 */
export function isExclusive(kind: string): boolean {
  return exclusiveKinds.has(kind);
}

function kindsWhere(holds: (row: Kind) => boolean): ReadonlySet<string> {
  return new Set(kinds.filter(holds).map(({ kind }) => kind));
}
