import { fieldsAt, patternOf } from '../../src/kubernetes/fields.ts';
import { groupOf } from '../../src/kubernetes/group-version.ts';
import { nginxPrefix } from '../../src/kubernetes/labels.ts';
import { defineRule } from '../../src/lint/rule.ts';

interface Switch {
  /** Group and kind of the objects that have it. */
  readonly of: string;
  readonly at: string;
  /** Of an annotation: its key, below `at`. */
  readonly entry?: string;
  readonly off: RegExp;
  readonly what: string;
  readonly help: string;
  readonly severity?: 'info';
}

const istio = 'networking.istio.io/DestinationRule';
const ingress = { of: 'networking.k8s.io/Ingress', at: 'metadata.annotations' } as const;
const unverified = {
  off: /^true$/,
  what: 'whoever answers is believed, whatever certificate it shows',
  help: 'name the CA that signs the certificate, and take the field out',
} as const;
const snippet = {
  ...ingress,
  off: /\S/,
  what: 'text for the configuration of the controller, which holds the Secrets of all namespaces',
  help: 'use the annotations that the controller has for it, and allow-snippet-annotations: false',
  severity: 'info',
} as const;

const switches: readonly Switch[] = [
  {
    of: 'security.istio.io/PeerAuthentication',
    at: 'spec.mtls.mode',
    off: /^DISABLE$/,
    what: 'pods take no TLS of the mesh, so that all that is sent to them is plain text',
    help: 'write STRICT, or PERMISSIVE while some callers have no proxy',
  },
  {
    of: istio,
    at: 'spec.trafficPolicy.tls.mode',
    off: /^DISABLE$/,
    what: 'proxies send plain text to this host',
    help: 'leave tls out: proxies then use the TLS of the mesh where the other side takes it',
    severity: 'info',
  },
  { of: istio, at: 'spec.trafficPolicy.tls.insecureSkipVerify', ...unverified },
  { of: 'traefik.io/ServersTransport', at: 'spec.insecureSkipVerify', ...unverified },
  { of: 'traefik.io/ServersTransportTCP', at: 'spec.tls.insecureSkipVerify', ...unverified },
  {
    of: 'apiregistration.k8s.io/APIService',
    at: 'spec.insecureSkipTLSVerify',
    ...unverified,
    severity: 'info',
  },
  {
    of: 'monitoring.coreos.com/ServiceMonitor',
    at: 'spec.endpoints[].tlsConfig.insecureSkipVerify',
    ...unverified,
    severity: 'info',
  },
  ...['ssl-redirect', 'force-ssl-redirect'].map((name): Switch => ({
    ...ingress,
    entry: `${nginxPrefix}${name}`,
    off: /^false$/,
    what: 'plain HTTP is answered and not sent on to HTTPS',
    help: 'take the annotation out: a host with TLS is redirected unless it says otherwise',
    severity: 'info',
  })),
  ...['whitelist', 'allowlist'].map((name): Switch => ({
    ...ingress,
    entry: `${nginxPrefix}${name}-source-range`,
    off: /(?:^|[\s,])(?:0\.0\.0\.0|::)\/0(?:$|[\s,])/,
    what: 'one of these ranges is every address, so that nobody is kept out',
    help: 'name the networks of the clients only',
  })),
  ...['configuration-snippet', 'server-snippet', 'auth-snippet', 'stream-snippet'].map(
    (name): Switch => ({ ...snippet, entry: `${nginxPrefix}${name}` }),
  ),
];

const rows = switches.map((row) => ({
  ...row,
  pattern: [...patternOf(row.at), ...(row.entry === undefined ? [] : [row.entry])],
}));

export const protectionTurnedOff = defineRule({
  meta: {
    id: 'protection-turned-off',
    category: 'security',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: [...new Set(switches.map(({ of }) => of.slice(of.indexOf('/') + 1)))],
    title: 'turns off what protects its traffic',
    summary: 'A field or annotation turns off encryption, or the check of certificates',
    why:
      'what is sent in plain text, or to whoever shows any certificate, can be read and changed ' +
      'by everybody on the way: another pod with a forged address is enough',
    fixable: false,
  },
  messages: {
    off: ({ field, what }: { field: string; what: string }) => `${field}: ${what}`,
  },
  check({ cluster, report }) {
    const kinds = new Set(switches.map(({ of }) => of));
    for (const of of kinds) {
      const kind = of.slice(of.indexOf('/') + 1);
      for (const object of cluster.objects.ofKind(groupOf(of), kind))
        for (const { pattern, off, what, help, severity } of rows.filter((row) => row.of === of))
          for (const { path, value } of fieldsAt(object.value, pattern)) {
            if (!off.test(String(value))) continue;
            const field = String(path.at(-1));
            report({
              object,
              at: path,
              id: 'off',
              data: { field, what },
              ...(severity && { severity }),
              help,
            });
          }
    }
  },
});
