import { asList, asText, fieldAt, type Path } from '../../src/kubernetes/json.ts';
import { type TlsListener, tlsListeners } from '../../src/lint/routes/tls-listeners.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';

export const listenerCertificate = defineRule({
  meta: {
    id: 'listener-certificate',
    category: 'routing',
    severity: 'error',
    since: '0.1.0',
    scope: 'object',
    kinds: ['Gateway'],
    title: 'has a listener that cannot speak TLS',
    summary: 'A listener for HTTPS has no certificate, or one for plain HTTP is on port 443',
    why:
      'a listener ends TLS with the certificates that it names: without any the Gateway is ' +
      'refused, or no connection to this listener succeeds',
    fixable: false,
  },
  messages: {
    none: ({ name, protocol }: Record<'name' | 'protocol', string>) =>
      `listener "${name}" is for ${protocol} and names no certificate`,
    passthrough: ({ name }: { name: string }) =>
      `listener "${name}" is for HTTPS, which it cannot pass through: that is for protocol TLS`,
    unused: ({ name, protocol }: Record<'name' | 'protocol', string>) =>
      `listener "${name}" has tls and is for ${protocol}, which is not encrypted`,
    kind: ({ name, kind }: Record<'name' | 'kind', string>) =>
      `listener "${name}" takes its certificate from a ${kind}, which no controller has to read`,
    plain: ({ name }: { name: string }) =>
      `listener "${name}" takes plain HTTP on port 443, where clients speak TLS`,
  },
  check({ cluster, report }) {
    for (const { object, listeners } of tlsListeners(cluster))
      for (const listener of listeners) {
        const fault = faultOf(listener);
        if (fault === undefined || isPlaceholder(listener.protocol)) continue;
        const { name, protocol, path } = listener;
        report({
          object,
          at: [...path, ...fault.at],
          part: 'key',
          id: fault.id,
          data: { name, protocol, kind: fault.kind ?? '' },
          ...(isDoubtful(listener, fault.id) && { severity: 'warning' as const }),
          help: fault.help,
        });
      }
  },
});

/** What the API server takes: it is up to the implementation what becomes of it. */
function isDoubtful({ tls, isIstio }: TlsListener, fault: FaultId): boolean {
  return (
    fault === 'plain' || fault === 'kind' || (fault === 'none' && tls === undefined && !isIstio)
  );
}

type FaultId = 'none' | 'passthrough' | 'unused' | 'plain' | 'kind';

interface Fault {
  readonly id: FaultId;
  readonly at: Path;
  readonly help: string;
  /** What the certificate is taken from, where it is no Secret. */
  readonly kind?: string;
}

function faultOf({
  protocol,
  port,
  tls,
  mode,
  certified,
  protocolAt,
  isIstio,
  isBehindTls,
}: TlsListener): Fault | undefined {
  if (protocol === 'HTTP' || protocol === 'TCP' || protocol === 'UDP') {
    if (tls !== undefined && fieldAt(tls, 'httpsRedirect') === undefined && !isIstio)
      return { id: 'unused', at: ['tls'], help: 'write protocol: HTTPS, or take tls out' };
    return protocol === 'HTTP' && port === 443 && !isBehindTls
      ? { id: 'plain', at: protocolAt, help: 'write protocol: HTTPS and name a certificate' }
      : undefined;
  }
  if (protocol !== 'HTTPS' && protocol !== 'TLS') return undefined;
  if (mode === 'passthrough' && tls !== undefined)
    return protocol === 'HTTPS' && !isIstio
      ? { id: 'passthrough', at: ['tls', 'mode'], help: 'write protocol: TLS, with TLSRoutes' }
      : undefined;
  const refs = asList(fieldAt(tls, 'certificateRefs'));
  for (const [index, ref] of refs.entries()) {
    const kind = asText(fieldAt(ref, 'kind')) ?? 'Secret';
    if ((asText(fieldAt(ref, 'group')) ?? '') !== '' || kind === 'Secret' || isPlaceholder(kind))
      continue;
    const help = 'name a Secret of type kubernetes.io/tls';
    return { id: 'kind', at: ['tls', 'certificateRefs', index, 'kind'], help, kind };
  }
  // Istio has modes by which the certificates of the mesh are used.
  if (certified || (isIstio && !['simple', 'mutual', 'passthrough'].includes(mode)))
    return undefined;
  const field = isIstio ? 'credentialName' : 'certificateRefs';
  const at = tls === undefined ? protocolAt : ['tls'];
  return { id: 'none', at, help: `name the Secret of its certificate in tls.${field}` };
}
