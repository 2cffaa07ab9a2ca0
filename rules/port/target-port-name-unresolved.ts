import type { ServicePort } from 'kubernetes-types/core/v1';
import { slicesSeeSidecars } from '../../src/cluster/ports.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import {
  type BackendPort,
  backendPorts,
  backendWorkloads,
  listPorts,
} from '../../src/lint/ports/backend-ports.ts';
import { isPortRead } from '../../src/lint/ports/name-readers.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { perList } from '../../src/multimap.ts';
import { nearestIn } from '../../src/text/name-index.ts';
import { nearestName } from '../../src/text/nearest-name.ts';

export const targetPortNameUnresolved = defineRule({
  meta: {
    id: 'target-port-name-unresolved',
    category: 'port',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service'],
    title: 'targets a port name that no pod has',
    summary: 'A Service targets a port by a name that none of its pods declares',
    why: 'a named target port is looked up among the container ports of each pod; where no pod has it the port is left out of every EndpointSlice and connections to it are refused',
    fixable: true,
  },
  messages: {
    missing: ({ target, known }: { target: string; known: string }) =>
      `targetPort "${target}" is not a port of any container; ${known}`,
    init: ({ target, container }: { target: string; container: string }) =>
      `targetPort "${target}" is only a port of init container "${container}", which has ended when the pod serves`,
  },
  check({ cluster, report }) {
    const sidecars = slicesSeeSidecars(cluster.options.kubernetesMinor);
    for (const service of cluster.services) {
      for (const [index, port] of service.ports.entries()) {
        if (!isUnresolved(service, index) || typeof port.targetPort !== 'string') continue;
        const target = port.targetPort;
        const known = backendPorts(service, sidecars);
        // The right name under another protocol is another rule's business.
        if (known.some(({ port: declared }) => declared.name === target)) continue;
        const place = {
          object: service.object,
          at: ['spec', 'ports', index, 'targetPort'],
          dependsOn: backendWorkloads(service),
          ...(service.headless && !isPortRead(service, port, cluster) && unread),
        };
        const init = initContainerWith(service, target);
        if (init !== undefined) {
          const help = `declare the port on a container that keeps running, or make "${init}" a sidecar with restartPolicy: Always`;
          report({ ...place, id: 'init', data: { target, container: init }, help });
          continue;
        }
        const meant = meantPort(target, port, known, service.ports);
        const isNear = meant !== undefined && isSure(target, meant);
        const shown = known.find(({ port: declared }) => declared.name === meant) ?? known[0];
        report({
          ...place,
          id: 'missing',
          data: { target, known: listPorts(known) },
          help:
            meant === undefined
              ? `name one of the declared ports, or declare "${target}" on the container that listens`
              : `change it to ${meant}`,
          ...(shown !== undefined && {
            related: [
              {
                object: shown.set.workload,
                at: [
                  ...shown.path,
                  ...(shown.port.name === undefined ? ['containerPort'] : ['name']),
                ],
                message: isNear ? 'the nearest declared port' : 'a declared port',
              },
            ],
          }),
          ...(meant !== undefined && {
            fixes: [
              {
                title: `change it to ${meant}`,
                safety: isSure(target, meant) ? 'safe' : 'unsafe',
                replace: meant,
              },
            ],
          }),
        });
      }
    }
  },
});

/** A headless Service of which nothing that was read looks the port up. */
const unread = {
  severity: 'info',
  why: 'nobody dials through a headless Service: DNS answers with the pods, whatever ports they have; only its EndpointSlices and SRV records lack this one',
} as const;

/** In every pod that the Service selects. */
function isUnresolved({ backends }: ServicePicture, index: number): boolean {
  return (
    backends.length > 0 && backends.every(({ resolved }) => resolved.unresolved.includes(index))
  );
}

/** The one whose name is a slip away; else of those that no other port of the Service leads to the only one, or the one whose number the port has. */
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
