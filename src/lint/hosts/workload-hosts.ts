/** Names of workloads where those of Services belong: cluster DNS knows Services only. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { declaredPorts } from '../../cluster/ports.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { describeObject } from '../../manifest/object-reference.ts';
import { isOrNames } from '../references/referenced.ts';
import { servicesOf } from '../selectors/services-of.ts';
import type { DnsTarget } from './dns-names.ts';
import type { SpokenHost } from './spoken-hosts.ts';

/** Spread them into the messages of a rule that tells of such names. */
export const workloadMessages = {
  workload: ({ host, workload, service }: { host: string; workload: string; service: string }) =>
    `"${host}" is the name of ${workload}, and no Service; its Service is "${service}"`,
  unserved: ({ host, workload }: Record<'host' | 'workload', string>) =>
    `"${host}" is the name of ${workload}, and no Service selects its pods`,
};

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

/**
 * The pods of a workload of this name that declare the port, of which no Service takes any.
 *
 * @param from the object that has the name: a pod finds itself by what it, or a
 *   ConfigMap of its own, says of itself
 */
export function unservedPods(
  { service: name, namespace }: DnsTarget,
  { port, usualPort }: SpokenHost,
  from: ClusterObject,
  cluster: Cluster,
): PodSet | undefined {
  const [set, ...others] = cluster.pods.named(namespace, name);
  if (set === undefined || others.length > 0) return undefined;
  if (isOrNames(set.workload, from, cluster)) return undefined;
  const dialled = port ?? usualPort;
  const isDeclared = declaredPorts(set.spec).some((one) => one.port.containerPort === dialled);
  return isDeclared && servicesOf(cluster, set).length === 0 ? set : undefined;
}

/** Made to be spread into a finding. */
export function unserved(
  { service: host }: DnsTarget,
  { port, usualPort }: SpokenHost,
  { workload, templatePath }: PodSet,
) {
  const at = [...templatePath, 'metadata', 'labels'];
  return {
    id: 'unserved',
    severity: 'warning',
    data: { host, workload: describeObject(workload) },
    help: `add a Service named ${host} with port ${port ?? usualPort} that selects its pods`,
    related: [{ object: workload, at, part: 'key', message: 'the labels of its pods' }],
  } as const;
}
