/** What monitors take: pods, and ports by their names. */
import type { ContainerPort, ServicePort } from 'kubernetes-types/core/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { matchesSelector, type Truth } from '../../cluster/labels.ts';
import type { PodSet } from '../../cluster/pods.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { lazily, perList, remembered } from '../../memo.ts';
import { mostMeant } from '../../text/limits.ts';
import { nearestIn } from '../../text/name-index.ts';
import { type BackendPort, portsOfPods } from '../ports/backend-ports.ts';
import { type PortMiss, portMiss } from '../references/service-port.ts';
import { injectedPorts, matchesPortName, type Monitor } from './monitors.ts';

/** Whether one of the ports has the name, or may turn out to have it. */
export function hasPort(ports: readonly ServicePort[], written: string | number): boolean {
  return ports.some(
    ({ name }) =>
      isPlaceholder(name) || (typeof written === 'string' && matchesPortName(written, name)),
  );
}

/**
 * Prometheus only knows the port of a container that is declared. Where it is not known what pods
 * there are it may be.
 */
export function isDeclared(written: string | number, services: readonly ServicePicture[]): boolean {
  if (typeof written === 'string' && injectedPorts.has(written)) return true;
  if (services.some(({ possible, backends }) => possible.length > 0 || backends.length === 0))
    return true;
  return services.some((service) =>
    service.backends.some(({ members: { set } }) =>
      [...(set.spec.containers ?? []), ...(set.spec.initContainers ?? [])].some(({ ports = [] }) =>
        ports.some((port) => isPort(port, written)),
      ),
    ),
  );
}

/** Whether a container port has the number or name, or may turn out to have it. */
export function isPort({ name, containerPort }: ContainerPort, written: string | number): boolean {
  return typeof written === 'number'
    ? containerPort === written || isPlaceholder(containerPort)
    : matchesPortName(written, name) || isPlaceholder(name);
}

/** The pods that a PodMonitor takes, certainly or possibly. */
export interface TakenPodSets {
  readonly sets: readonly PodSet[];
  /** Some only possibly. */
  readonly open: boolean;
  /** The ports that they declare. */
  readonly ports: () => readonly BackendPort[];
}

const takenPodSets = perList<TakenPodSets>();

/** Equal selectors are given the same list. */
export function selectPodSets(
  { selector, pairs, namespaces }: Monitor,
  { pods, work }: Cluster,
): TakenPodSets {
  return takenPodSets(pods.all, JSON.stringify([selector, namespaces]), () => {
    const candidates =
      namespaces === undefined
        ? pods.all
        : namespaces.flatMap((namespace) => pods.candidates(pairs, namespace));
    work.spend(candidates.length);
    const taken = candidates
      .map((set): { set: PodSet; truth: Truth } => {
        const truth = matchesSelector(selector, set.labels);
        return { set, truth: truth === 'no' && set.labelsOpen ? 'unknown' : truth };
      })
      .filter(({ truth }) => truth !== 'no');
    const sets = taken.map(({ set }) => set);
    return {
      sets,
      open: taken.some(({ truth }) => truth === 'unknown'),
      ports: lazily(() => portsOfPods(sets)),
    };
  });
}

const declaredNames = remembered((ports: readonly BackendPort[]) =>
  ports.flatMap(({ port: { name } }) => name ?? []),
);
const meantPorts = perList<MeantPort>();

export interface MeantPort {
  readonly meant: BackendPort | undefined;
  /** Its name is a slip away. */
  readonly near: boolean;
}

/** The declared port that was probably meant. */
export function meantPort(
  known: readonly BackendPort[],
  written: string | number,
  isNumber: boolean,
): MeantPort {
  return meantPorts(known, `${written} ${isNumber}`, () => nearestPort(known, written, isNumber));
}

function nearestPort(
  known: readonly BackendPort[],
  written: string | number,
  isNumber: boolean,
): MeantPort {
  const name = isNumber ? undefined : nearestIn(String(written), declaredNames(known));
  if (name !== undefined)
    return { meant: known.find(({ port }) => port.name === name), near: true };
  const byNumber = isNumber
    ? undefined
    : known.find(({ port }) => String(port.containerPort) === String(written));
  return { meant: byNumber ?? (known.length === 1 ? known[0] : undefined), near: false };
}

/** How to name a Service port in a monitor. */
export function wayToName(meant: ServicePort | undefined): string {
  if (meant === undefined) return 'name one of its ports';
  return meant.name === undefined
    ? `give the Service port ${meant.port} a name, and write that name here`
    : `write port: ${meant.name}`;
}

const bestMisses = perList<BestMiss | undefined>();

export interface BestMiss {
  readonly service: ServicePicture;
  readonly miss: PortMiss;
}

/**
 * The Service that misses the port by least; equal monitors share the list, and what comes of it.
 */
export function bestMiss(
  services: readonly ServicePicture[],
  name: string,
  cluster: Cluster,
): BestMiss | undefined {
  return bestMisses(services, name, () => findBestMiss(services, name, cluster));
}

function findBestMiss(
  services: readonly ServicePicture[],
  name: string,
  { work }: Cluster,
): BestMiss | undefined {
  const some = services.slice(0, mostMeant);
  work.spend(some.length);
  const misses = some.flatMap((service) => {
    const miss = portMiss(service.ports, { name }, undefined, service);
    return miss === undefined ? [] : [{ service, miss }];
  });
  return misses.find(({ miss }) => miss.id !== 'otherPort') ?? misses[0];
}
