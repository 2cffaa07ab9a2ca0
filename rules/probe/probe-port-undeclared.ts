import { runningContainers } from '../../src/cluster/containers.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import { dialledPorts } from '../../src/lint/ports/dialled-ports.ts';
import { isMentioned } from '../../src/lint/ports/mentioned.ts';
import { isPortSlip, replacedDigit } from '../../src/lint/ports/port-slip.ts';
import { stockPorts } from '../../src/lint/ports/stock-images.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { servicesOf } from '../../src/lint/selectors/services-of.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

const options = {
  all: {
    type: 'boolean',
    default: false,
    description: 'whether to tell of every number that no container declares, as an info',
  },
} as const;

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
    why:
      'the kubelet dials the number as it is, at the address of the pod; where nobody ' +
      'listens the probe fails: the pod takes no traffic, or is restarted for ever',
    fixable: false,
    options,
  },
  messages: {
    stock: ({
      probe,
      port,
      image,
      ports,
    }: {
      probe: string;
      port: number;
      image: string;
      ports: string;
    }) =>
      `${probe} dials port ${port}, but the image ${image} as it comes listens on ${ports} only`,
    disagree: ({
      probe,
      port,
      other,
      declared,
    }: {
      probe: string;
      port: number;
      other: string;
      declared: number;
    }) =>
      `${probe} dials port ${port}, which no container declares, while ${other} dials ` +
      `${declared}, which is declared`,
    undeclared: ({ probe, port }: { probe: string; port: number }) =>
      `${probe} dials port ${port}, which no container declares`,
    slip: ({ probe, port, meant }: { probe: string; port: number; meant: number }) =>
      `${probe} dials port ${port}, which no container declares, but ${meant} is declared, ` +
      'which has nearly the same digits',
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
      `${probe} dials port ${port}, which is the port of ${service}; the pods listen on ` +
      `its target port ${target}`,
  },
  check({ cluster, report, options: { all } }) {
    for (const set of cluster.pods.all) {
      const { workload, spec, templatePath } = set;
      const declared = runningContainers(spec).flatMap(({ container: { ports = [] } }) =>
        ports.map(({ containerPort }) => containerPort),
      );
      // A number that is filled in later may be the one.
      if (spec.hostNetwork === true || declared.some((number) => typeof number !== 'number'))
        continue;
      for (const { container, path } of runningContainers(spec)) {
        const dialled = dialledPorts(container);
        const stock = stockPorts(container, spec);
        for (const { probe, port, at } of dialled) {
          if (declared.includes(port) || isMentioned(port, container, spec)) continue;
          const place = {
            object: workload,
            at: [...templatePath, 'spec', ...path, ...at],
            help: helpFor(probe),
          };
          // Three that agree were not misspelt three times.
          const agreed = dialled.filter((one) => one.port === port).length >= 3;
          const slip =
            declared.find((number) => isPortSlip(port, number)) ?? replacedDigit(port, declared);
          const meant = agreed ? undefined : slip;
          const other = dialled.find((one) => declared.includes(one.port));
          const found = serviceWith(port, servicesOf(cluster, set), declared);
          if (stock !== undefined && !stock.ports.includes(port))
            report({
              ...place,
              id: 'stock',
              data: { probe, port, image: stock.name, ports: stock.ports.join(', ') },
            });
          else if (found !== undefined) {
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
          else if (other !== undefined)
            report({
              ...place,
              id: 'disagree',
              severity: 'info',
              data: { probe, port, other: other.probe, declared: other.port },
            });
          else if (all)
            report({ ...place, id: 'undeclared', severity: 'info', data: { probe, port } });
        }
      }
    }
  },
});

const helpFor = (probe: string): string =>
  `write the port that the container listens on in ${probe}, best by its name; if it does ` +
  'listen here, declare the port';

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
