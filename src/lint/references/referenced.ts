/** Who refers to an object of a cluster by its name. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { referencesOf } from '../../kubernetes/references.ts';
import { remembered } from '../../memo.ts';
import { groupByEach } from '../../multimap.ts';

const indexOf = remembered(referrersIn);

/**
 * The objects that were read and name this one; selectors, URLs and what is written in texts do not
 * count.
 */
export function referrersOf(
  cluster: Cluster,
  {
    kind,
    namespace,
    name,
  }: {
    readonly kind: string;
    readonly namespace?: string | undefined;
    readonly name: string;
  },
): readonly ClusterObject[] {
  return indexOf(cluster).get(keyOf(kind, namespace, name)) ?? [];
}

const setOf = remembered((list: readonly ClusterObject[]) => new Set(list));

/** Whether an object is the other one, or names it: as a workload does the settings of its pods. */
export function isOrNames(one: ClusterObject, object: ClusterObject, cluster: Cluster): boolean {
  return one === object || setOf(referrersOf(cluster, object)).has(one);
}

function referrersIn({ objects, options }: Cluster): ReadonlyMap<string, readonly ClusterObject[]> {
  return groupByEach(objects.all, ({ apiVersion, kind, source, namespace = options.namespace }) =>
    referencesOf({ apiVersion, kind, namespace, value: source.value }).map((reference) =>
      keyOf(reference.kind, reference.namespace, reference.name),
    ),
  );
}

function keyOf(kind: string, namespace: string | undefined, name: string): string {
  return `${kind}/${namespace ?? ''}/${name}`;
}
