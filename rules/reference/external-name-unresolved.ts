import type { Cluster } from '../../src/cluster/cluster.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { serviceOfHost } from '../../src/kubernetes/references.ts';
import { follow, missingMessages, namespaceOf } from '../../src/lint/references/reference.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

const messages = {
  ...missingMessages,
  ports: ({ port, target, known }: { port: number; target: string; known: string }) =>
    `clients who dial port ${port} end at ${target}, which has ${known} only: an alias ` +
    'changes no ports',
  short: ({ host, full }: { host: string; full: string }) =>
    `"${host}" is looked up as it stands: no search list is added to the target of an ` +
    `alias, and "${full}" is the name of the Service`,
  loop: ({ target }: { target: string }) => `${target} is an alias of this one`,
};

export const externalNameUnresolved = defineRule({
  meta: {
    id: 'external-name-unresolved',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service'],
    title: 'is an alias that leads nowhere',
    summary: 'An ExternalName Service is an alias of a Service of the cluster that does not exist',
    why:
      'cluster DNS answers for an ExternalName Service with a CNAME record; the name in it ' +
      'is looked up by the client, and for a Service that does not exist there is no answer',
    fixable: true,
  },
  messages,
  check(context) {
    const { cluster, report } = context;
    for (const { object, spec, ports } of cluster.services) {
      const host = spec.externalName?.replace(/\.$/, '') ?? '';
      // A shorter name may be one of the outside world.
      const short = spec.type === 'ExternalName' ? shortName(host, object, cluster) : undefined;
      if (short !== undefined) {
        report({
          object,
          at: ['spec', 'externalName'],
          id: 'short',
          data: { host, full: short },
          severity: 'warning',
          help: `write ${short}`,
          fixes: [{ title: `change it to ${short}`, safety: 'unsafe', replace: short }],
        });
        continue;
      }
      if (spec.type !== 'ExternalName' || !/\.svc(\.cluster\.local)?$/.test(host)) continue;
      const named = serviceOfHost(host, undefined);
      if (named?.namespace === undefined) continue;
      const place = {
        object,
        at: ['spec', 'externalName'],
        within: { text: named.name, occurrence: 0 },
      };
      const wanted = { group: '', kind: 'Service', namespace: named.namespace, name: named.name };
      const found = follow(context, place, wanted, {
        reach: (namespace) => `write ${named.name}.${namespace}.svc.cluster.local`,
      });
      const target = cluster.servicesByName.get(`${named.namespace}/${named.name}`);
      if (found === undefined || target === undefined) continue;
      if (target.spec.type === 'ExternalName') {
        const back = serviceOfHost(target.spec.externalName?.replace(/\.$/, '') ?? '', undefined);
        if (back?.name === object.name && back.namespace === namespaceOf(object, cluster))
          report({
            ...place,
            id: 'loop',
            data: { target: describeObject(found) },
            help: 'let one of them name what answers',
          });
        continue;
      }
      const known = target.ports.map(({ port }) => port);
      for (const [index, { port }] of ports.entries()) {
        if (target.headless || known.length === 0 || known.includes(port)) continue;
        report({
          object,
          at: ['spec', 'ports', index, 'port'],
          id: 'ports',
          data: { port, target: describeObject(found), known: known.join(', ') },
          severity: 'warning',
          help:
            `let clients dial ${known.join(' or ')}, or give ${describeObject(found)} the ` +
            `port ${port}`,
          related: [{ object: found, at: ['spec', 'ports'], part: 'key', message: 'its ports' }],
        });
      }
    }
  },
});

/** `api`, `api.shop`: what a container could say for a Service that was read, in full. */
function shortName(host: string, object: ClusterObject, cluster: Cluster): string | undefined {
  const [name = '', namespace = namespaceOf(object, cluster), ...rest] = host.split('.');
  const isService =
    rest.length === 0 && name !== object.name && cluster.servicesByName.has(`${namespace}/${name}`);
  return isService ? `${name}.${namespace}.svc.cluster.local` : undefined;
}
