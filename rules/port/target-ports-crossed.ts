import type { ServicePort } from 'kubernetes-types/core/v1';
import { slicesSeeSidecars } from '../../src/cluster/ports.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import { fieldAt } from '../../src/kubernetes/json.ts';
import {
  type BackendPort,
  backendWorkloads,
  portsTargeted,
} from '../../src/lint/ports/backend-ports.ts';
import { defineRule } from '../../src/lint/rule.ts';

/** A Service port that leads to exactly one declared port. */
interface Led {
  readonly index: number;
  readonly port: ServicePort;
  readonly to: BackendPort;
}

export const targetPortsCrossed = defineRule({
  meta: {
    id: 'target-ports-crossed',
    category: 'port',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service'],
    title: 'has two target ports that are crossed',
    summary: 'Two ports of a Service lead to the container port of the other',
    why:
      'a Service port leads where its targetPort says, whatever its name or number: clients ' +
      'of the one reach what listens on the other',
    fixable: false,
  },
  messages: {
    names: ({ name, target, other }: Record<'name' | 'target' | 'other', string>) =>
      `port "${name}" leads to container port ${target}, and port "${other}" to the one ` +
      `that is named "${name}"`,
    numbers: ({ port, target }: Record<'port' | 'target', number>) =>
      `port ${port} leads to ${target}, and port ${target} to ${port}`,
  },
  check({ cluster, report }) {
    const sidecars = slicesSeeSidecars(cluster.options.kubernetesMinor);
    for (const service of cluster.services) {
      for (const { one, other, byName } of crossings(service, sidecars)) {
        const { object } = service;
        const [mine, its] = [one.port.targetPort ?? '', other.port.targetPort ?? ''];
        report({
          object,
          at: ['spec', 'ports', one.index, 'targetPort'],
          ...(byName
            ? {
                id: 'names' as const,
                data: {
                  name: one.port.name ?? '',
                  target: describePort(one.to),
                  other: other.port.name ?? '',
                },
              }
            : { id: 'numbers' as const, data: { port: one.port.port, target: other.port.port } }),
          // Numbers may be exchanged on purpose; names say what was meant.
          ...(!byName && { severity: 'warning' }),
          help: `exchange the two: ${its} here, ${mine} there`,
          related: [
            {
              object,
              at: ['spec', 'ports', other.index, 'targetPort'],
              message: 'the other of the two',
            },
          ],
          dependsOn: backendWorkloads(service),
        });
      }
    }
  },
});

interface Crossing {
  readonly one: Led;
  readonly other: Led;
  /** Each leads to the container port that has the name of the other; else it is the numbers. */
  readonly byName: boolean;
}

/** Pairs of ports that lead to each other's container port, each pair once. */
function crossings(service: ServicePicture, sidecars: boolean): Crossing[] {
  const led = service.ports.flatMap((port, index): Led[] => {
    const written = fieldAt(service.object.source.value, 'spec', 'ports', index, 'targetPort');
    if (port.targetPort === undefined || written === undefined) return [];
    const [to, ...others] = portsTargeted(service, port.targetPort, sidecars);
    return to === undefined || others.length > 0 ? [] : [{ index, port, to }];
  });
  const byName = new Map(led.map((one) => [one.port.name, one]));
  const byNumber = new Map(led.map((one) => [one.port.port, one]));
  return led.flatMap((one): Crossing[] => {
    const other = byName.get(one.to.port.name) ?? byNumber.get(one.to.port.containerPort);
    if (other === undefined || other.index <= one.index) return [];
    const names = leadsToName(one, other) && leadsToName(other, one);
    const numbers = leadsToNumber(one, other) && leadsToNumber(other, one);
    return names || numbers ? [{ one, other, byName: names }] : [];
  });
}

function leadsToName({ to }: Led, { port }: Led): boolean {
  return port.name !== undefined && to.port.name === port.name;
}

function leadsToNumber({ to }: Led, { port }: Led): boolean {
  return to.port.containerPort === port.port;
}

function describePort({ port: { name, containerPort } }: BackendPort): string {
  return name === undefined ? `${containerPort}` : `${containerPort} ("${name}")`;
}
