/**
 * Which rules have something to judge: most units hold few kinds of objects, and most rules are
 * about few kinds.
 */
import type { Cluster } from '../cluster/cluster.ts';
import { isDecoded, workloadKinds } from '../kubernetes/kinds.ts';
import type { RuleMeta } from './rule.ts';

/**
 * The kinds of a unit's objects. A custom resource that makes pods is judged like every workload,
 * so it stands for each of them.
 */
export function judgedKinds({ objects, pods }: Cluster): ReadonlySet<string> {
  const kinds = new Set([...objects.all, ...objects.repaired].map(({ kind }) => kind));
  if (pods.all.some(({ workload }) => !isDecoded(workload)))
    for (const kind of workloadKinds) kinds.add(kind);
  return kinds;
}

export function hasWork({ kinds: own }: RuleMeta, kinds: ReadonlySet<string>): boolean {
  return own.length === 0 || own.some((kind) => kinds.has(kind));
}
