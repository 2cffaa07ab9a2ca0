/**
 * The Service that a host was meant for, where its name is no slip: one that nobody calls yet,
 * found by its words or its port.
 */
import type { Cluster } from '../../cluster/cluster.ts';
import { formatPairs } from '../../cluster/labels.ts';
import type { MadeObject } from '../../cluster/made-names.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { remembered } from '../../memo.ts';
import { addTo, entryOf } from '../../multimap.ts';
import { coreOf, shareWord } from '../../text/kind-words.ts';
import { callsOf } from '../calls/calls.ts';
import { referrersOf } from '../references/referenced.ts';
import type { DnsTarget } from './dns-names.ts';

interface Uncalled {
  readonly objects: ReadonlySet<ClusterObject>;
  readonly byPort: ReadonlyMap<string, readonly ServicePicture[]>;
}

const uncalledIn = remembered((cluster: Cluster): Uncalled => {
  const called = new Set(callsOf(cluster).map(({ service }) => service.object));
  const byPort = new Map<string, ServicePicture[]>();
  const objects = new Set<ClusterObject>();
  const dialled = new Set(
    cluster.services.flatMap((service) => (service.headless ? [] : selectorOf(service))),
  );
  for (const service of cluster.services) {
    const { object, ports, headless } = service;
    if (!called.has(object)) objects.add(object);
    // The same pods once more, for their names.
    if (headless && selectorOf(service).some((key) => dialled.has(key))) continue;
    for (const { port } of ports) addTo(byPort, `${object.namespace ?? ''}:${port}`, service);
  }
  return { objects, byPort };
});

/** What tells Services of the same pods. */
function selectorOf({ object, spec: { selector = {} } }: ServicePicture): string[] {
  const pairs = formatPairs(selector);
  return pairs === '' ? [] : [`${object.namespace ?? ''}:${pairs}`];
}

/** Whether no text that was read names this Service. */
export function isUncalled(cluster: Cluster, service: ClusterObject): boolean {
  return uncalledIn(cluster).objects.has(service);
}

/** Ports that programs of every kind are behind. */
const commonPorts: ReadonlySet<number> = new Set([
  80, 443, 3000, 4000, 5000, 8000, 8001, 8008, 8080, 8081, 8090, 8443, 8888, 9000, 9090,
]);

/** Names that say what somebody else is to the caller, and nothing else. */
const genericHosts: ReadonlySet<string> = new Set(
  'api app application backend server service upstream'.split(' '),
);

/**
 * The only Service of the namespace with this port, if its name has a word of the host's, or the
 * port is that of one protocol and nobody calls the Service. Of several that nobody calls, whose
 * names all begin with the host, the one that takes writes.
 */
export function serviceByPort(
  cluster: Cluster,
  { namespace, service: host }: DnsTarget,
  port: number,
  caller: ClusterObject,
): ServicePicture | undefined {
  const { objects, byPort } = uncalledIn(cluster);
  const [service, ...others] = byPort.get(`${namespace}:${port}`) ?? [];
  if (service === undefined) return undefined;
  if (others.length > 0) {
    const parts = [service, ...others];
    const isPart = (one: ServicePicture): boolean =>
      objects.has(one.object) && one.object.name.startsWith(`${host}-`);
    return parts.every(isPart) ? parts.find(({ object }) => isLeader(object.name)) : undefined;
  }
  const { name } = service.object;
  if (commonPorts.has(port))
    return objects.has(service.object) &&
      (shareWord(coreOf(name), coreOf(host)) ||
        (genericHosts.has(host) && !leadsTo(service, caller, cluster)))
      ? service
      : undefined;
  return objects.has(service.object) || shareWord(name, host) ? service : undefined;
}

/** Whether its pods are those of the caller, be that their workload or what they are given. */
function leadsTo(service: ServicePicture, caller: ClusterObject, cluster: Cluster): boolean {
  const { workloads, callers } = behind(service);
  return entryOf(
    callers,
    caller,
    () =>
      workloads.has(caller) ||
      referrersOf(cluster, caller).some((referrer) => workloads.has(referrer)),
  );
}

const behind = remembered(({ backends }: ServicePicture) => ({
  workloads: new Set(backends.map(({ members }) => members.set.workload)),
  /** Whether it leads to them; a text may name many hosts. */
  callers: new Map<ClusterObject, boolean>(),
}));

/** Of the members of a database, the one that is written to. */
function isLeader(name: string): boolean {
  return /-(?:master|primary|leader|rw)$/.test(name);
}

type ByPort = ReadonlyMap<string, readonly MadeObject[]>;

const madeIn = remembered((_: Cluster) => new Map<string, ByPort>());

/** What operators make in a namespace, by the ports that are known of it. */
function madeByPort(cluster: Cluster, namespace: string): ByPort {
  return entryOf(madeIn(cluster), namespace, () => {
    const found = new Map<string, MadeObject[]>();
    for (const [name, { object, ports = [] }] of cluster.operators.knownIn(namespace, 'Service'))
      for (const { port } of ports) addTo(found, String(port), { name, maker: object });
    return found;
  });
}

/**
 * Of the only object of the namespace that Services with this port are made of, the one that was
 * meant: its name ends as the host's does, or it is the first. No Service that was read has the
 * port, and it is that of one protocol.
 */
export function madeServiceByPort(
  cluster: Cluster,
  { namespace, service: host }: DnsTarget,
  port: number,
): MadeObject | undefined {
  const isRead = uncalledIn(cluster).byPort.has(`${namespace}:${port}`);
  if (isRead || commonPorts.has(port)) return undefined;
  const made = madeByPort(cluster, namespace).get(String(port)) ?? [];
  const [first] = made;
  if (first === undefined || made.some(({ maker }) => maker !== first.maker)) return undefined;
  const end = host.slice(host.lastIndexOf('-'));
  return made.find(({ name }) => name.endsWith(end)) ?? first;
}
