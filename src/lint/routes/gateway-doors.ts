/**
 * Gateways of Istio and the Service in front of the pods that they select.
 *
 * @source istio/istio pkg/config/analysis/analyzers/gateway/gateway.go `analyzeGateway`
 *   @0a617ca9
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { fieldAt, type Path, textPairs } from '../../kubernetes/json.ts';
import { servicesOf } from '../selectors/services-of.ts';
import { itemsAt } from './route-backends.ts';

export interface ClosedDoor {
  readonly gateway: ClusterObject;
  readonly at: Path;
  readonly port: number;
  readonly service: ServicePicture;
}

/** Servers at ports that no Service in front of the gateway's pods has. */
export function* closedDoors(cluster: Cluster): Iterable<ClosedDoor> {
  for (const gateway of cluster.objects.everyOfKind('networking.istio.io', 'Gateway')) {
    const services = servicesBefore(gateway, cluster);
    const [service] = services;
    if (service === undefined) continue;
    const open = new Set(
      services.flatMap(({ ports }) => ports.flatMap(({ port, targetPort }) => [port, targetPort])),
    );
    // By name a port of the pods may be any.
    if ([...open].some((port) => typeof port === 'string')) continue;
    for (const { path, value } of itemsAt(gateway.value, ['spec', 'servers'])) {
      const port = fieldAt(value, 'port', 'number');
      if (typeof port === 'number' && !open.has(port))
        yield { gateway, at: [...path, 'port', 'number'], port, service };
    }
  }
}

/** Those in front of pods that the gateway selects, of any namespace. */
function servicesBefore(gateway: ClusterObject, cluster: Cluster): readonly ServicePicture[] {
  const selector = textPairs(fieldAt(gateway.value, 'spec', 'selector'));
  const [first] = Object.entries(selector);
  if (first === undefined) return [];
  const { pods } = cluster;
  const sets = pods
    .namespacesWith(...first)
    .flatMap((namespace) => pods.select(selector, namespace))
    .filter(({ truth }) => truth === 'yes');
  return [...new Set(sets.flatMap(({ members }) => servicesOf(cluster, members.set)))];
}
