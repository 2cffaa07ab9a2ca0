import type { Cluster } from '../../src/cluster/cluster.ts';
import { runningContainers } from '../../src/cluster/containers.ts';
import { slicesSeeSidecars } from '../../src/cluster/ports.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import {
  backendNumbers,
  type BackendPort,
  backendPorts,
  backendWorkloads,
  listPorts,
} from '../../src/lint/ports/backend-ports.ts';
import { isMentioned } from '../../src/lint/ports/mentioned.ts';
import { isDigitOff, isPortSlip } from '../../src/lint/ports/port-slip.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { groupsOf, perBackends } from '../../src/lint/selectors/services-of.ts';

const onHostNetwork = perBackends<boolean>();
const isOpen = perBackends<boolean>();
const isTold = perBackends<boolean>();

export const targetPortUndeclared = defineRule({
  meta: {
    id: 'target-port-undeclared',
    category: 'port',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service'],
    title: 'targets a port that no container declares',
    summary:
      'A Service targets a port number that none of its pods declares although they declare others',
    why:
      'a numeric target port is dialled as it is, declared or not: containerPort is ' +
      'informational, so nothing but the application tells whether anybody listens there',
    fixable: false,
  },
  messages: {
    slip: ({ target, meant }: { target: number; meant: number }) =>
      `no container declares port ${target}, but ${meant} is declared, which has nearly ` +
      'the same digits',
    defaulted: ({ port, known }: { port: number; known: string }) =>
      `targetPort is left out and so defaults to ${port}, which no container declares; ${known}`,
    other: ({ target, known }: { target: number; known: string }) =>
      `no container declares port ${target}; ${known}`,
  },
  check({ cluster, report }) {
    const sidecars = slicesSeeSidecars(cluster.options.kubernetesMinor);
    for (const service of cluster.services) {
      const known = backendPorts(service, sidecars);
      if (known.length === 0) continue;
      // On the network of the host everything is reachable that listens there, declared or not.
      const onHost = onHostNetwork(service, '', () =>
        service.backends.some(({ members }) => members.set.spec.hostNetwork === true),
      );
      const numbers = backendNumbers(service, sidecars);
      // A placeholder may turn out to be any number.
      if (isOpen(service, '', () => [...numbers].some((number) => typeof number !== 'number')))
        continue;
      for (const [index, { port, targetPort, protocol = 'TCP' }] of service.ports.entries()) {
        const target = targetPort ?? port;
        if (typeof target !== 'number' || numbers.has(target)) continue;
        if (isToldTo(service, target)) continue;
        const { object } = service;
        const written = isWritten(object.source.value, index);
        const meant = onHost ? undefined : meantPort(target, protocol, known, cluster, written);
        const only = known[0]?.port.containerPort;
        // One of several that are quite different tells nothing.
        const shown = meant ?? (known.length === 1 ? known[0] : undefined);
        const place = {
          object,
          at: written ? ['spec', 'ports', index, 'targetPort'] : ['spec', 'ports', index, 'port'],
          ...(shown !== undefined && {
            related: [
              {
                object: shown.set.workload,
                at: [...shown.path, 'containerPort'],
                message: 'a declared port',
              },
            ],
          }),
          dependsOn: backendWorkloads(service),
        };
        if (meant !== undefined) {
          const number = meant.port.containerPort;
          report({
            ...place,
            id: 'slip',
            data: { target, meant: number },
            help:
              `if ${number} was meant, change it; if the application also listens on ` +
              `${target}, declare that port`,
          });
        } else if (!onHost && !written && known.length === 1) {
          report({
            ...place,
            id: 'defaulted',
            data: { port: target, known: listPorts(known) },
            help: `add targetPort: ${only}`,
          });
        } else if (!onHost && known.length === 1 && known[0] !== undefined && isProbed(known[0])) {
          report({
            ...place,
            id: 'other',
            data: { target, known: listPorts(known) },
            help:
              `a probe dials ${only}, so that is where the application listens: change it to ` +
              `${only}, or declare port ${target} if it listens there as well`,
          });
        } else {
          report({
            ...place,
            id: 'other',
            severity: 'info',
            data: { target, known: listPorts(known) },
            help: `declare port ${target} on the container that listens, or target a declared one`,
          });
        }
      }
    }
  },
});

/**
 * Whether some of the pods are given the number in their arguments or variables: they listen there,
 * declared or not.
 */
function isToldTo(service: ServicePicture, target: number): boolean {
  return isTold(service, target, () =>
    service.backends.some(({ members: { set } }) =>
      runningContainers(set.spec).some(({ container }) => isMentioned(target, container, set.spec)),
    ),
  );
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
  const isTargeted = ({ set, port: { containerPort, name } }: BackendPort): boolean =>
    groupsOf(cluster, set).some(({ services: [service] }) =>
      service?.ports.some(
        ({ port, targetPort = port }) => targetPort === containerPort || targetPort === name,
      ),
    );
  return (
    (written ? known.find(({ port }) => isPortSlip(target, port.containerPort)) : undefined) ??
    known.find(
      (one) =>
        (one.port.protocol ?? 'TCP') === protocol &&
        isDigitOff(target, one.port.containerPort) &&
        !isTargeted(one),
    )
  );
}

/** null, 0 and "" are the same as nothing (SetDefaults_Service). */
function isWritten(value: unknown, index: number): boolean {
  const ports = (value as { spec?: { ports?: { targetPort?: unknown }[] } }).spec?.ports;
  return Boolean(ports?.[index]?.targetPort);
}
