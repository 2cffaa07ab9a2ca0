/** What monitors take: pods, and ports by their names. */
import type { ContainerPort, ServicePort } from 'kubernetes-types/core/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { matchesSelector, type Truth } from '../../cluster/labels.ts';
import type { PodSet } from '../../cluster/pods.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { nearestName } from '../../text/nearest-name.ts';
import type { BackendPort } from '../ports/backend-ports.ts';
import { injectedPorts, matchesPortName, type Monitor } from './monitors.ts';

/** Whether one of the ports has the name, or may turn out to have it. */
export function hasPort(ports: readonly ServicePort[], written: string | number): boolean {
  return ports.some(
    ({ name }) =>
      isPlaceholder(name) || (typeof written === 'string' && matchesPortName(written, name)),
  );
}

/** Prometheus only knows the port of a container that is declared. Where it is not known what pods there are it may be. */
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
export function selectPodSets(
  { selector, pairs, namespaces }: Monitor,
  { pods }: Cluster,
): { set: PodSet; truth: Truth }[] {
  const candidates =
    namespaces === undefined
      ? pods.all
      : namespaces.flatMap((namespace) => pods.candidates(pairs, namespace));
  return candidates
    .map((set) => {
      const truth = matchesSelector(selector, set.labels);
      return { set, truth: truth === 'no' && set.labelsOpen ? ('unknown' as const) : truth };
    })
    .filter(({ truth }) => truth !== 'no');
}

/** The declared port that was probably meant; `near` where its name is a slip away. */
export function meantPort(
  known: readonly BackendPort[],
  written: string | number,
  isNumber: boolean,
): { readonly meant: BackendPort | undefined; readonly near: boolean } {
  const names = known.flatMap(({ port: { name } }) => name ?? []);
  const name = isNumber ? undefined : nearestName(String(written), names);
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
