/**
 * Which rules have something to judge: most units hold few kinds of objects, and most rules are
 * about few kinds.
 */
import type { Cluster } from '../cluster/cluster.ts';
import { isDecoded, workloadKinds } from '../kubernetes/kinds.ts';
import { entryOf } from '../multimap.ts';
import type { Rule, RuleMeta } from './rule.ts';

/**
 * The kinds of a unit's objects. A custom resource that makes pods is judged like every workload,
 * so it stands for each of them.
 */
export function judgedKinds({ objects, pods }: Cluster): ReadonlySet<string> {
  const kinds = new Set<string>();
  for (const { kind } of objects.all) kinds.add(kind);
  for (const { kind } of objects.repaired) kinds.add(kind);
  if (pods.all.some(({ workload }) => !isDecoded(workload)))
    for (const kind of workloadKinds) kinds.add(kind);
  return kinds;
}

/**
 * Those of `rules` that have work in a unit of some kinds. Units may be thousands; the sets of
 * kinds that rules are about are few.
 */
export function rulesWithWork<R extends { readonly rule: Rule }>(
  rules: readonly R[],
): (kinds: ReadonlySet<string>) => ReadonlySet<R> {
  const concerned = new Set(rules.flatMap(({ rule }) => rule.meta.kinds));
  const known = new Map<string, ReadonlySet<R>>();
  return (kinds) => {
    const own = [...kinds].filter((kind) => concerned.has(kind)).sort();
    return entryOf(
      known,
      own.join(),
      () => new Set(rules.filter(({ rule }) => hasWork(rule.meta, kinds))),
    );
  };
}

function hasWork({ kinds: own }: RuleMeta, kinds: ReadonlySet<string>): boolean {
  return own.length === 0 || own.some((kind) => kinds.has(kind));
}
