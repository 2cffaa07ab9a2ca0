/** Names of workloads where those of Services belong: cluster DNS knows Services only. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { servicesOf } from '../selectors/services-of.ts';
import type { DnsTarget } from './dns-names.ts';

/**
 * The workload of a name that was taken for a Service's, and the only Service of its pods that has
 * the port, if one is written.
 */
export function workloadOf(
  { service: name, namespace }: DnsTarget,
  port: number | undefined,
  cluster: Cluster,
): { readonly workload: ClusterObject; readonly service: ServicePicture } | undefined {
  const [set, ...others] = cluster.pods.named(namespace, name);
  if (set === undefined || others.length > 0) return undefined;
  const services = servicesOf(cluster, set).filter(
    ({ ports }) => port === undefined || ports.some((one) => one.port === port),
  );
  const [service, ...more] = services;
  return service === undefined || more.length > 0 ? undefined : { workload: set.workload, service };
}
