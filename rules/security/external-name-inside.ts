import type { Cluster } from '../../src/cluster/cluster.ts';
import { serviceOfHost } from '../../src/kubernetes/references.ts';
import { type Naming, namingsOf, wantedBy } from '../../src/lint/references/namings.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { lazily } from '../../src/memo.ts';

/** Hosts that answer whoever asks, since only the inside is thought to reach them. */
const trusting =
  /^(metadata(\.google\.internal)?|instance-data(\.ec2\.internal)?|169\.254\.169\.254|localhost|127\.\d+\.\d+\.\d+)$/i;
/** Namespaces of the cluster's own Services. */
const own = /^kube-(system|public|node-lease)$/;

export const externalNameInside = defineRule({
  meta: {
    id: 'external-name-inside',
    category: 'security',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service'],
    title: 'is an alias of the inside',
    summary: 'An ExternalName Service leads to the API server, the system or a metadata server',
    why:
      'controllers of Ingresses and Gateways dial the external name themselves, with their own ' +
      'reach: an alias lets whoever may write Services ask through them what only they may',
    fixable: false,
  },
  messages: {
    alias: ({ host, what }: Record<'host' | 'what', string>) => `${host} is ${what}`,
    routed: ({ host, what, router }: Record<'host' | 'what' | 'router', string>) =>
      `${host} is ${what}, and ${router} opens it to whoever reaches the controller`,
  },
  check({ cluster, report }) {
    const routers = lazily(() => routersByService(cluster));
    for (const { object, spec } of cluster.services) {
      const host = spec.externalName ?? '';
      const what = spec.type === 'ExternalName' ? insideOf(host) : undefined;
      if (what === undefined) continue;
      const router = routers().get(`${object.namespace ?? ''}/${object.name}`);
      const place = { object, at: ['spec', 'externalName'] };
      const help = 'call the host itself where it is needed, and take the alias out';
      if (router === undefined)
        report({ ...place, id: 'alias', data: { host, what }, severity: 'info', help });
      else
        report({
          ...place,
          id: 'routed',
          data: { host, what, router: describeObject(router.object) },
          help,
          related: [{ object: router.object, at: router.reference.path, message: 'leads to it' }],
        });
    }
  },
});

function insideOf(host: string): string | undefined {
  if (trusting.test(host)) return 'for the machine or the pod itself';
  const { name, namespace = '' } = serviceOfHost(host.replace(/\.$/, ''), undefined) ?? {};
  if (name === 'kubernetes' && namespace === 'default') return 'the API server';
  return own.test(namespace) ? `a Service of namespace ${namespace}` : undefined;
}

/** What sends requests of the outside to a Service, by its namespace and name. */
function routersByService(cluster: Cluster): ReadonlyMap<string, Naming> {
  return new Map(
    namingsOf(cluster, '', 'Service')
      .filter(({ object }) => /^(Ingress|\w+Route|HTTPProxy|VirtualService)$/.test(object.kind))
      .map((naming) => {
        const { namespace = '', name } = wantedBy(naming, cluster);
        return [`${namespace}/${name}`, naming];
      }),
  );
}
