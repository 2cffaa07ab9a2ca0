/** What is assumed of the cluster that the manifests would be applied to. */
import type { CustomWorkload } from './operators/custom-workloads.ts';
import type { Scenario } from './scenario.ts';

export type IPFamily = 'IPv4' | 'IPv6';

/** The N of Kubernetes 1.N. */
export type MinorVersion = number;

/** The releases whose types and behaviour are known. */
export const oldestMinorVersion: MinorVersion = 25;
export const newestMinorVersion: MinorVersion = 37;
/** The newest stable release that every scenario has been played on. */
export const defaultMinorVersion: MinorVersion = 36;

/**
 * The N of `1.36`, `v1.36.3` or `1.36.3-gke.100`; undefined for anything else, or a release that is
 * not known.
 */
export function parseMinorVersion(text: string): MinorVersion | undefined {
  const minor = Number(/^v?1\.(\d{1,3})(?:[.+-].*)?$/.exec(text.trim())?.[1]);
  return minor >= oldestMinorVersion && minor <= newestMinorVersion ? minor : undefined;
}

export interface ClusterOptions {
  readonly kubernetesMinor: MinorVersion;
  /** Service address families of the cluster, primary first. */
  readonly ipFamilies: readonly IPFamily[];
  /** Nobody said which families the cluster has. */
  readonly ipFamiliesAssumed: boolean;
  /** Families that pods get addresses of; usually the same. */
  readonly podIPFamilies: readonly IPFamily[];
  /** The ranges of cluster IPs (`--service-cluster-ip-range`), where somebody said which: CIDRs. */
  readonly serviceRanges: readonly string[];
  /**
   * The objects are for certain applied to one cluster, so two Services that take the same node
   * port exclude each other.
   */
  readonly oneCluster: boolean;
  /** The namespace of objects that name none. */
  readonly namespace: string;
  /** Another state than the steady one. */
  readonly scenario?: Scenario;
  /** Kinds of custom resources that the user has taught us. */
  readonly workloads: readonly CustomWorkload[];
}

/** A namespace is called as a DNS label is (`ValidateNamespaceName`). */
export function isNamespaceName(name: string): boolean {
  return /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/.test(name);
}

export const defaultClusterOptions: ClusterOptions = {
  kubernetesMinor: defaultMinorVersion,
  ipFamilies: ['IPv4'],
  ipFamiliesAssumed: true,
  podIPFamilies: ['IPv4'],
  serviceRanges: [],
  oneCluster: true,
  namespace: 'default',
  workloads: [],
};

/**
 * Pods have the families of Services unless it is said otherwise. What is given as undefined counts
 * as not given.
 */
export function clusterOptions(given: Partial<ClusterOptions>): ClusterOptions {
  const { ipFamilies, podIPFamilies = ipFamilies } = given;
  const otherwise = defaultClusterOptions;
  return {
    kubernetesMinor: given.kubernetesMinor ?? otherwise.kubernetesMinor,
    ipFamilies: ipFamilies ?? otherwise.ipFamilies,
    ipFamiliesAssumed: given.ipFamiliesAssumed ?? ipFamilies === undefined,
    podIPFamilies: podIPFamilies ?? otherwise.podIPFamilies,
    serviceRanges: given.serviceRanges ?? otherwise.serviceRanges,
    oneCluster: given.oneCluster ?? otherwise.oneCluster,
    namespace: given.namespace ?? otherwise.namespace,
    workloads: given.workloads ?? otherwise.workloads,
    ...(given.scenario !== undefined && { scenario: given.scenario }),
  };
}
