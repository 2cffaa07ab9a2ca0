/** TLS modes that DestinationRules set, held against what the pods of their Service take. */
import type { ServicePort } from 'kubernetes-types/core/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { asText, fieldAt, type Path } from '../../kubernetes/json.ts';
import { protocolOf } from '../ports/spoken-protocol.ts';
import { IstioHosts, istioObjects } from './istio.ts';
import { peersOf } from './peer-authentication.ts';
import { itemsAt } from './route-backends.ts';

export interface MeshTls {
  readonly object: ClusterObject;
  /** From the DestinationRule to the mode. */
  readonly at: Path;
  readonly mode: string;
  readonly service: ServicePicture;
  /** What the pods ask for. */
  readonly peers: ReturnType<typeof peersOf>;
  /** A port that the mode is for, or the only one, where plain HTTP is spoken. */
  readonly plain: ServicePort | undefined;
}

export function* meshTls(cluster: Cluster): Iterable<MeshTls> {
  const rules = istioObjects(cluster, 'DestinationRule');
  if (rules.length === 0) return;
  const hosts = new IstioHosts(cluster);
  for (const object of rules) {
    const written = asText(fieldAt(object.value, 'spec', 'host')) ?? '';
    const host = hosts.resolve(written, object);
    const service = host && cluster.servicesByName.get(`${host.namespace}/${host.name}`);
    if (service === undefined) continue;
    const peers = peersOf(service, cluster);
    for (const { at, mode, port } of modesOf(object))
      yield { object, at, mode, service, peers, plain: plainPort(service, port) };
  }
}

function plainPort(service: ServicePicture, number: number | undefined): ServicePort | undefined {
  const { ports } = service;
  if (number === undefined && ports.length !== 1) return undefined;
  return ports.find(
    (port) =>
      (number === undefined || port.port === number) &&
      protocolOf(port, service) === 'plain' &&
      !maybeEncrypted.test(port.name ?? '') &&
      !maybeEncrypted.test(port.appProtocol ?? ''),
  );
}

/** What is spoken inside of TLS as often as without it. */
const maybeEncrypted = /^(?:grpc|http2)(?![a-z0-9])/i;

/** The TLS modes that a DestinationRule sets, for all ports or for one. */
function modesOf({ value }: ClusterObject): { at: Path; mode: string; port: number | undefined }[] {
  const root: Path = ['spec', 'trafficPolicy'];
  const places = [
    { path: root, port: undefined },
    ...itemsAt(value, [...root, 'portLevelSettings']).map((item) => ({
      path: item.path,
      port: fieldAt(item.value, 'port', 'number'),
    })),
  ];
  return places.flatMap(({ path, port }) => {
    const at = [...path, 'tls', 'mode'];
    const mode = asText(fieldAt(value, ...at));
    return mode === undefined
      ? []
      : [{ at, mode, port: typeof port === 'number' ? port : undefined }];
  });
}
