/**
 * The container ports of the pods behind a Service, for messages that say what there is to choose
 * from.
 */
import type { ContainerPort } from 'kubernetes-types/core/v1';
import type { ClusterObject } from '../../cluster/objects.ts';
import { inPodSpec, type PodSet } from '../../cluster/pods.ts';
import { declaredPorts } from '../../cluster/ports.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import type { Path } from '../../kubernetes/json.ts';
import { remembered } from '../../memo.ts';
import { addTo } from '../../multimap.ts';
import { perBackends } from '../selectors/services-of.ts';

export interface BackendPort {
  readonly port: ContainerPort;
  readonly set: PodSet;
  /** From the workload to the port. */
  readonly path: Path;
}

const ports = perBackends<readonly BackendPort[]>();
const numbers = perBackends<ReadonlySet<unknown>>();
const byTarget = perBackends<ReadonlyMap<unknown, readonly BackendPort[]>>();

/** Each declared port once, in the order of the pods' containers. */
export function backendPorts(service: ServicePicture, sidecars: boolean): readonly BackendPort[] {
  return ports(service, `${sidecars}`, () =>
    portsOfPods(
      service.backends.map(({ members }) => members.set),
      sidecars,
    ),
  );
}

/** The numbers of these ports. */
export function backendNumbers(service: ServicePicture, sidecars: boolean): ReadonlySet<unknown> {
  return numbers(
    service,
    `${sidecars}`,
    () => new Set(backendPorts(service, sidecars).map(({ port }) => port.containerPort)),
  );
}

/** Those of these ports that have the name, or the number. */
export function portsTargeted(
  service: ServicePicture,
  target: string | number,
  sidecars: boolean,
): readonly BackendPort[] {
  const index = byTarget(service, `${sidecars}`, () => {
    const found = new Map<unknown, BackendPort[]>();
    for (const one of backendPorts(service, sidecars))
      for (const key of new Set<unknown>([one.port.name, one.port.containerPort]))
        if (key !== undefined) addTo(found, key, one);
    return found;
  });
  return (index.get(target) ?? []).filter(({ port }) =>
    typeof target === 'string' ? port.name === target : port.containerPort === target,
  );
}

/** The same for pods however they were found. */
export function portsOfPods(sets: readonly PodSet[], sidecars = true): BackendPort[] {
  const found = new Map<string, BackendPort>();
  for (const set of sets) {
    const prefix = inPodSpec(set);
    for (const { port, path } of declaredPorts(set.spec, sidecars)) {
      const key = `${port.name ?? ''} ${port.containerPort} ${port.protocol ?? 'TCP'}`;
      if (!found.has(key)) found.set(key, { port, set, path: [...prefix, ...path] });
    }
  }
  return [...found.values()];
}

/** The workloads whose pods a Service takes: what is said of its ports stands on all of them. */
export function backendWorkloads(service: ServicePicture): readonly ClusterObject[] {
  return workloadsBehind(service.backends);
}

const workloadsBehind = remembered((backends: ServicePicture['backends']) =>
  backends.map(({ members }) => members.set.workload),
);

/** `known ports: "metrics" (9090), 8080`, at most five. */
export function listPorts(ports: readonly BackendPort[]): string {
  return listed(ports);
}

const listed = remembered(listOnce);

function listOnce(ports: readonly BackendPort[]): string {
  if (ports.length === 0) return 'the containers declare no ports';
  const texts = ports.map(({ port: { name, containerPort, protocol } }) => {
    const number =
      protocol === undefined || protocol === 'TCP'
        ? String(containerPort)
        : `${containerPort}/${protocol}`;
    return name === undefined ? `${number} (unnamed)` : `"${name}" (${number})`;
  });
  const shown = [...new Set(texts)].sort();
  return (
    'known ports: ' +
    `${shown.slice(0, 5).join(', ')}${shown.length > 5 ? ` and ${shown.length - 5} more` : ''}`
  );
}
