import type { ClusterObject } from '../../src/cluster/objects.ts';
import { asList, asText, fieldAt, type Json, type Path } from '../../src/kubernetes/json.ts';
import { gatewayGroup } from '../../src/lint/references/route-backends.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';

const istio = 'networking.istio.io';

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
    plain: ({ name }: { name: string }) =>
      `listener "${name}" takes plain HTTP on port 443, where clients speak TLS`,
  },
  check({ cluster, report }) {
    const { objects } = cluster;
    const gateways = [
      ...objects.ofKind(gatewayGroup, 'Gateway'),
      ...objects.ofKind(istio, 'Gateway'),
    ];
    for (const object of gateways)
      for (const listener of listenersOf(object)) {
        const fault = faultOf(listener);
        if (fault === undefined || isPlaceholder(listener.protocol)) continue;
        const { name, protocol, path } = listener;
        report({
          object,
          at: [...path, ...fault.at],
          part: 'key',
          id: fault.id,
          data: { name, protocol },
          ...(fault.id === 'plain' && { severity: 'warning' as const }),
          help: fault.help,
        });
      }
  },
});

interface Listener {
  readonly path: Path;
  readonly name: string;
  readonly protocol: string;
  readonly port: Json | undefined;
  readonly tls: Json | undefined;
  /** Where the protocol stands, from the listener. */
  readonly protocolAt: Path;
  readonly certified: boolean;
  readonly mode: string;
}

/** Of Gateway API (apis/v1 `Listener`) and of Istio (networking/v1 `Server`). */
function listenersOf({ value, apiVersion }: ClusterObject): Listener[] {
  const spec = fieldAt(value as Json, 'spec');
  if (!apiVersion.startsWith(`${istio}/`))
    return asList(fieldAt(spec, 'listeners')).map((item, index) => ({
      path: ['spec', 'listeners', index],
      name: asText(fieldAt(item, 'name')) ?? '',
      protocol: asText(fieldAt(item, 'protocol')) ?? '',
      protocolAt: ['protocol'],
      port: fieldAt(item, 'port'),
      tls: fieldAt(item, 'tls'),
      mode: (asText(fieldAt(item, 'tls', 'mode')) ?? 'Terminate').toLowerCase(),
      certified:
        asList(fieldAt(item, 'tls', 'certificateRefs')).length > 0 ||
        fieldAt(item, 'tls', 'options') !== undefined,
    }));
  return asList(fieldAt(spec, 'servers')).map((item, index) => ({
    path: ['spec', 'servers', index],
    name: asText(fieldAt(item, 'port', 'name')) ?? '',
    protocol: asText(fieldAt(item, 'port', 'protocol')) ?? '',
    protocolAt: ['port', 'protocol'],
    port: fieldAt(item, 'port', 'number'),
    tls: fieldAt(item, 'tls'),
    mode: (asText(fieldAt(item, 'tls', 'mode')) ?? 'passthrough').toLowerCase(),
    certified: ['credentialName', 'credentialNames', 'tlsCertificates', 'serverCertificate'].some(
      (field) => fieldAt(item, 'tls', field) !== undefined,
    ),
  }));
}

type FaultId = 'none' | 'passthrough' | 'unused' | 'plain';

function faultOf({
  protocol,
  port,
  tls,
  mode,
  certified,
  protocolAt,
}: Listener): { readonly id: FaultId; readonly at: Path; readonly help: string } | undefined {
  const isIstio = protocolAt.length > 1;
  if (protocol === 'HTTP' || protocol === 'TCP' || protocol === 'UDP') {
    if (tls !== undefined && fieldAt(tls, 'httpsRedirect') === undefined && !isIstio)
      return { id: 'unused', at: ['tls'], help: 'write protocol: HTTPS, or take tls out' };
    return protocol === 'HTTP' && port === 443
      ? { id: 'plain', at: protocolAt, help: 'write protocol: HTTPS and name a certificate' }
      : undefined;
  }
  if (protocol !== 'HTTPS' && protocol !== 'TLS') return undefined;
  if (mode === 'passthrough' && tls !== undefined)
    return protocol === 'HTTPS' && !isIstio
      ? { id: 'passthrough', at: ['tls', 'mode'], help: 'write protocol: TLS, with TLSRoutes' }
      : undefined;
  // Istio has modes by which the certificates of the mesh are used.
  if (certified || (isIstio && !['simple', 'mutual', 'passthrough'].includes(mode)))
    return undefined;
  const field = isIstio ? 'credentialName' : 'certificateRefs';
  const at = tls === undefined ? protocolAt : ['tls'];
  return { id: 'none', at, help: `name the Secret of its certificate in tls.${field}` };
}
