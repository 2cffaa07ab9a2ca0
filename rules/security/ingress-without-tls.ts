import type { Cluster } from '../../src/cluster/cluster.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { fieldAt, type Json } from '../../src/kubernetes/json.ts';
import { annotationsOf } from '../../src/lint/references/ingress-backends.ts';
import { defineRule } from '../../src/lint/rule.ts';

/**
 * Annotations by which a controller has certificates of its own: those of ALB, GKE, Traefik,
 * HAProxy, Contour and tunnels.
 */
const certified =
  /^(alb\.ingress\.kubernetes\.io\/(certificate-arn|listen-ports|ssl-policy)|networking\.gke\.io\/managed-certificates|ingress\.gcp\.kubernetes\.io\/pre-shared-cert|traefik\.ingress\.kubernetes\.io\/router\.(tls|entrypoints)|appgw\.ingress\.kubernetes\.io\/appgw-ssl-certificate|nginx\.ingress\.kubernetes\.io\/ssl-passthrough|kubernetes\.io\/tls-acme|haproxy\.org\/ssl-passthrough)/;
/** Classes of controllers that end TLS outside of the cluster. */
const tunnels = /tailscale|cloudflare|ngrok/i;

export const ingressWithoutTls = defineRule({
  meta: {
    id: 'ingress-without-tls',
    category: 'security',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Ingress'],
    title: 'serves without TLS',
    summary: 'An Ingress has hosts that no TLS entry covers',
    why:
      'a controller serves a host over HTTPS with the certificate of the tls entry that ' +
      'lists it; for other hosts it speaks plain HTTP, or shows a certificate that no ' +
      'browser takes',
    fixable: false,
  },
  messages: {
    none: () => 'there is no tls entry: everything goes over plain HTTP',
    host: ({ host, covered }: { host: string; covered: string }) =>
      `no tls entry covers ${host}; covered: ${covered}`,
  },
  check({ cluster, report }) {
    for (const object of cluster.objects.of('Ingress')) {
      const { tls = [], rules = [], ingressClassName = '' } = object.value.spec ?? {};
      const annotations = annotationsOf(object);
      if (tunnels.test(`${ingressClassName} ${annotations['kubernetes.io/ingress.class'] ?? ''}`))
        continue;
      if (Object.keys(annotations).some((key) => certified.test(key))) continue;
      if (tls.length === 0) {
        report({
          object,
          at: ['spec'],
          part: 'key',
          id: 'none',
          data: undefined,
          severity: hasCertificates(object, cluster) ? 'warning' : 'info',
          help: 'add spec.tls with the hosts and the Secret of their certificate',
        });
        continue;
      }
      // An entry without hosts is for all of them.
      if (tls.some(({ hosts = [] }) => hosts.length === 0)) continue;
      const covered = tls.flatMap(({ hosts = [] }) => hosts);
      for (const [index, { host }] of rules.entries()) {
        if (host === undefined || covers(covered, host)) continue;
        report({
          object,
          at: ['spec', 'rules', index, 'host'],
          id: 'host',
          data: { host, covered: covered.slice(0, 5).join(', ') },
          help: `add ${host} to the hosts of a tls entry whose certificate is for it`,
          related: [
            {
              object,
              at: ['spec', 'tls'],
              part: 'key',
              message: 'the hosts that have a certificate',
            },
          ],
        });
      }
    }
  },
});

/**
 * Whether TLS is meant to be used here: a certificate lies in the namespace, or another Ingress of
 * it has one.
 */
function hasCertificates({ namespace }: ClusterObject, { objects }: Cluster): boolean {
  const isHere = (object: ClusterObject): boolean => object.namespace === namespace;
  return (
    objects.ofKind('cert-manager.io', 'Certificate').some(isHere) ||
    objects
      .of('Ingress')
      .some((other) => isHere(other) && (other.value.spec?.tls ?? []).length > 0) ||
    objects
      .ofKind('', 'Secret')
      .some(
        (secret) => isHere(secret) && fieldAt(secret.value as Json, 'type') === 'kubernetes.io/tls',
      )
  );
}

/** A certificate for `*.example.com` is for one label in its place. */
function covers(hosts: readonly string[], host: string): boolean {
  const wildcard = host.replace(/^[^.]*/, '*');
  return hosts.some((one) => one.toLowerCase() === host.toLowerCase() || one === wildcard);
}
