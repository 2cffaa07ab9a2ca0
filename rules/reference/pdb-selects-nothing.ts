import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { namespaceOf } from '../../src/lint/references/reference.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { followSelector, selectorMessages } from '../../src/lint/selectors/follow-selector.ts';

const messages = {
  ...selectorMessages,
  absent: ({ namespace }: { namespace: string }) =>
    `there is no selector; "selector: {}" would mean every pod of namespace ${namespace}`,
};

export const pdbSelectsNothing = defineRule({
  meta: {
    id: 'pdb-selects-nothing',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['PodDisruptionBudget'],
    title: 'protects no pod',
    summary: 'A PodDisruptionBudget protects no pod',
    why:
      'a budget counts the pods of its namespace whose labels match its selector, and only ' +
      'their eviction is held back; where none matches a drain takes all pods at once',
    fixable: true,
  },
  messages,
  check(context) {
    for (const budget of context.cluster.objects.of('PodDisruptionBudget'))
      checkBudget(budget, context);
  },
});

/**
 * Absent selects nothing, empty everything (pkg/apis/policy/v1 conversion.go and
 * pkg/registry/core/pod/storage/eviction.go: `LabelSelectorAsSelector`).
 */
function checkBudget(
  budget: ClusterObject<PodDisruptionBudget>,
  context: RuleContext<typeof messages>,
): void {
  const selector = budget.value.spec?.selector;
  const at = ['spec', 'selector'];
  if (budget.incomplete.some((path) => path.length < 2 || path[1] === 'selector')) {
    const reason = 'its selector is filled in later';
    return context.unknown({ object: budget, at, part: 'key', reason });
  }
  if (selector === undefined)
    return context.report({
      object: budget,
      at: ['spec'],
      part: 'key',
      id: 'absent',
      data: { namespace: namespaceOf(budget, context.cluster) },
      help: 'add the labels of the pods as selector.matchLabels',
    });
  const taken = context.cluster.policies.pods(selector, budget);
  followSelector(context, { object: budget, at, selector }, taken, {
    help: 'copy the selector of the workload that it must protect',
  });
}
