import type { PodDisruptionBudgetSpec } from 'kubernetes-types/policy/v1';
import type { PodSet } from '../../src/cluster/pods.ts';
import { runsToCompletion } from '../../src/kubernetes/kinds.ts';
import { defineRule, type Words } from '../../src/lint/rule.ts';
import { budgetsBySet } from '../../src/lint/scaling/budgets.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

const messages = {
  uncounted: ({ field, workload }: { field: string; workload: string }) =>
    `${field} goes by how many pods are wanted, and ${workload} has no scale that says it`,
  none: () => 'maxUnavailable 0 allows no eviction, whatever the pods do',
  all: ({ wanted, count, workload }: { wanted: string; count: number; workload: string }) =>
    `minAvailable ${wanted} is all ` +
    `${count === 1 ? 'there is: the one pod' : `of the ${count} pods`} of ${workload}`,
};

export const budgetForbidsEviction = defineRule({
  meta: {
    id: 'budget-forbids-eviction',
    category: 'scaling',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['PodDisruptionBudget'],
    title: 'never lets a pod go',
    summary: 'A PodDisruptionBudget never allows an eviction',
    why:
      'an eviction is allowed while more pods are healthy than must be; where the budget ' +
      'asks for all of them, draining a node waits for ever and an update of the cluster ' +
      'stops there',
    fixable: false,
  },
  messages,
  check({ cluster, report }) {
    const seen = new Set<object>();
    for (const [set, budgets] of budgetsBySet(cluster)) {
      const [budget] = budgets;
      // With two budgets nothing can be evicted anyway, which is another finding.
      if (budget === undefined || budgets.length > 1 || seen.has(budget)) continue;
      seen.add(budget);
      const { spec = {} } = budget.value;
      const taken = cluster.policies.pods(spec.selector ?? {}, budget).map(({ set: one }) => one);
      const scaleless = taken.find((one) => uncountedField(spec, one) !== undefined);
      const uncounted = scaleless && uncountedField(spec, scaleless);
      const field = uncounted ?? blockingField(spec, taken);
      if (field === undefined) continue;
      const words =
        scaleless === undefined ? ofBlocking(field, spec, set) : ofUncounted(field, scaleless);
      report({ object: budget, at: ['spec', field], ...words });
    }
  },
});

type Field = 'minAvailable' | 'maxUnavailable';

function ofUncounted(field: Field, { workload }: PodSet): Words<typeof messages> {
  return {
    id: 'uncounted',
    data: { field, workload: describeObject(workload) },
    why:
      'the disruption controller asks the scale subresource of the controller of a pod for the ' +
      'count; where there is none the budget gets the condition SyncFailed and no pod may be ' +
      'evicted',
    help: 'write minAvailable with a number',
    related: [{ object: workload, at: ['kind'], message: 'cannot be scaled' }],
  };
}

function ofBlocking(
  field: Field,
  { minAvailable }: PodDisruptionBudgetSpec,
  { workload, count }: PodSet,
): Words<typeof messages> {
  const at = ['metadata', 'name'];
  const common = {
    help: 'let at least one pod go: maxUnavailable 1, and a replica more than must run',
    related: [{ object: workload, at, message: 'the pods that it protects' }],
  };
  if (field === 'maxUnavailable') return { ...common, id: 'none', data: undefined };
  return {
    ...common,
    id: 'all',
    data: { wanted: String(minAvailable), count, workload: describeObject(workload) },
    // One pod that must not be disturbed may be meant.
    severity: count === 1 ? 'info' : 'warning',
  };
}

/**
 * Of pods whose controller has no scale subresource only a number of available ones can be asked
 * for (pkg/controller/disruption/disruption.go `getExpectedScale`).
 */
function uncountedField(
  { minAvailable, maxUnavailable }: PodDisruptionBudgetSpec,
  { workload, hook }: PodSet,
): Field | undefined {
  // A hook runs while a release is installed, and is gone.
  if (hook !== undefined) return undefined;
  if (workload.kind !== 'DaemonSet' && !runsToCompletion(workload.kind)) return undefined;
  if (maxUnavailable !== undefined) return 'maxUnavailable';
  return typeof minAvailable === 'string' && minAvailable.endsWith('%')
    ? 'minAvailable'
    : undefined;
}

/**
 * Percentages of what must be available are rounded up (pkg/controller/disruption/disruption.go
 * `getExpectedPodCount`).
 */
function blockingField(
  { minAvailable, maxUnavailable }: PodDisruptionBudgetSpec,
  sets: readonly PodSet[],
): Field | undefined {
  if (maxUnavailable === 0 || maxUnavailable === '0%') return 'maxUnavailable';
  const [set] = sets;
  if (set === undefined || sets.length > 1 || !set.countKnown || set.count === 0) return undefined;
  if (typeof minAvailable === 'number')
    return minAvailable >= set.count ? 'minAvailable' : undefined;
  const [, percent] = /^(\d{1,3})%$/.exec(minAvailable ?? '') ?? [];
  return percent !== undefined && Math.ceil((Number(percent) * set.count) / 100) >= set.count
    ? 'minAvailable'
    : undefined;
}
