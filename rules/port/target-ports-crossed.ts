import { slicesSeeSidecars } from '../../src/cluster/ports.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import { type BackendPort, backendWorkloads } from '../../src/lint/ports/backend-ports.ts';
import { crossings, misled } from '../../src/lint/ports/crossed-targets.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';

const messages = {
  names: ({ name, target, other }: Record<'name' | 'target' | 'other', string>) =>
    `port "${name}" leads to container port ${target}, and port "${other}" to the one ` +
    `that is named "${name}"`,
  numbers: ({ port, target }: Record<'port' | 'target', number>) =>
    `port ${port} leads to ${target}, and port ${target} to ${port}`,
  named: ({ name, target, own }: Record<'name' | 'target' | 'own', string>) =>
    `port "${name}" leads to container port ${target}; the one that is named so is ${own}`,
};

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
  messages,
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
      sayMisled(service, sidecars, report);
    }
  },
});

function sayMisled(
  service: ServicePicture,
  sidecars: boolean,
  report: RuleContext<typeof messages>['report'],
): void {
  for (const { index, port, to, namesake } of misled(service, sidecars))
    report({
      object: service.object,
      at: ['spec', 'ports', index, 'targetPort'],
      id: 'named',
      data: {
        name: port.name ?? '',
        target: describePort(to),
        own: String(namesake.port.containerPort),
      },
      title: 'leads to a port of another name',
      severity: 'warning',
      help: `change it to ${port.name ?? ''}, or give the Service port the name of its target`,
      related: [{ object: to.set.workload, at: namesake.path, message: 'the one of its name' }],
      dependsOn: backendWorkloads(service),
    });
}

function describePort({ port: { name, containerPort } }: BackendPort): string {
  return name === undefined ? `${containerPort}` : `${containerPort} ("${name}")`;
}
