/** From a Service port to the number that a pod listens on. */
import type { ContainerPort, PodSpec, ServicePort } from 'kubernetes-types/core/v1';
import type { Path } from '../kubernetes/json.ts';
import { isPlaceholder } from '../manifest/placeholder.ts';
import { remembered } from '../memo.ts';
import { mainContainers, type PlacedContainer, runningContainers } from './containers.ts';
import type { MinorVersion } from './options.ts';

/** One entry of a slice's or subset's `ports`. */
export interface EndpointPort {
  /** The Service port's name, empty if it has none; undefined only in hand-written slices. */
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  readonly appProtocol?: string;
}

/**
 * The number a Service port leads to in a pod; undefined when no container port has the name and
 * the protocol; 'unknown' when a placeholder decides. A number is taken as it is: no container
 * needs to declare it (k8s.io/endpointslice utils.go `FindPort`).
 */
export function findPort(
  spec: PodSpec,
  port: ServicePort,
  sidecars: boolean,
): number | 'unknown' | undefined {
  const target = port.targetPort ?? port.port;
  if (typeof target === 'number') return target;
  if (isPlaceholder(target)) return 'unknown';
  let unsure = false;
  for (const { port: declared } of declaredPorts(spec, sidecars)) {
    if (declared.name === target && (declared.protocol ?? 'TCP') === (port.protocol ?? 'TCP')) {
      return typeof declared.containerPort === 'number' ? declared.containerPort : 'unknown';
    }
    if (isPlaceholder(declared.name) || isPlaceholder(declared.protocol)) unsure = true;
  }
  return unsure ? 'unknown' : undefined;
}

export interface DeclaredPort {
  readonly port: ContainerPort;
  readonly container: string;
  /** From the pod spec: `containers, 0, ports, 1`. */
  readonly path: Path;
}

/**
 * The ports that a name can lead to, in the order they are looked at: containers first, then native
 * sidecars.
 */
export function declaredPorts(spec: PodSpec, sidecars = true): readonly DeclaredPort[] {
  return sidecars ? portsOfAll(spec) : portsOfContainers(spec);
}

const portsOfAll = remembered((spec: PodSpec) => portsOf(runningContainers(spec)));
const portsOfContainers = remembered((spec: PodSpec) => portsOf(mainContainers(spec)));

function portsOf(containers: readonly PlacedContainer[]): DeclaredPort[] {
  const found: DeclaredPort[] = [];
  for (const { container, path } of containers)
    container.ports?.forEach((port, number) => {
      found.push({ port, container: container.name, path: path.concat('ports', number) });
    });
  return found;
}

/** Slices resolve named ports of native sidecars since 1.33 (kubernetes#128850). */
export const slicesSeeSidecars = (minor: MinorVersion): boolean => minor >= 33;
/** The legacy controller was first, in 1.32 (kubernetes#127976). */
export const endpointsSeeSidecars = (minor: MinorVersion): boolean => minor >= 32;

export interface ResolvedPorts {
  /**
   * The ports that a pod can be reached at; a Service port that leads nowhere is silently missing.
   */
  readonly ports: readonly EndpointPort[];
  /** Service ports by index that lead nowhere in this pod. */
  readonly unresolved: readonly number[];
  /** Service ports by index that depend on a placeholder. */
  readonly unknown: readonly number[];
}

/** All ports of a Service in one pod (utils.go `getEndpointPorts`). */
export function getEndpointPorts(
  spec: PodSpec,
  servicePorts: readonly ServicePort[],
  sidecars: boolean,
): ResolvedPorts {
  const ports: EndpointPort[] = [];
  const unresolved: number[] = [];
  const unknown: number[] = [];
  for (const [index, servicePort] of servicePorts.entries()) {
    const number = findPort(spec, servicePort, sidecars);
    if (number === undefined) unresolved.push(index);
    else if (number === 'unknown') unknown.push(index);
    else ports.push(endpointPort(servicePort, number));
  }
  return { ports, unresolved, unknown };
}

/**
 * The number that is dialled for a port of the Service; undefined where there is none, or none that
 * is known yet.
 */
export function resolvedPort(
  { ports, unresolved, unknown }: ResolvedPorts,
  index: number,
): number | undefined {
  if (unresolved.includes(index) || unknown.includes(index)) return undefined;
  return ports[index - [...unresolved, ...unknown].filter((other) => other < index).length]?.port;
}

/** A written port with what the API server defaults, at the number that is dialled. */
export function endpointPort(
  { name, protocol, appProtocol }: Pick<ServicePort, 'name' | 'protocol' | 'appProtocol'>,
  port: number,
): EndpointPort {
  return {
    name: name ?? '',
    port,
    protocol: protocol ?? 'TCP',
    ...(appProtocol !== undefined && { appProtocol }),
  };
}

/** Equal for equal sets of ports, whatever their order (endpointslice/util `NewPortMapKey`). */
export function portMapKey(ports: readonly EndpointPort[]): string {
  return ports.map(portKey).sort().join(' ');
}

export function portKey({ name, port, protocol, appProtocol }: EndpointPort): string {
  return `${name}:${port}/${protocol}@${appProtocol ?? ''}`;
}
