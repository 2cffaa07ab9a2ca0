/** Services without a selector for which nobody has written endpoints. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { asJsonObject } from '../../kubernetes/json.ts';
import { addTo, lazily } from '../../multimap.ts';
import { nearestIn } from '../../text/name-index.ts';

export interface EndpointlessService {
  readonly object: ClusterObject;
  /** An empty selector is written. */
  readonly written: boolean;
  /** The pods of a workload that has its name. */
  readonly pods: PodSet | undefined;
  /** A selector may be filled in later. */
  readonly open: boolean;
}

export function* endpointlessServices(cluster: Cluster): Iterable<EndpointlessService> {
  const orphans = lazily(() => {
    const found = new Map<string | undefined, string[]>();
    for (const { namespace, name } of cluster.unattachedEndpoints) addTo(found, namespace, name);
    return found;
  });
  for (const service of cluster.services) {
    if (!isWaiting(service)) continue;
    const { object } = service;
    const open = object.incomplete.some((path) => path.length < 2 || path[1] === 'selector');
    // Endpoints whose name was meant to be this one's are accused themselves.
    if (!open && nearestIn(object.name, orphans().get(object.namespace) ?? []) !== undefined)
      continue;
    const [pods] = cluster.pods.named(object.namespace ?? cluster.options.namespace, object.name);
    const written = Object.hasOwn(asJsonObject(object.source.value['spec']) ?? {}, 'selector');
    yield { object, written, pods, open };
  }
}

function isWaiting({
  object,
  spec,
  selector,
  automatic,
  manualEndpoints,
  manualSlices,
}: ServicePicture): boolean {
  return (
    !automatic &&
    selector === undefined &&
    spec.type !== 'ExternalName' &&
    manualEndpoints === undefined &&
    manualSlices.length === 0 &&
    !(object.namespace === 'default' && object.name === 'kubernetes')
  );
}
