/** What is assumed of the cluster that the manifests would be applied to. */

export type IPFamily = 'IPv4' | 'IPv6';

/** The N of Kubernetes 1.N. */
export type MinorVersion = number;

export const newestMinorVersion: MinorVersion = 36;

export interface ClusterOptions {
  readonly kubernetesMinor: MinorVersion;
  /** Service address families of the cluster, primary first. */
  readonly ipFamilies: readonly IPFamily[];
  /** Nobody said which families the cluster has. */
  readonly ipFamiliesAssumed: boolean;
  /** Families that pods get addresses of; usually the same. */
  readonly podIPFamilies: readonly IPFamily[];
  /** The namespace of objects that name none. */
  readonly namespace: string;
}

export const defaultClusterOptions: ClusterOptions = {
  kubernetesMinor: newestMinorVersion,
  ipFamilies: ['IPv4'],
  ipFamiliesAssumed: true,
  podIPFamilies: ['IPv4'],
  namespace: 'default',
};
