import type { Ingress, IngressRule, IngressTLS } from 'kubernetes-types/networking/v1';
import type { Cluster } from '../../src/cluster/cluster.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { gatewayGroup } from '../../src/kubernetes/groups.ts';
import { hasCertificates } from '../../src/lint/references/certificates.ts';
import { listenersOf } from '../../src/lint/routes/listeners.ts';
import { isServedElsewhere } from '../../src/lint/routes/tls-elsewhere.ts';
import { plainAtSecure } from '../../src/lint/routes/traefik-routes.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';

const messages = {
  none: () => 'there is no tls entry: everything goes over plain HTTP',
  gateway: () => 'all of its listeners are for plain HTTP',
  route: ({ entryPoint }: { entryPoint: string }) =>
    `without spec.tls it takes plain HTTP, at entry point "${entryPoint}" too unless that has TLS`,
  secret: () => 'the tls entry names no Secret: the controller shows a certificate of its own',
  host: ({ host, covered }: { host: string; covered: string }) =>
    `no tls entry covers ${host}; covered: ${covered}`,
};

export const ingressWithoutTls = defineRule({
  meta: {
    id: 'ingress-without-tls',
    category: 'security',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Ingress', 'Gateway', 'IngressRoute'],
    title: 'serves without TLS',
    summary: 'An Ingress or a Gateway has hosts that it serves without a certificate',
    why:
      'a controller serves a host over HTTPS with the certificate of the tls entry that ' +
      'lists it; for other hosts it speaks plain HTTP, or shows a certificate that no ' +
      'browser takes',
    fixable: false,
  },
  messages,
  check({ cluster, report }) {
    for (const object of cluster.objects.ofKind(gatewayGroup, 'Gateway')) {
      const listeners = listenersOf(object);
      if (listeners.length > 0 && listeners.every(({ protocol }) => protocol === 'HTTP'))
        report({
          object,
          at: ['spec', 'listeners'],
          part: 'key',
          id: 'gateway',
          data: undefined,
          severity: hasCertificates(object, cluster) ? 'warning' : 'info',
          why: 'what a listener for HTTP takes can be read and changed on its way',
          help: 'add a listener for HTTPS with the Secret of a certificate',
        });
    }
    for (const { object, entryPoint, at } of plainAtSecure(cluster))
      report({
        object,
        at,
        id: 'route',
        data: { entryPoint },
        severity: 'info',
        help: 'add spec.tls, with the Secret of a certificate or a certResolver',
      });
    for (const object of cluster.objects.of('Ingress'))
      if (!isServedElsewhere(object)) checkIngress(object, cluster, report);
  },
});

function checkIngress(
  object: ClusterObject<Ingress>,
  cluster: Cluster,
  report: RuleContext<typeof messages>['report'],
): void {
  const { tls = [], rules = [] } = object.value.spec ?? {};
  if (tls.length === 0)
    return report({
      object,
      at: ['spec'],
      part: 'key',
      id: 'none',
      data: undefined,
      severity: hasCertificates(object, cluster) ? 'warning' : 'info',
      help: 'add spec.tls with the hosts and the Secret of their certificate',
    });
  const at = ['spec', 'tls'];
  const bare = tls.findIndex(({ secretName }) => (secretName ?? '') === '');
  if (bare >= 0)
    report({
      object,
      at: [...at, bare],
      id: 'secret',
      data: undefined,
      severity: 'info',
      help: 'name the Secret of a certificate in secretName',
    });
  for (const { host, index, covered } of uncoveredHosts(tls, rules))
    report({
      object,
      at: ['spec', 'rules', index, 'host'],
      id: 'host',
      data: { host, covered: covered.slice(0, 5).join(', ') },
      help: `add ${host} to the hosts of a tls entry whose certificate is for it`,
      related: [{ object, at, part: 'key', message: 'the hosts that have a certificate' }],
    });
}

/** An entry without hosts is for all of them. */
function uncoveredHosts(tls: readonly IngressTLS[], rules: readonly IngressRule[]) {
  if (tls.some(({ hosts = [] }) => hosts.length === 0)) return [];
  const covered = tls.flatMap(({ hosts = [] }) => hosts);
  return rules.flatMap(({ host }, index) =>
    host === undefined || covers(covered, host) ? [] : [{ host, index, covered }],
  );
}

/** A certificate for `*.example.com` is for one label in its place. */
function covers(hosts: readonly string[], host: string): boolean {
  const wildcard = host.replace(/^[^.]*/, '*');
  return hosts.some((one) => one.toLowerCase() === host.toLowerCase() || one === wildcard);
}
