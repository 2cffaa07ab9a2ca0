import type { ClusterObject } from '../../src/cluster/objects.ts';
import { asText, fieldAt, type Json, type Path } from '../../src/kubernetes/json.ts';
import { protocolOf } from '../../src/lint/ports/spoken-protocol.ts';
import { IstioHosts, istioObjects } from '../../src/lint/references/istio.ts';
import { peersOf } from '../../src/lint/references/peer-authentication.ts';
import { itemsAt } from '../../src/lint/references/route-backends.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

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
  messages: {
    strict: ({ mode, service, policy }: Record<'mode' | 'service' | 'policy', string>) =>
      `tls mode ${mode} is not the TLS of the mesh, which ${policy} asks for at ${service}`,
    off: ({ mode, service, policy }: Record<'mode' | 'service' | 'policy', string>) =>
      `tls mode ${mode} is the TLS of the mesh, which ${policy} turns off at ${service}`,
    plain: ({ mode, service, port }: Record<'mode' | 'service' | 'port', string>) =>
      `tls mode ${mode} begins TLS with port ${port} of ${service}, which is for plain HTTP`,
  },
  check({ cluster, report }) {
    const rules = istioObjects(cluster, 'DestinationRule');
    if (rules.length === 0) return;
    const hosts = new IstioHosts(cluster);
    for (const object of rules) {
      const host = hosts.resolve(
        asText(fieldAt(object.value as Json, 'spec', 'host')) ?? '',
        object,
      );
      const service = host && cluster.servicesByName.get(`${host.namespace}/${host.name}`);
      if (service === undefined) continue;
      const about = describeObject(service.object);
      const peers = peersOf(service, cluster);
      const policy = peers && describeObject(peers.policy);
      const related = peers && [
        { object: peers.policy, at: peers.at, message: 'what it asks for' },
      ];
      for (const { at, mode, port } of modesOf(object)) {
        const common = { object, at, related: related ?? [] };
        if (peers?.mode === 'STRICT' && mode !== 'ISTIO_MUTUAL')
          report({
            ...common,
            id: 'strict',
            data: { mode, service: about, policy: policy ?? '' },
            help: 'write ISTIO_MUTUAL, or leave tls out: proxies then agree by themselves',
          });
        else if (peers?.mode === 'DISABLE' && mode === 'ISTIO_MUTUAL')
          report({
            ...common,
            id: 'off',
            data: { mode, service: about, policy: policy ?? '' },
            help: 'leave tls out here, or DISABLE there',
          });
        const plain = service.ports.find(
          (one) =>
            (port === undefined || one.port === port) && protocolOf(one, service) === 'plain',
        );
        const isAll = port !== undefined || service.ports.length === 1;
        if (plain !== undefined && isAll && (mode === 'SIMPLE' || mode === 'MUTUAL'))
          report({
            ...common,
            id: 'plain',
            data: { mode, service: about, port: plain.name ?? String(plain.port) },
            severity: 'warning',
            help: 'take tls out, or name the port of the Service https',
            related: [
              { object: service.object, at: ['spec', 'ports'], part: 'key', message: 'its ports' },
            ],
          });
      }
    }
  },
});

/** The TLS modes that a DestinationRule sets, for all ports or for one. */
function modesOf({ value }: ClusterObject): { at: Path; mode: string; port: number | undefined }[] {
  const root: Path = ['spec', 'trafficPolicy'];
  const places = [
    { path: root, port: undefined },
    ...itemsAt(value as Json, [...root, 'portLevelSettings']).map((item) => ({
      path: item.path,
      port: fieldAt(item.value, 'port', 'number'),
    })),
  ];
  return places.flatMap(({ path, port }) => {
    const at = [...path, 'tls', 'mode'];
    const mode = asText(fieldAt(value as Json, ...at));
    return mode === undefined
      ? []
      : [{ at, mode, port: typeof port === 'number' ? port : undefined }];
  });
}
