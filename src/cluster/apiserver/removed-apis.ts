/**
 * APIs that the API server has stopped serving
 * (https://kubernetes.io/docs/reference/using-api/deprecation-guide/).
 */
import type { MinorVersion } from '../options.ts';

export interface Removal {
  /** The first release, 1.N, that does not serve it. */
  readonly minor: MinorVersion;
  /** The apiVersion to write instead; undefined where there is none. */
  readonly successor?: string;
}

const removals: readonly [
  apiVersion: string,
  kinds: string,
  minor: MinorVersion,
  successor?: string,
][] = [
  ['extensions/v1beta1', 'DaemonSet Deployment ReplicaSet', 16, 'apps/v1'],
  ['extensions/v1beta1', 'NetworkPolicy', 16, 'networking.k8s.io/v1'],
  ['extensions/v1beta1', 'PodSecurityPolicy', 16],
  ['extensions/v1beta1', 'Ingress', 22, 'networking.k8s.io/v1'],
  ['apps/v1beta1', 'Deployment StatefulSet', 16, 'apps/v1'],
  ['apps/v1beta2', 'DaemonSet Deployment ReplicaSet StatefulSet', 16, 'apps/v1'],
  ['batch/v2alpha1', 'CronJob', 21, 'batch/v1'],
  ['discovery.k8s.io/v1alpha1', 'EndpointSlice', 21, 'discovery.k8s.io/v1'],
  [
    'admissionregistration.k8s.io/v1beta1',
    'MutatingWebhookConfiguration ValidatingWebhookConfiguration',
    22,
    'admissionregistration.k8s.io/v1',
  ],
  ['apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition', 22, 'apiextensions.k8s.io/v1'],
  ['apiregistration.k8s.io/v1beta1', 'APIService', 22, 'apiregistration.k8s.io/v1'],
  ['certificates.k8s.io/v1beta1', 'CertificateSigningRequest', 22, 'certificates.k8s.io/v1'],
  ['coordination.k8s.io/v1beta1', 'Lease', 22, 'coordination.k8s.io/v1'],
  ['networking.k8s.io/v1beta1', 'Ingress IngressClass', 22, 'networking.k8s.io/v1'],
  [
    'rbac.authorization.k8s.io/v1beta1',
    'ClusterRole ClusterRoleBinding Role RoleBinding',
    22,
    'rbac.authorization.k8s.io/v1',
  ],
  ['scheduling.k8s.io/v1beta1', 'PriorityClass', 22, 'scheduling.k8s.io/v1'],
  [
    'storage.k8s.io/v1beta1',
    'CSIDriver CSINode StorageClass VolumeAttachment',
    22,
    'storage.k8s.io/v1',
  ],
  ['batch/v1beta1', 'CronJob', 25, 'batch/v1'],
  ['discovery.k8s.io/v1beta1', 'EndpointSlice', 25, 'discovery.k8s.io/v1'],
  ['events.k8s.io/v1beta1', 'Event', 25, 'events.k8s.io/v1'],
  ['autoscaling/v2beta1', 'HorizontalPodAutoscaler', 25, 'autoscaling/v2'],
  ['policy/v1beta1', 'PodDisruptionBudget', 25, 'policy/v1'],
  ['policy/v1beta1', 'PodSecurityPolicy', 25],
  ['node.k8s.io/v1beta1', 'RuntimeClass', 25, 'node.k8s.io/v1'],
  ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', 26, 'autoscaling/v2'],
  [
    'flowcontrol.apiserver.k8s.io/v1beta1',
    'FlowSchema PriorityLevelConfiguration',
    26,
    'flowcontrol.apiserver.k8s.io/v1',
  ],
  ['storage.k8s.io/v1beta1', 'CSIStorageCapacity', 27, 'storage.k8s.io/v1'],
  [
    'flowcontrol.apiserver.k8s.io/v1beta2',
    'FlowSchema PriorityLevelConfiguration',
    29,
    'flowcontrol.apiserver.k8s.io/v1',
  ],
  [
    'flowcontrol.apiserver.k8s.io/v1beta3',
    'FlowSchema PriorityLevelConfiguration',
    32,
    'flowcontrol.apiserver.k8s.io/v1',
  ],
];

const byApiVersion = new Map<string, Map<string, Removal>>();
for (const [apiVersion, kinds, minor, successor] of removals) {
  const known = byApiVersion.get(apiVersion) ?? new Map<string, Removal>();
  for (const kind of kinds.split(' '))
    known.set(kind, { minor, ...(successor !== undefined && { successor }) });
  byApiVersion.set(apiVersion, known);
}

/**
 * When the API server stopped serving a kind under an apiVersion; undefined if it never did, or
 * still does.
 */
export function removedIn(apiVersion: string, kind: string): Removal | undefined {
  return byApiVersion.get(apiVersion)?.get(kind);
}

/** What has taken the place of them, as charts ask for it: `policy/v1/PodDisruptionBudget`. */
export function successors(): string[] {
  const found = removals.flatMap(([, kinds, , successor]) =>
    successor === undefined ? [] : kinds.split(' ').map((kind) => `${successor}/${kind}`),
  );
  return [...new Set(found)].sort();
}
