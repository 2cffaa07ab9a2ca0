/**
 * The Service that a host was meant for, where its name is no slip: one that nobody calls yet,
 * found by its words or its port.
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { addTo, remembered } from '../../multimap.ts';
import { callsOf } from './calls.ts';
import type { DnsTarget } from './dns-names.ts';

interface Uncalled {
  readonly objects: ReadonlySet<ClusterObject>;
  readonly byPort: ReadonlyMap<string, readonly ServicePicture[]>;
}

const uncalledIn = remembered((cluster: Cluster): Uncalled => {
  const called = new Set(callsOf(cluster).map(({ service }) => service.object));
  const byPort = new Map<string, ServicePicture[]>();
  const objects = new Set<ClusterObject>();
  for (const service of cluster.services) {
    const { object, ports } = service;
    if (!called.has(object)) objects.add(object);
    for (const { port } of ports) addTo(byPort, `${object.namespace ?? ''}:${port}`, service);
  }
  return { objects, byPort };
});

/** Whether no text that was read names this Service. */
export function isUncalled(cluster: Cluster, service: ClusterObject): boolean {
  return uncalledIn(cluster).objects.has(service);
}

/**
 * The only Service of the namespace with this port, if nobody calls it and its name has a word of
 * the host's.
 */
export function serviceByPort(
  cluster: Cluster,
  { namespace, service: host }: DnsTarget,
  port: number,
): ServicePicture | undefined {
  const { objects, byPort } = uncalledIn(cluster);
  const [service, ...others] = byPort.get(`${namespace}:${port}`) ?? [];
  if (service === undefined || others.length > 0 || !objects.has(service.object)) return undefined;
  return shareWord(service.object.name, host) ? service : undefined;
}

/** Words of one or two letters say nothing. */
function shareWord(a: string, b: string): boolean {
  const words = new Set(a.split('-').filter((word) => word.length > 2));
  return b.split('-').some((word) => words.has(word));
}
