import { fixTo } from '../../src/lint/fixes/change-to.ts';
import { type ImageTarget, imageTargets } from '../../src/lint/ports/image-targets.ts';
import { defineRule, type Place, type ProposedFix } from '../../src/lint/rule.ts';
import { enumerate } from '../../src/text/enumerate.ts';

export const imagePortMismatch = defineRule({
  meta: {
    id: 'image-port-mismatch',
    category: 'port',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service'],
    title: 'targets a port that its image leaves shut',
    summary:
      'A Service leads to another port than the one that a well-known image listens on as it comes',
    why:
      'what a container declares opens nothing: the program in the image listens where its own ' +
      'configuration says, and on any other port the connection is refused',
    fixable: true,
  },
  messages: {
    elsewhere: ({ target, image, ports }: { target: number; image: string; ports: string }) =>
      `the Service leads to port ${target}, but the image ${image} as it comes listens on ` +
      `${ports} only`,
  },
  check({ cluster, report }) {
    for (const wrong of imageTargets(cluster)) {
      const { service, index, written, target, stock, standsIn, declared, set, path } = wrong;
      const related: Place & { readonly message: string } =
        declared === undefined
          ? { object: set.workload, at: [...path, 'image'], message: 'the image' }
          : { object: set.workload, at: declared, message: 'declared, but nobody listens there' };
      report({
        object: service.object,
        at: ['spec', 'ports', index, written === undefined ? 'port' : 'targetPort'],
        dependsOn: [set.workload],
        id: 'elsewhere',
        data: { target, image: stock.name, ports: enumerate(stock.ports.map(String)) },
        ...(standsIn && { severity: 'info' }),
        ...remedy(wrong),
        related: [related],
      });
    }
  },
});

/** A number can be changed where it stands; a name leads to what the container declares. */
function remedy({ written, target, stock, declared }: ImageTarget): {
  readonly help: string;
  readonly fixes: readonly ProposedFix[];
} {
  const [port] = stock.ports;
  const listens = `or give the image a configuration that listens on ${target}`;
  if (typeof written === 'string' && declared !== undefined)
    return { help: `let containerPort be ${port}, ${listens}`, fixes: [] };
  const help =
    `${written === undefined ? `add targetPort: ${port}` : `change it to ${port}`}` +
    `${declared === undefined ? '' : ', and containerPort as well'}, ${listens}`;
  return { help, fixes: written === undefined ? [] : fixTo(port, 'unsafe') };
}
