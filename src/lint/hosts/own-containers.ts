/**
 * Hosts that are the name of another container of the pod: as if each container were a host of its
 * own, which they are in docker compose.
 */
import type { PodSpec } from 'kubernetes-types/core/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { changeTo } from '../fixes/change-to.ts';
import { isNowhere, lookUp, type LookupContext } from '../references/reference.ts';
import type { AnyFinding } from '../rule.ts';
import type { DnsTarget } from './dns-names.ts';
import { targetOf } from './named-hosts.ts';
import { namingTexts, type SpokenHost } from './spoken-hosts.ts';

/** Spread them into the messages of a rule that reports `ownContainers`. */
export const containerMessages = {
  container: ({ host }: { host: string }) =>
    `"${host}" is the name of a container of this very pod, and of no host`,
};

export function* ownContainers(
  context: LookupContext,
): Iterable<AnyFinding<typeof containerMessages>> {
  for (const { name, target } of openContainers(context.cluster)) {
    const { host } = name;
    const place = name.place(0, host.length);
    const wanted = { group: '', kind: 'Service', namespace: target.namespace, name: host };
    if (!isNowhere(lookUp(context, place.object, wanted, { loose: true }))) continue;
    yield {
      ...place,
      id: 'container',
      severity: 'warning',
      data: { host },
      why: 'containers of a pod share one network: they reach each other at localhost',
      ...changeTo('localhost', 'unsafe'),
    };
  }
}

interface OwnContainer {
  readonly name: SpokenHost;
  readonly target: DnsTarget;
}

/** Those whose container declares the port that is dialled. */
function* openContainers(cluster: Cluster): Iterable<OwnContainer> {
  for (const { given, hosts } of namingTexts(cluster))
    for (const name of hosts) {
      if (!given.local.has(name.host) || name.port === undefined) continue;
      const target = targetOf(name, given, cluster);
      if (target === undefined || target.cluster || name.form === 'name') continue;
      const isOpen = cluster.pods
        .named(target.namespace, given.object.name)
        .some(({ workload, spec }) => workload === given.object && opens(spec, name));
      if (isOpen) yield { name, target };
    }
}

/** Whether the container declares the port, and nothing gives its name to an address. */
function opens(
  { containers = [], hostAliases = [] }: PodSpec,
  { host, port }: SpokenHost,
): boolean {
  return (
    containers.some(
      ({ name, ports = [] }) =>
        name === host && ports.some(({ containerPort }) => containerPort === port),
    ) && !hostAliases.some(({ hostnames = [] }) => hostnames.includes(host))
  );
}
