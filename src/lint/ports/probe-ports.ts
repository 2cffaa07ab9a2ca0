/** Probes and hooks that name a port which their container does not declare. */
import type { Container, Probe } from 'kubernetes-types/core/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { runningContainers } from '../../cluster/containers.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { inPodSpec } from '../../cluster/pods.ts';
import { probePort, resolveProbePort } from '../../cluster/readiness.ts';
import type { Path } from '../../kubernetes/json.ts';
import { nearestName } from '../../text/nearest-name.ts';

type Hook = 'postStart' | 'preStop';
type Caller = 'readinessProbe' | 'startupProbe' | 'livenessProbe' | Hook;

export interface UnresolvedProbePort {
  readonly workload: ClusterObject;
  readonly container: Container;
  readonly caller: Caller;
  /** The name that is written, and where it stands in the workload. */
  readonly port: string;
  readonly path: Path;
  /** Another container of the pod that declares it. */
  readonly other: { readonly name: string; readonly number: number | undefined } | undefined;
  /** Which of the container's own was meant; `sure` where it is a typo, not the only one. */
  readonly meant: { readonly port: string | number; readonly sure: boolean } | undefined;
}

export function isHook(caller: Caller): caller is Hook {
  return caller === 'postStart' || caller === 'preStop';
}

export function* unresolvedProbePorts({ pods }: Cluster): Generator<UnresolvedProbePort> {
  for (const set of pods.all) {
    const containers = runningContainers(set.spec);
    for (const { container, path } of containers)
      for (const { caller, handler, path: handlerPath } of callers(container)) {
        const found = probePort(handler);
        const port = found?.port;
        if (found === undefined || typeof port !== 'string') continue;
        if (resolveProbePort(container, port) !== undefined) continue;
        yield {
          workload: set.workload,
          container,
          caller,
          port,
          path: inPodSpec(set, ...path, ...handlerPath, ...found.path),
          other: declarer(
            port,
            container,
            containers.map((one) => one.container),
          ),
          meant: meantPort(port, container),
        };
      }
  }
}

/**
 * What the kubelet calls in a container, with the path to it. A hook is an HTTP request or a
 * command; it never connects to a tcpSocket.
 */
function callers({
  readinessProbe,
  startupProbe,
  livenessProbe,
  lifecycle,
}: Container): { caller: Caller; handler: Probe | undefined; path: Path }[] {
  const hook = (name: 'postStart' | 'preStop'): Probe | undefined => {
    const httpGet = lifecycle?.[name]?.httpGet;
    return httpGet === undefined ? undefined : { httpGet };
  };
  return [
    { caller: 'readinessProbe', handler: readinessProbe, path: ['readinessProbe'] },
    { caller: 'startupProbe', handler: startupProbe, path: ['startupProbe'] },
    { caller: 'livenessProbe', handler: livenessProbe, path: ['livenessProbe'] },
    { caller: 'postStart', handler: hook('postStart'), path: ['lifecycle', 'postStart'] },
    { caller: 'preStop', handler: hook('preStop'), path: ['lifecycle', 'preStop'] },
  ];
}

function declarer(
  port: string,
  own: Container,
  containers: readonly Container[],
): UnresolvedProbePort['other'] {
  for (const { name, ports = [] } of containers) {
    const declared = name === own.name ? undefined : ports.find((one) => one.name === port);
    if (declared !== undefined) return { name, number: declared.containerPort };
  }
  return undefined;
}

function meantPort(port: string, { ports = [] }: Container): UnresolvedProbePort['meant'] {
  const near = nearestName(
    port,
    ports.flatMap(({ name }) => (name === undefined ? [] : [name])),
  );
  if (near !== undefined) return { port: near, sure: true };
  const only = ports.length === 1 ? (ports[0]?.name ?? ports[0]?.containerPort) : undefined;
  return only === undefined ? undefined : { port: only, sure: false };
}

export function listContainerPorts({ ports = [] }: Container): string {
  if (ports.length === 0) return 'it declares none';
  return `it declares ${ports
    .slice(0, 5)
    .map(({ name, containerPort }) =>
      name === undefined ? `${containerPort} (unnamed)` : `"${name}" (${containerPort})`,
    )
    .join(', ')}`;
}
