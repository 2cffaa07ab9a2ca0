/**
 * Objects whose names were given a prefix everywhere but where they are named, as scaffolds of
 * operators are by kustomize: `webhook-service` is `shop-webhook-service` in the end.
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { remembered } from '../../memo.ts';
import { addTo, entryOf } from '../../multimap.ts';
import { isBeside, type Wanted } from './nearest-object.ts';

type ByEnd = ReadonlyMap<string, readonly ClusterObject[]>;

const endsOf = remembered((_: Cluster) => new Map<string, ByEnd>());

/** The objects of a kind by each end of their names that begins a word. */
function byEnd(cluster: Cluster, group: string, kind: string): ByEnd {
  return entryOf(endsOf(cluster), `${group}/${kind}`, () => {
    const ends = new Map<string, ClusterObject[]>();
    for (const object of cluster.objects.ofKind(group, kind))
      for (let at = object.name.indexOf('-'); at !== -1; at = object.name.indexOf('-', at + 1))
        addTo(ends, object.name.slice(at + 1), object);
    return ends;
  });
}

/** The only one of any namespace, if it stands beside what names it. */
export function prefixedOne(
  cluster: Cluster,
  from: ClusterObject,
  { group, kind, name }: Wanted,
  counts: (object: ClusterObject) => boolean = () => true,
): ClusterObject | undefined {
  const [only, ...others] = (byEnd(cluster, group, kind).get(name) ?? []).filter(counts);
  return only !== undefined && others.length === 0 && isBeside(only, from) ? only : undefined;
}
