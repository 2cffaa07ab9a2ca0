/** Which objects of a cluster somebody refers to by name. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { referencesOf } from '../../kubernetes/references.ts';

const known = new WeakMap<Cluster, ReadonlySet<string>>();

/** Whether an object that was read names this one; selectors, URLs and what is written in texts do not count. */
export function isReferenced(cluster: Cluster, object: ClusterObject): boolean {
  let named = known.get(cluster);
  if (named === undefined) known.set(cluster, (named = namesIn(cluster)));
  return named.has(keyOf(object.kind, object.namespace, object.name));
}

function namesIn({ objects, options }: Cluster): ReadonlySet<string> {
  const named = new Set<string>();
  for (const object of objects.all) {
    const { apiVersion, kind, source } = object;
    const namespace = object.namespace ?? options.namespace;
    for (const reference of referencesOf({ apiVersion, kind, namespace, value: source.value }))
      named.add(keyOf(reference.kind, reference.namespace, reference.name));
  }
  return named;
}

function keyOf(kind: string, namespace: string | undefined, name: string): string {
  return `${kind}/${namespace ?? ''}/${name}`;
}
