import type { Container, Probe } from 'kubernetes-types/core/v1';
import { runningContainers } from '../../src/cluster/containers.ts';
import { probePort, resolveProbePort } from '../../src/cluster/readiness.ts';
import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import { defineRule } from '../../src/lint/rule.ts';
import type { Path } from '../../src/manifest/node.ts';
import { nearestName } from '../../src/text/nearest-name.ts';

const consequences = {
  readinessProbe:
    'the kubelet looks the name up in the same container only; it is not there, so every ' +
    'probe ends in an error, the pod never becomes Ready and its endpoints never take ' +
    'traffic',
  startupProbe:
    'the kubelet looks the name up in the same container only; it is not there, so the ' +
    'container never counts as started and the pod never becomes Ready',
  livenessProbe:
    'the kubelet looks the name up in the same container only; it is not there, so the ' +
    'probe never gives a result and never restarts anything',
  postStart:
    'the kubelet looks the name up in the same container only; it is not there, so the ' +
    'hook fails and the container is killed, each time it starts',
  preStop:
    'the kubelet looks the name up in the same container only; it is not there, so the ' +
    'hook fails and the container is stopped without it',
} as const;
type Caller = keyof typeof consequences;

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

export const probePortNameUnresolved = defineRule({
  meta: {
    id: 'probe-port-name-unresolved',
    category: 'probe',
    severity: 'error',
    since: '0.1.0',
    scope: 'object',
    kinds: workloadKinds,
    title: 'probes an undeclared port name',
    summary: 'A probe or a lifecycle hook names a port that its own container does not declare',
    why:
      'the kubelet looks the name of a probe port up in the same container only ' +
      '(ResolveContainerPort); the API server never checks it',
    fixable: true,
  },
  messages: {
    missing: ({
      probe,
      port,
      container,
      known,
    }: {
      probe: string;
      port: string;
      container: string;
      known: string;
    }) =>
      `${probe} names port "${port}", which container "${container}" does not declare; ${known}`,
    elsewhere: ({
      probe,
      port,
      container,
      other,
    }: {
      probe: string;
      port: string;
      container: string;
      other: string;
    }) =>
      `${probe} names port "${port}", which is a port of container "${other}", not of ` +
      `"${container}"`,
  },
  check({ cluster, report }) {
    for (const { workload, spec, templatePath } of cluster.pods.all) {
      const containers = runningContainers(spec);
      for (const { container, path } of containers) {
        for (const { caller, handler, path: handlerPath } of callers(container)) {
          const found = probePort(handler);
          if (
            found === undefined ||
            typeof found.port !== 'string' ||
            resolveProbePort(container, found.port) !== undefined
          )
            continue;
          const port = found.port;
          const place = {
            object: workload,
            at: [
              ...(templatePath.length === 0 ? ['spec'] : [...templatePath, 'spec']),
              ...path,
              ...handlerPath,
              ...found.path,
            ],
            why: consequences[caller],
            ...(handlerPath.length > 1 && { title: 'calls a hook at an undeclared port name' }),
          };
          const other = containers.find(
            ({ container: { name, ports = [] } }) =>
              name !== container.name && ports.some((declared) => declared.name === port),
          )?.container;
          const number = other?.ports?.find((declared) => declared.name === port)?.containerPort;
          if (other !== undefined) {
            const help =
              `containers of a pod share its address: write the number ${number}, or move ` +
              `the probe to "${other.name}"`;
            report({
              ...place,
              id: 'elsewhere',
              data: { probe: caller, port, container: container.name, other: other.name },
              help,
            });
            continue;
          }
          const meant = meantPort(port, container);
          report({
            ...place,
            id: 'missing',
            data: {
              probe: caller,
              port,
              container: container.name,
              known: listContainerPorts(container),
            },
            help:
              meant === undefined
                ? `declare a port named "${port}" in the container, or probe by number`
                : `change it to ${meant}`,
            ...(meant !== undefined && {
              fixes: [
                {
                  title: `change it to ${meant}`,
                  safety: isSure(port, meant) ? 'safe' : 'unsafe',
                  replace: meant,
                },
              ],
            }),
          });
        }
      }
    }
  },
});

function meantPort(port: string, { ports = [] }: Container): string | number | undefined {
  const near = nearestName(
    port,
    ports.flatMap(({ name }) => (name === undefined ? [] : [name])),
  );
  return near ?? (ports.length === 1 ? (ports[0]?.name ?? ports[0]?.containerPort) : undefined);
}

/** A slip of the pen, rather than the only one there is. */
function isSure(port: string, meant: string | number): boolean {
  return typeof meant === 'string' && nearestName(port, [meant]) !== undefined;
}

function listContainerPorts({ ports = [] }: Container): string {
  if (ports.length === 0) return 'it declares none';
  return `it declares ${ports
    .slice(0, 5)
    .map(({ name, containerPort }) =>
      name === undefined ? `${containerPort} (unnamed)` : `"${name}" (${containerPort})`,
    )
    .join(', ')}`;
}
