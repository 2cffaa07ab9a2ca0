/** Which kinds are decoded, and which are no longer served. */
import { knownKinds } from '../../generated/kubernetes-types.ts';
import type { MinorVersion } from '../options.ts';

/** Whether objects of this kind are decoded, defaulted and validated; other kinds are taken as they are. All releases from 1.25 on serve the same of these. */
export function isKnownKind(apiVersion: string, kind: string): boolean {
  return knownKinds[apiVersion]?.includes(kind) ?? false;
}

export interface Removal {
  /** The first release, 1.N, that does not serve it. */
  readonly minor: MinorVersion;
  /** The apiVersion to write instead. */
  readonly successor: string;
}

const removals: readonly [apiVersion: string, kinds: string, minor: MinorVersion, successor: string][] = [
  ['extensions/v1beta1', 'DaemonSet Deployment ReplicaSet', 16, 'apps/v1'],
  ['extensions/v1beta1', 'NetworkPolicy', 16, 'networking.k8s.io/v1'],
  ['extensions/v1beta1', 'Ingress', 22, 'networking.k8s.io/v1'],
  ['apps/v1beta1', 'Deployment StatefulSet', 16, 'apps/v1'],
  ['apps/v1beta2', 'DaemonSet Deployment ReplicaSet StatefulSet', 16, 'apps/v1'],
  ['networking.k8s.io/v1beta1', 'Ingress IngressClass', 22, 'networking.k8s.io/v1'],
  ['batch/v2alpha1', 'CronJob', 21, 'batch/v1'],
  ['batch/v1beta1', 'CronJob', 25, 'batch/v1'],
  ['policy/v1beta1', 'PodDisruptionBudget', 25, 'policy/v1'],
  ['discovery.k8s.io/v1alpha1', 'EndpointSlice', 21, 'discovery.k8s.io/v1'],
  ['discovery.k8s.io/v1beta1', 'EndpointSlice', 25, 'discovery.k8s.io/v1'],
  ['autoscaling/v2beta1', 'HorizontalPodAutoscaler', 25, 'autoscaling/v2'],
  ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', 26, 'autoscaling/v2'],
];

/** When the API server stopped serving a kind under an apiVersion (https://kubernetes.io/docs/reference/using-api/deprecation-guide/). */
export function removedIn(apiVersion: string, kind: string): Removal | undefined {
  return byApiVersion.get(apiVersion)?.get(kind);
}

const byApiVersion = new Map<string, Map<string, Removal>>();
for (const [apiVersion, kinds, minor, successor] of removals) {
  const known = byApiVersion.get(apiVersion) ?? new Map<string, Removal>();
  for (const kind of kinds.split(' ')) known.set(kind, { minor, successor });
  byApiVersion.set(apiVersion, known);
}
