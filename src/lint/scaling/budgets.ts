/** Which PodDisruptionBudgets hold which pods. */
import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import type { Selected } from '../../cluster/policy.ts';
import { addTo, entryOf } from '../../multimap.ts';

type Budget = ClusterObject<PodDisruptionBudget>;

/**
 * The budgets that certainly hold all pods of a set; sets that the same ones hold share the list.
 */
export function budgetsBySet({
  objects,
  policies,
  work,
}: Cluster): ReadonlyMap<PodSet, readonly Budget[]> {
  const bySelected = new Map<readonly Selected[], Budget[]>();
  for (const budget of objects.of('PodDisruptionBudget')) {
    const { selector } = budget.value.spec ?? {};
    if (selector === undefined || budget.incomplete.length > 0) continue;
    addTo(bySelected, policies.pods(selector, budget), budget);
  }
  const lists = new Map<PodSet, (readonly Budget[])[]>();
  for (const [selected, budgets] of bySelected)
    for (const { set, truth } of selected) if (truth === 'yes') addTo(lists, set, budgets);
  const places = new Map(objects.of('PodDisruptionBudget').map((budget, place) => [budget, place]));
  const place = (budget: Budget): number => places.get(budget) ?? 0;
  const joined = new Map<string, readonly Budget[]>();
  const join = (own: readonly (readonly Budget[])[]): readonly Budget[] =>
    own.length === 1
      ? own[0]!
      : entryOf(joined, own.map(([first]) => place(first!)).join(), (): readonly Budget[] => {
          work.spend(own.reduce((sum, { length }) => sum + length, 0));
          return own.flat().sort((a, b) => place(a) - place(b));
        });
  return new Map([...lists].map(([set, own]) => [set, join(own)]));
}
