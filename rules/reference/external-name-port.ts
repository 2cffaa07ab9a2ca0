import type { Cluster } from '../../src/cluster/cluster.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import { serviceOfHost } from '../../src/kubernetes/references.ts';
import { callsOf } from '../../src/lint/calls/calls.ts';
import { namespaceOf } from '../../src/lint/references/reference.ts';
import { findServicePort } from '../../src/lint/references/service-port.ts';
import { controllerOf, ingressServices } from '../../src/lint/routes/ingress-backends.ts';
import { defineRule, type Place } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

export const externalNamePort = defineRule({
  meta: {
    id: 'external-name-port',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: [...workloadKinds, 'ConfigMap', 'Secret', 'Service'],
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
    named: ({ name }: { name: string }) =>
      `ingress-nginx dials targetPort at the target of the alias, and "${name}" is no number`,
  },
  check({ cluster, report }) {
    for (const { service, port, place } of [...callsOf(cluster), ...aliasedBackends(cluster)]) {
      if (typeof port === 'string') {
        report({
          ...place,
          id: 'named',
          data: { name: port },
          why:
            'a name stands for a port of containers, and there are none behind an alias: the ' +
            'controller leaves the backend without a server and answers 503',
          help: 'write the number of the port',
        });
        continue;
      }
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

interface Dialled {
  readonly service: ServicePicture;
  readonly port: number | string;
  readonly place: Place;
}

/**
 * Aliases that ingress-nginx sends requests to, which dials their `targetPort`.
 *
 * @source kubernetes/ingress-nginx internal/ingress/controller/endpointslices.go
 *   `getEndpointsFromSlices` @controller-v1.12.0
 */
function* aliasedBackends(cluster: Cluster): Generator<Dialled> {
  const seen = new Set<object>();
  for (const ingress of cluster.objects.of('Ingress'))
    for (const { name, port: written } of ingressServices(ingress)) {
      const service = cluster.servicesByName.get(`${namespaceOf(ingress, cluster)}/${name}`);
      if (service?.spec.type !== 'ExternalName') continue;
      const { name: portName, number = 0 } = written;
      const found = findServicePort(
        service.ports,
        portName === undefined ? { number } : { name: portName },
      );
      if (found?.targetPort === undefined || seen.has(found)) continue;
      if (controllerOf(ingress, cluster) === 'other') continue;
      seen.add(found);
      const at = ['spec', 'ports', service.ports.indexOf(found), 'targetPort'];
      yield { service, port: found.targetPort, place: { object: service.object, at } };
    }
}

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
