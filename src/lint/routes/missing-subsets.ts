/** Subsets that VirtualServices send requests to and that no DestinationRule defines. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { isBeside } from '../references/nearest-object.ts';
import { namespaceOf } from '../references/reference.ts';
import type { Unseen } from '../unseen/unseen.ts';
import {
  type Destination,
  destinations,
  IstioHosts,
  istioObjects,
  type KnownSubsets,
  Subsets,
} from './istio.ts';

export interface MissingSubset extends Destination {
  readonly subset: string;
  /** Why it may be defined all the same. */
  readonly reason: string | undefined;
  /** What the DestinationRules for its host define. */
  readonly known: KnownSubsets;
}

export function* missingSubsets(cluster: Cluster, unseen: Unseen): Iterable<MissingSubset> {
  const subsets = new Subsets(cluster);
  const hosts = new IstioHosts(cluster);
  for (const object of istioObjects(cluster, 'VirtualService')) {
    for (const destination of destinations(object)) {
      const missing = findMissing(destination, subsets, hosts, cluster, unseen);
      if (missing !== undefined) yield missing;
    }
  }
}

function findMissing(
  destination: Destination,
  subsets: Subsets,
  hosts: IstioHosts,
  cluster: Cluster,
  unseen: Unseen,
): MissingSubset | undefined {
  const { object, host, subset } = destination;
  if (subset === undefined || isPlaceholder(subset)) return undefined;
  const known = subsets.forHost(host, namespaceOf(object, cluster));
  if (known.has(subset) || known.open) return undefined;
  const whyUnseen = unseen.whyDocumentUnseen('DestinationRule');
  // Where there are DestinationRules for other hosts, one for a Service that was read is missed,
  // and beside the VirtualService is where it would be.
  const service = serviceOf(destination, hosts, cluster);
  const isExpected = service !== undefined && (!subsets.isEmpty || isBeside(service, object));
  const reason =
    whyUnseen ??
    (known.rules.length > 0 || isExpected
      ? undefined
      : 'no DestinationRule for this host was read together with it');
  return { ...destination, subset, reason, known };
}

/** The Service that the host is, if it was read. */
function serviceOf(
  { object, host }: Destination,
  hosts: IstioHosts,
  cluster: Cluster,
): ClusterObject | undefined {
  const service = hosts.resolve(host, object);
  return service && cluster.objects.find('Service', service.namespace, service.name);
}
