/** Who refers to an object of a cluster by its name. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { referencesOf } from '../../kubernetes/references.ts';
import { addTo, remembered } from '../../multimap.ts';

const indexOf = remembered(referrersIn);

/**
 * The objects that were read and name this one; selectors, URLs and what is written in texts do not
 * count.
 */
export function referrersOf(cluster: Cluster, object: ClusterObject): readonly ClusterObject[] {
  return indexOf(cluster).get(keyOf(object.kind, object.namespace, object.name)) ?? [];
}

function referrersIn({ objects, options }: Cluster): ReadonlyMap<string, readonly ClusterObject[]> {
  const index = new Map<string, ClusterObject[]>();
  for (const object of objects.all) {
    const { apiVersion, kind, source } = object;
    const namespace = object.namespace ?? options.namespace;
    for (const reference of referencesOf({ apiVersion, kind, namespace, value: source.value }))
      addTo(index, keyOf(reference.kind, reference.namespace, reference.name), object);
  }
  return index;
}

function keyOf(kind: string, namespace: string | undefined, name: string): string {
  return `${kind}/${namespace ?? ''}/${name}`;
}
