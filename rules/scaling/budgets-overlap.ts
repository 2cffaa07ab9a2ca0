import type { ClusterObject } from '../../src/cluster/objects.ts';
import { conflictSeverity } from '../../src/lint/objects/applied-together.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { budgetsBySet } from '../../src/lint/scaling/budgets.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

export const budgetsOverlap = defineRule({
  meta: {
    id: 'budgets-overlap',
    category: 'scaling',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['PodDisruptionBudget'],
    title: 'protects pods that another budget has',
    summary: 'Two PodDisruptionBudgets hold the same pods',
    why:
      'the API server refuses to evict a pod of which two budgets say something ("This pod ' +
      'has more than one PodDisruptionBudget, which the eviction subresource does not ' +
      'support"): draining its node never ends',
    fixable: false,
  },
  messages: {
    twice: ({ workload, other }: { workload: string; other: string }) =>
      `the pods of ${workload} belong to ${other} as well, so they cannot be evicted at all`,
  },
  check({ cluster, unit, report }) {
    const reported = new Set<ClusterObject>();
    const seen = new Set<object>();
    for (const [set, budgets] of budgetsBySet(cluster)) {
      if (seen.has(budgets)) continue;
      seen.add(budgets);
      const [first] = budgets;
      for (const budget of budgets) {
        if (first === undefined || budget === first || reported.has(budget)) continue;
        reported.add(budget);
        report({
          object: budget,
          at: ['spec', 'selector'],
          part: 'key',
          id: 'twice',
          data: { workload: describeObject(set.workload), other: describeObject(first) },
          severity: conflictSeverity(budget, first, unit),
          help: 'leave one budget for these pods, or tell their selectors apart',
          related: [
            { object: first, at: ['spec', 'selector'], part: 'key', message: 'selects them too' },
          ],
        });
      }
    }
  },
});
