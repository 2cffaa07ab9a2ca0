import { type MeshTls, meshTls } from '../../src/lint/routes/mesh-tls.ts';
import { defineRule, type Words } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

const messages = {
  strict: ({ mode, service, policy }: Record<'mode' | 'service' | 'policy', string>) =>
    `tls mode ${mode} is not the TLS of the mesh, which ${policy} asks for at ${service}`,
  off: ({ mode, service, policy }: Record<'mode' | 'service' | 'policy', string>) =>
    `tls mode ${mode} is the TLS of the mesh, which ${policy} turns off at ${service}`,
  plain: ({ mode, service, port }: Record<'mode' | 'service' | 'port', string>) =>
    `tls mode ${mode} begins TLS with port ${port} of ${service}, which is for plain HTTP`,
};

export const meshTlsMismatch = defineRule({
  meta: {
    id: 'mesh-tls-mismatch',
    category: 'routing',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['DestinationRule'],
    title: 'does not speak what the other side asks for',
    summary: 'An Istio DestinationRule sets a TLS mode that the pods of its Service do not take',
    why:
      "the client's proxy does what the DestinationRule says, and the server's proxy what the " +
      'PeerAuthentication says: where the two differ every connection is reset (503, upstream ' +
      'connect error)',
    fixable: false,
  },
  messages,
  check({ cluster, report }) {
    for (const tls of meshTls(cluster))
      for (const words of [ofPeers(tls), ofPort(tls)])
        if (words !== undefined) report({ object: tls.object, at: tls.at, ...words });
  },
});

function ofPeers({ mode, service, peers }: MeshTls): Words<typeof messages> | undefined {
  if (peers === undefined) return undefined;
  const { policy: object, at } = peers;
  const rest = {
    data: { mode, service: describeObject(service.object), policy: describeObject(object) },
    related: [{ object, at, message: 'what it asks for' }],
  };
  if (peers.mode === 'STRICT' && mode !== 'ISTIO_MUTUAL')
    return {
      id: 'strict',
      ...rest,
      help: 'write ISTIO_MUTUAL, or leave tls out: proxies then agree by themselves',
    };
  return peers.mode === 'DISABLE' && mode === 'ISTIO_MUTUAL'
    ? { id: 'off', ...rest, help: 'leave tls out here, or DISABLE there' }
    : undefined;
}

function ofPort({ mode, service, plain }: MeshTls): Words<typeof messages> | undefined {
  if (plain === undefined || (mode !== 'SIMPLE' && mode !== 'MUTUAL')) return undefined;
  const { object } = service;
  const at = ['spec', 'ports'];
  return {
    id: 'plain',
    data: { mode, service: describeObject(object), port: plain.name ?? String(plain.port) },
    severity: 'warning',
    help: 'take tls out, or name the port of the Service https',
    related: [{ object, at, part: 'key', message: 'its ports' }],
  };
}
