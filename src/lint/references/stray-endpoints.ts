/** Hand-written Endpoints that no Service has the name of. */
import type { Cluster } from '../../cluster/cluster.ts';
import { leaderAnnotation } from '../../cluster/controllers/mirroring.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { lazily, remembered } from '../../memo.ts';
import { groupBy } from '../../multimap.ts';
import { nearestIn } from '../../text/name-index.ts';

export interface StrayEndpoints {
  readonly object: ClusterObject;
  /** A Service without endpoints, which they were probably meant for. */
  readonly waiting: ClusterObject | undefined;
}

export function strayEndpoints(cluster: Cluster): StrayEndpoints[] {
  const services = lazily(() => waitingServices(cluster));
  return cluster.unattachedEndpoints.flatMap((object) => {
    const isLock = object.value.metadata?.annotations?.[leaderAnnotation] !== undefined;
    if (isLock || isApiServersOwn(object)) return [];
    const waiting = waitingService(object, services(), cluster);
    return waiting === undefined && isVolumeSource(object, cluster) ? [] : [{ object, waiting }];
  });
}

/** The API server writes `default/kubernetes` by itself. */
function isApiServersOwn({ namespace, name }: ClusterObject): boolean {
  return namespace === 'default' && name === 'kubernetes';
}

/**
 * A Service that waits for hand-written endpoints: of a similar name, of the same name elsewhere,
 * or the only one there is.
 */
function waitingService(
  endpoints: ClusterObject,
  { byName, byNamespace }: Waiting,
  { work }: Cluster,
): ClusterObject | undefined {
  const elsewhere = byName
    .get(endpoints.name)
    ?.find(({ namespace }) => namespace !== endpoints.namespace);
  if (elsewhere !== undefined) return elsewhere;
  const here = byNamespace.get(endpoints.namespace) ?? [];
  const near = nearestIn(endpoints.name, namesOf(here));
  if (near !== undefined)
    return byName.get(near)?.find(({ namespace }) => namespace === endpoints.namespace);
  work.spend(here.length);
  const related = here.filter(
    ({ name }) => name.includes(endpoints.name) || endpoints.name.includes(name),
  );
  return related.length === 1 ? related[0] : undefined;
}

/** Services that have no endpoints of any kind. */
interface Waiting {
  readonly byName: ReadonlyMap<string, readonly ClusterObject[]>;
  readonly byNamespace: ReadonlyMap<string | undefined, readonly ClusterObject[]>;
}

const namesOf = remembered((objects: readonly ClusterObject[]) => objects.map(({ name }) => name));

function waitingServices({ services }: Cluster): Waiting {
  const waiting = services
    .filter(
      ({ selector, spec, manualEndpoints, manualSlices }) =>
        selector === undefined &&
        spec.type !== 'ExternalName' &&
        manualEndpoints === undefined &&
        manualSlices.length === 0,
    )
    .map(({ object }) => object);
  return {
    byName: groupBy(waiting, ({ name }) => name),
    byNamespace: groupBy(waiting, ({ namespace }) => namespace),
  };
}

/** GlusterFS volumes take their servers from Endpoints by name, without any Service. */
function isVolumeSource({ namespace, name }: ClusterObject, { pods }: Cluster): boolean {
  return pods
    .inNamespace(namespace ?? '')
    .some(({ spec }) =>
      (spec.volumes ?? []).some(({ glusterfs }) => glusterfs?.endpoints === name),
    );
}
