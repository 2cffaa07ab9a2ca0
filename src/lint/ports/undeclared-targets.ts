/**
 * Numbers that Services target and that none of their pods declares although they declare others.
 */
import type { PodSpec } from 'kubernetes-types/core/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { runningContainers } from '../../cluster/containers.ts';
import { slicesSeeSidecars } from '../../cluster/ports.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { remembered } from '../../memo.ts';
import { groupsOf, perBackends } from '../selectors/services-of.ts';
import { backendNumbers, type BackendPort, backendPorts } from './backend-ports.ts';
import { isConfigured } from './configured-ports.ts';
import { isElsewhere } from './image-targets.ts';
import { isMentionedInPod } from './mentioned.ts';
import { isPortRead } from './name-readers.ts';
import { isDigitOff, isPortSlip } from './port-slip.ts';
import { writtenTarget } from './written-target.ts';

export type UndeclaredTarget = UndeclaredNumber & Sign;

interface UndeclaredNumber {
  readonly service: ServicePicture;
  /** Of the port in the Service. */
  readonly index: number;
  readonly target: number;
  /** Whether there is a targetPort; without one the port stands for it. */
  readonly written: boolean;
  /** What the pods declare. */
  readonly known: readonly BackendPort[];
}

/**
 * What tells that the number is wrong, with the declared port that was meant: it has nearly the
 * same digits, or the name of the Service port, or stands in the Service's `port`; or nobody chose
 * the number, or a probe dials the declared one.
 */
type Sign =
  | { readonly sign: 'named' | 'swapped'; readonly shown: BackendPort }
  | { readonly sign: 'slip' | 'defaulted' | 'probed'; readonly shown: BackendPort }
  | { readonly sign: 'none'; readonly shown: BackendPort | undefined };

const dummy = /^(?:dummy|fake|placeholder|unused)(?:-|$)/;

const onHostNetwork = remembered((backends: ServicePicture['backends']) =>
  backends.some(({ members }) => members.set.spec.hostNetwork === true),
);
/** A placeholder may turn out to be any number. */
const isOpen = remembered((numbers: ReadonlySet<unknown>) =>
  [...numbers].some((number) => typeof number !== 'number'),
);
const isTold = perBackends<boolean>();

export function* undeclaredTargets(cluster: Cluster): Iterable<UndeclaredTarget> {
  const sidecars = slicesSeeSidecars(cluster.options.kubernetesMinor);
  for (const service of cluster.services) {
    const known = backendPorts(service, sidecars);
    if (known.length === 0) continue;
    const numbers = backendNumbers(service, sidecars);
    if (isOpen(numbers)) continue;
    for (const [index, { port, targetPort }] of service.ports.entries()) {
      const target = targetPort ?? port;
      if (typeof target !== 'number' || numbers.has(target)) continue;
      if (isToldTo(service, target, cluster)) continue;
      // That nobody listens there is told with the image.
      if (isElsewhere(service, target)) continue;
      const written = writtenTarget(service, index) !== undefined;
      const found = { service, index, target, written, known };
      yield { ...found, ...signOf(found, cluster) };
    }
  }
}

function signOf(
  { service, index, target, written, known }: UndeclaredNumber,
  cluster: Cluster,
): Sign {
  // One of several that are quite different tells nothing.
  const only = known.length === 1 ? known[0] : undefined;
  // On the network of the host everything is reachable that listens there, declared or not.
  if (onHostNetwork(service.backends)) return { sign: 'none', shown: only };
  const { [index]: port } = service.ports;
  // A Service needs a port, though nobody may want one.
  if (dummy.test(port?.name ?? '')) return { sign: 'none', shown: only };
  // Nobody dials a port through a headless Service, unless endpoints are looked up in its place.
  if (service.headless && port !== undefined && !isPortRead(service, port, cluster))
    return { sign: 'none', shown: only };
  const protocol = service.ports[index]?.protocol ?? 'TCP';
  const meant = meantPort(target, protocol, known, cluster, written);
  if (meant !== undefined) return { sign: 'slip', shown: meant };
  const named = portNamed(service.ports[index]?.name, protocol, known);
  if (named !== undefined) return { sign: 'named', shown: named };
  const swapped = known.find(
    ({ port: { containerPort } }) => containerPort === service.ports[index]?.port,
  );
  if (written && swapped !== undefined && !isTargeted(swapped, cluster))
    return { sign: 'swapped', shown: swapped };
  if (only !== undefined && !written) return { sign: 'defaulted', shown: only };
  if (only !== undefined && isProbed(only)) return { sign: 'probed', shown: only };
  return { sign: 'none', shown: only };
}

/**
 * Whether some of the pods are given the number in their arguments, variables or files: they listen
 * there, declared or not.
 */
function isToldTo(service: ServicePicture, target: number, cluster: Cluster): boolean {
  return isTold(service, target, () =>
    service.backends.some(
      ({ members: { set } }) =>
        isInjected(set.spec) ||
        isMentionedInPod(target, set.spec) ||
        isConfigured(target, set.workload, cluster),
    ),
  );
}

/**
 * `image: auto`: Istio's webhook puts a proxy there, which opens the ports that routes ask for
 * (istio pkg/kube/inject/webhook.go `reapplyOverwrittenContainers`).
 */
function isInjected({ containers }: PodSpec): boolean {
  return containers.some(({ image }) => image === 'auto');
}

/** Whether the kubelet dials the port: then the application listens there. */
function isProbed({ set, port: { containerPort, name } }: BackendPort): boolean {
  return runningContainers(set.spec).some(({ container }) =>
    [container.readinessProbe, container.livenessProbe, container.startupProbe].some((probe) => {
      const port = probe?.httpGet?.port ?? probe?.tcpSocket?.port ?? probe?.grpc?.port;
      return port !== undefined && (port === containerPort || port === name);
    }),
  );
}

/**
 * Nearly the same digits; a number beside it or with one other digit only if no Service leads to
 * that one.
 */
function meantPort(
  target: number,
  protocol: string,
  known: readonly BackendPort[],
  cluster: Cluster,
  written: boolean,
): BackendPort | undefined {
  return (
    (written ? known.find(({ port }) => isPortSlip(target, port.containerPort)) : undefined) ??
    known.find(
      (one) =>
        (one.port.protocol ?? 'TCP') === protocol &&
        isDigitOff(target, one.port.containerPort) &&
        !isTargeted(one, cluster),
    )
  );
}

/** Whether a Service leads there. */
function isTargeted(
  { set, port: { containerPort, name } }: BackendPort,
  cluster: Cluster,
): boolean {
  return groupsOf(cluster, set).some(({ services: [service] }) =>
    service?.ports.some(
      ({ port, targetPort = port }) => targetPort === containerPort || targetPort === name,
    ),
  );
}

/** The declared port with the name of the Service port. */
function portNamed(
  name: string | undefined,
  protocol: string,
  known: readonly BackendPort[],
): BackendPort | undefined {
  return name === undefined
    ? undefined
    : known.find(({ port }) => port.name === name && (port.protocol ?? 'TCP') === protocol);
}
