/** Names of SRV records in what containers are given: `_grpc._tcp.users.shop.svc.cluster.local`. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { namespaceOf } from '../references/reference.ts';
import type { Place } from '../rule.ts';
import { appSettings, partOf } from './app-settings.ts';

/** A record that cluster DNS does not have, of a Service that is there. */
export interface MissingRecord {
  /** Of the name of the port. */
  readonly place: Place;
  readonly port: string;
  readonly protocol: string;
  readonly service: ServicePicture;
}

const record =
  /(?<![\w.-])_([a-z0-9-]{1,63})\._(tcp|udp|sctp)\.([a-z0-9-]{1,63})(?:\.([a-z0-9-]{1,63}))?(?:\.svc(?:\.cluster\.local)?)?(?![\w-])/g;

/**
 * Each named port of a Service has one, by its name and protocol (CoreDNS plugin/kubernetes
 * `findServices`).
 */
export function* missingRecords(cluster: Cluster): Iterable<MissingRecord> {
  for (const given of appSettings(cluster)) {
    if (!/\._(tcp|udp|sctp)\./.test(given.text)) continue;
    for (const match of given.text.matchAll(record)) {
      const [, port = '', protocol = '', name = '', namespace] = match;
      const home = namespace ?? namespaceOf(given.object, cluster);
      const service = cluster.servicesByName.get(`${home}/${name}`);
      if (service === undefined || service.spec.type === 'ExternalName') continue;
      const isThere = service.ports.some(
        (one) => one.name === port && (one.protocol ?? 'TCP').toLowerCase() === protocol,
      );
      if (!isThere)
        yield { place: partOf(given, match.index + 1, port.length), port, protocol, service };
    }
  }
}
