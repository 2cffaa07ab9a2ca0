import type { Cluster } from '../../cluster/cluster.ts';
import type { PodSet } from '../../cluster/pods.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { addTo } from '../../multimap.ts';

const known = new WeakMap<Cluster, Map<PodSet, ServicePicture[]>>();

/** The Services that take the pods of a set for certain, by their selector; the index is made when it is first asked for. */
export function servicesOf(cluster: Cluster, set: PodSet): readonly ServicePicture[] {
  let index = known.get(cluster);
  if (index === undefined) {
    index = new Map<PodSet, ServicePicture[]>();
    for (const service of cluster.services)
      for (const { members } of service.backends) addTo(index, members.set, service);
    known.set(cluster, index);
  }
  return index.get(set) ?? [];
}
