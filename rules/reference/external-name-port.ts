import type { Cluster } from '../../src/cluster/cluster.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import { serviceOfHost } from '../../src/kubernetes/references.ts';
import { callsOf } from '../../src/lint/calls/calls.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

export const externalNamePort = defineRule({
  meta: {
    id: 'external-name-port',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: [...workloadKinds, 'ConfigMap', 'Secret'],
    title: 'dials a port that the target of an alias lacks',
    summary:
      'A client of an ExternalName Service dials a port that the Service behind it does not have',
    why:
      'an ExternalName is an alias in DNS, and nothing translates ports: the client dials its ' +
      'port at the Service that the alias leads to, which must have it',
    fixable: false,
  },
  messages: {
    port: ({
      port,
      alias,
      target,
      known,
    }: Record<'alias' | 'target' | 'known', string> & { port: number }) =>
      `port ${port} of ${alias} is dialled at ${target}, which has ${known} only`,
  },
  check({ cluster, report }) {
    for (const { service, port, place } of callsOf(cluster)) {
      const target = port === undefined ? undefined : targetOf(service, cluster);
      if (port === undefined || target === undefined || target.headless) continue;
      const known = target.ports.map((one) => one.port);
      if (known.length === 0 || known.includes(port)) continue;
      report({
        ...place,
        id: 'port',
        data: {
          port,
          alias: describeObject(service.object),
          target: describeObject(target.object),
          known: known.slice(0, 5).join(', '),
        },
        help: `dial port ${known[0] ?? ''}`,
        related: [
          { object: service.object, at: ['spec', 'externalName'], message: 'the alias' },
          { object: target.object, at: ['spec', 'ports'], part: 'key', message: 'its ports' },
        ],
      });
    }
  },
});

/** As many aliases as a resolver follows in a row. */
const longestChain = 8;

/** The Service at the end of a chain of aliases; undefined where it leads out, or in a circle. */
function targetOf(service: ServicePicture, cluster: Cluster): ServicePicture | undefined {
  let at = service;
  for (let step = 0; step < longestChain && at.spec.type === 'ExternalName'; step += 1) {
    const host = at.spec.externalName?.replace(/\.$/, '') ?? '';
    const named = host.includes('.svc') ? serviceOfHost(host, undefined) : undefined;
    const next = named && cluster.servicesByName.get(`${named.namespace ?? ''}/${named.name}`);
    if (next === undefined) return undefined;
    at = next;
  }
  return at === service || at.spec.type === 'ExternalName' ? undefined : at;
}
