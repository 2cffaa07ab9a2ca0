import type { Cluster } from '../../src/cluster/cluster.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { asList, asText, fieldAt } from '../../src/kubernetes/json.ts';
import { namespaceOf } from '../../src/lint/references/reference.ts';
import { gatewaysOf, istioObjects } from '../../src/lint/routes/istio.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';

export const istioHostUnserved = defineRule({
  meta: {
    id: 'istio-host-unserved',
    category: 'routing',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['VirtualService'],
    title: 'is for a host that its gateways do not serve',
    summary: 'A VirtualService has a host that none of its Istio Gateways serves',
    why:
      'a gateway takes of a VirtualService the hosts that one of its servers has as well, and ' +
      'answers requests for any other with 404',
    fixable: false,
  },
  messages: {
    unserved: ({ host, gateway, hosts }: Record<'host' | 'gateway' | 'hosts', string>) =>
      `${host} is no host of Gateway ${gateway}, which serves ${hosts}`,
  },
  check({ cluster, report }) {
    for (const object of istioObjects(cluster, 'VirtualService')) {
      const gateways = gatewaysOf(object, cluster);
      const [first] = gateways ?? [];
      if (gateways === undefined || first === undefined) continue;
      const served = gateways.flatMap((gateway) => hostsOf(gateway, object, cluster));
      // Any host of a gateway may be filled in later.
      if (served.length === 0 || served.some((host) => isPlaceholder(host))) continue;
      for (const [index, value] of asList(fieldAt(object.value, 'spec', 'hosts')).entries()) {
        const host = asText(value);
        if (host === undefined || isPlaceholder(host)) continue;
        if (served.some((one) => meet(one, host))) continue;
        report({
          object,
          at: ['spec', 'hosts', index],
          id: 'unserved',
          data: {
            host,
            gateway: gateways.map(({ name }) => name).join(', '),
            hosts: [...new Set(served)].slice(0, 5).join(', '),
          },
          help: 'write a host of the gateway here, or this host into one of its servers',
          related: [{ object: first, at: ['spec', 'servers'], part: 'key', message: 'its hosts' }],
        });
      }
    }
  },
});

/** The hosts that a gateway takes of VirtualServices of a namespace: `shop/*.acme.io`, `./web`. */
function hostsOf(gateway: ClusterObject, object: ClusterObject, cluster: Cluster): string[] {
  const own = namespaceOf(object, cluster);
  return asList(fieldAt(gateway.value, 'spec', 'servers'))
    .flatMap((server) => asList(fieldAt(server, 'hosts')))
    .flatMap((value) => {
      const text = asText(value) ?? '';
      const slash = text.indexOf('/');
      const from = slash === -1 ? '*' : text.slice(0, slash);
      const isOpen = from === '*' || from === own;
      return isOpen || (from === '.' && namespaceOf(gateway, cluster) === own)
        ? [text.slice(slash + 1)]
        : [];
    });
}

/** Whether some host is both (istio pkg/config/host `Matches`). */
function meet(a: string, b: string): boolean {
  return isWithin(a, b) || isWithin(b, a);
}

/** `*.acme.io` is any host below it, and any narrower pattern. */
function isWithin(host: string, pattern: string): boolean {
  return (
    host === pattern ||
    (pattern.startsWith('*') && host.replace(/^\*/, '').endsWith(pattern.slice(1)))
  );
}
