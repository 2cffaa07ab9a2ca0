/** What autoscalers and budgets are about: the objects of each kind by the workload or the pods that they share. */
import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2';
import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1';
import type { Cluster } from '../cluster/cluster.ts';
import { type ClusterObject, groupOf } from '../cluster/objects.ts';
import type { PodSet } from '../cluster/pods.ts';
import { addTo } from '../multimap.ts';

/** Autoscalers with the workload that each scales, as far as it was read. */
export function scaledWorkloads({
  objects,
}: Cluster): { scaler: ClusterObject<HorizontalPodAutoscaler>; workload: ClusterObject }[] {
  return objects.of('HorizontalPodAutoscaler').flatMap((scaler) => {
    const { apiVersion = '', kind = '', name = '' } = scaler.value.spec?.scaleTargetRef ?? {};
    const workload = objects.findOfKind(groupOf(apiVersion), kind, scaler.namespace, name);
    return workload === undefined ? [] : [{ scaler, workload }];
  });
}

/** Sets of pods by the workload that makes them. */
export function setsByWorkload({ pods }: Cluster): ReadonlyMap<ClusterObject, readonly PodSet[]> {
  const sets = new Map<ClusterObject, PodSet[]>();
  for (const set of pods.all) addTo(sets, set.workload, set);
  return sets;
}

/** The budgets that certainly hold all pods of a set. */
export function budgetsBySet({
  objects,
  policies,
}: Cluster): ReadonlyMap<PodSet, readonly ClusterObject<PodDisruptionBudget>[]> {
  const budgets = new Map<PodSet, ClusterObject<PodDisruptionBudget>[]>();
  for (const budget of objects.of('PodDisruptionBudget')) {
    const { selector } = budget.value.spec ?? {};
    if (selector === undefined || budget.incomplete.length > 0) continue;
    for (const { set, truth } of policies.pods(selector, budget))
      if (truth === 'yes') addTo(budgets, set, budget);
  }
  return budgets;
}
