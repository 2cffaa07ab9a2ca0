import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import type { Container } from 'kubernetes-types/core/v1';
import { runningContainers } from '../../src/cluster/containers.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import { isMentioned } from '../../src/lint/ports/mentioned.ts';
import { isPortSlip } from '../../src/lint/ports/port-slip.ts';
import { servicesOf } from '../../src/lint/selectors/services-of.ts';
import { defineRule } from '../../src/lint/rule.ts';
import type { Path } from '../../src/manifest/node.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

export const probePortUndeclared = defineRule({
  meta: {
    id: 'probe-port-undeclared',
    category: 'probe',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: workloadKinds,
    title: 'probes a port that looks like a slip',
    summary: 'A probe dials a port number that no container declares and that looks like a slip',
    why: 'the kubelet dials the number as it is, at the address of the pod; where nobody listens the probe fails: the pod takes no traffic, or is restarted for ever',
    fixable: false,
  },
  messages: {
    slip: ({ probe, port, meant }: { probe: string; port: number; meant: number }) =>
      `${probe} dials port ${port}, which no container declares, but ${meant} is declared, which has nearly the same digits`,
    service: ({
      probe,
      port,
      service,
      target,
    }: {
      probe: string;
      port: number;
      service: string;
      target: string;
    }) =>
      `${probe} dials port ${port}, which is the port of ${service}; the pods listen on its target port ${target}`,
  },
  check({ cluster, report }) {
    for (const set of cluster.pods.all) {
      const { workload, spec, templatePath } = set;
      const declared = runningContainers(spec).flatMap(({ container: { ports = [] } }) =>
        ports.map(({ containerPort }) => containerPort),
      );
      // A number that is filled in later may be the one.
      if (
        declared.length === 0 ||
        spec.hostNetwork === true ||
        declared.some((number) => typeof number !== 'number')
      )
        continue;
      for (const { container, path } of runningContainers(spec)) {
        const dialled = dialledPorts(container);
        for (const { probe, port, at } of dialled) {
          if (declared.includes(port) || isMentioned(port, container, spec)) continue;
          const place = {
            object: workload,
            at: [...templatePath, 'spec', ...path, ...at],
            help: helpFor(probe),
          };
          // Three that agree were not misspelt three times.
          const agreed = dialled.filter((other) => other.port === port).length >= 3;
          const meant = agreed ? undefined : declared.find((number) => isPortSlip(port, number));
          const found = serviceWith(port, servicesOf(cluster, set), declared);
          if (found !== undefined) {
            const { service, index, target } = found;
            report({
              ...place,
              id: 'service',
              data: {
                probe,
                port,
                service: describeObject(service.object),
                target: String(target),
              },
              related: [
                {
                  object: service.object,
                  at: ['spec', 'ports', index, 'port'],
                  message: 'the port of the Service',
                },
              ],
            });
          } else if (meant !== undefined)
            report({ ...place, id: 'slip', data: { probe, port, meant } });
        }
      }
    }
  },
});

const helpFor = (probe: string): string =>
  `write the port that the container listens on in ${probe}, best by its name; if it does listen here, declare the port`;

/** Numbers that the kubelet dials at the pod's own address: of probes, and of lifecycle hooks. A `host` leads elsewhere. */
function dialledPorts(container: Container): { probe: string; port: number; at: Path }[] {
  const handlers = [
    ...(['readinessProbe', 'livenessProbe', 'startupProbe'] as const).map((field) => ({
      probe: field,
      at: [field],
      handler: container[field],
    })),
    ...(['postStart', 'preStop'] as const).map((field) => ({
      probe: field,
      at: ['lifecycle', field],
      handler: container.lifecycle?.[field],
    })),
  ];
  return handlers.flatMap(({ probe, at, handler }) =>
    (['httpGet', 'tcpSocket', 'grpc'] as const).flatMap((action) => {
      const found = (
        handler as Record<string, { port?: unknown; host?: unknown } | undefined> | undefined
      )?.[action];
      const port = found?.port;
      return typeof port === 'number' && !found?.host
        ? [{ probe, port, at: [...at, action, 'port'] }]
        : [];
    }),
  );
}

/** A Service of the pods with that number in front, and another one that they declare behind it. */
function serviceWith(
  port: number,
  services: readonly ServicePicture[],
  declared: readonly number[],
) {
  for (const service of services) {
    const index = service.ports.findIndex((servicePort) => servicePort.port === port);
    const target = service.ports[index]?.targetPort;
    if (
      target === undefined ||
      target === port ||
      (typeof target === 'number' && !declared.includes(target))
    )
      continue;
    return { service, index, target };
  }
  return undefined;
}
