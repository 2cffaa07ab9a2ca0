/** Names that Services target and that none of their pods declares. */
import type { ServicePort } from 'kubernetes-types/core/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { slicesSeeSidecars } from '../../cluster/ports.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { perList } from '../../memo.ts';
import { nearestIn } from '../../text/name-index.ts';
import { nearestName } from '../../text/nearest-name.ts';
import { type BackendPort, backendPorts } from './backend-ports.ts';
import { isPortRead } from './name-readers.ts';

export interface UnresolvedTarget {
  readonly service: ServicePicture;
  /** Of the port in the Service. */
  readonly index: number;
  readonly target: string;
  /** Whether anybody takes the port from its EndpointSlices or SRV records, or dials it. */
  readonly isRead: boolean;
  /** An init container that declares it. */
  readonly init: string | undefined;
  /** What the pods declare. */
  readonly known: readonly BackendPort[];
  /** What was probably meant, by name or number. */
  readonly meant: string | number | undefined;
  /** It is a typo, rather than the only one there is. */
  readonly isSlip: boolean;
}

export function* unresolvedTargets(cluster: Cluster): Iterable<UnresolvedTarget> {
  const sidecars = slicesSeeSidecars(cluster.options.kubernetesMinor);
  for (const service of cluster.services) {
    for (const [index, port] of service.ports.entries()) {
      const target = port.targetPort;
      if (!isUnresolved(service, index) || typeof target !== 'string') continue;
      const known = backendPorts(service, sidecars);
      // The right name under another protocol is another rule's business.
      if (known.some(({ port: declared }) => declared.name === target)) continue;
      const isRead = !service.headless || isPortRead(service, port, cluster);
      const init = initContainerWith(service, target);
      const meant = init === undefined ? meantPort(target, port, known, service.ports) : undefined;
      const isSlip = meant !== undefined && isSure(target, meant);
      yield { service, index, target, isRead, init, known, meant, isSlip };
    }
  }
}

/** In every pod that the Service selects. */
function isUnresolved({ backends }: ServicePicture, index: number): boolean {
  return (
    backends.length > 0 && backends.every(({ resolved }) => resolved.unresolved.includes(index))
  );
}

/**
 * The one whose name is a slip away; else of those that no other port of the Service leads to the
 * only one, or the one whose number the port has.
 */
function meantPort(
  target: string,
  { port, protocol = 'TCP' }: ServicePort,
  known: readonly BackendPort[],
  siblings: readonly ServicePort[],
): string | number | undefined {
  const { usable, named, free } = choices(siblings, protocol, () =>
    choicesOf(known, siblings, protocol),
  );
  const near = nearestIn(target, named);
  if (near !== undefined) return near;
  const only =
    usable.length === 1
      ? free[0]
      : free.find(({ port: declared }) => declared.containerPort === port);
  return only?.port.name ?? only?.port.containerPort;
}

const choices = perList<ReturnType<typeof choicesOf>>();

/** What the ports of a Service can lead to, which is the same for all of them. */
function choicesOf(
  known: readonly BackendPort[],
  siblings: readonly ServicePort[],
  protocol: string,
) {
  const usable = known.filter(({ port: declared }) => (declared.protocol ?? 'TCP') === protocol);
  const taken = new Set<unknown>(siblings.map(({ port, targetPort = port }) => targetPort));
  return {
    usable,
    named: usable.flatMap(({ port: declared }) =>
      declared.name === undefined ? [] : [declared.name],
    ),
    free: usable.filter(
      ({ port: { name, containerPort } }) =>
        !taken.has(containerPort) && (name === undefined || !taken.has(name)),
    ),
  };
}

/** A typo, rather than the only one there is. */
function isSure(target: string, meant: string | number): boolean {
  return typeof meant === 'string' && nearestName(target, [meant]) !== undefined;
}

function initContainerWith({ backends }: ServicePicture, name: string): string | undefined {
  for (const { members } of backends) {
    const found = (members.set.spec.initContainers ?? []).find(({ ports = [] }) =>
      ports.some((port) => port.name === name),
    );
    if (found !== undefined) return found.name;
  }
  return undefined;
}
