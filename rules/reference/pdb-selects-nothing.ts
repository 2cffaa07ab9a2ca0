import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import {
  formatSelector,
  nearFinding,
  whyNothingSelected,
} from '../../src/lint/selectors/dangling-selector.ts';
import { describeNearest } from '../../src/lint/selectors/nearest.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';

const messages = {
  near: ({
    namespace,
    selector,
    nearest,
  }: {
    namespace: string;
    selector: string;
    nearest: string;
  }) => `no pod in namespace ${namespace} has ${selector}; ${nearest}`,
  none: ({
    namespace,
    selector,
    objects,
  }: {
    namespace: string;
    selector: string;
    objects: number;
  }) => `no pod in namespace ${namespace} has ${selector} in the ${objects} objects read`,
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
    why: 'a budget counts the pods of its namespace whose labels match its selector, and only their eviction is held back; where none matches a drain takes all pods at once',
    fixable: true,
  },
  messages,
  check(context) {
    for (const budget of context.cluster.objects.of('PodDisruptionBudget'))
      checkBudget(budget, context);
  },
});

/** Absent selects nothing, empty everything (pkg/apis/policy/v1 conversion.go and pkg/registry/core/pod/storage/eviction.go: `LabelSelectorAsSelector`). */
function checkBudget(
  budget: ClusterObject<PodDisruptionBudget>,
  context: RuleContext<typeof messages>,
): void {
  const { cluster, world, report, unknown } = context;
  const namespace = budget.namespace ?? cluster.options.namespace;
  const selector = budget.value.spec?.selector;
  const place = { object: budget, at: ['spec', 'selector'], part: 'key' } as const;
  if (budget.incomplete.some((path) => path.length < 2 || path[1] === 'selector')) {
    return unknown({ ...place, reason: 'its selector is filled in later' });
  }
  if (selector === undefined) {
    const help = 'add the labels of the pods as selector.matchLabels';
    return report({
      object: budget,
      at: ['spec'],
      part: 'key',
      id: 'absent',
      data: { namespace },
      help,
    });
  }
  const { matchLabels = {}, matchExpressions = [] } = selector;
  if (Object.keys(matchLabels).length === 0 && matchExpressions.length === 0) return;
  const taken = cluster.policies.pods(selector, budget);
  if (taken.length > 0) {
    if (taken.every(({ truth }) => truth === 'unknown'))
      unknown({
        ...place,
        reason: 'whether it selects pods depends on values that are filled in later',
      });
    return;
  }
  const found = whyNothingSelected(selector, budget, cluster, world);
  if (found.state === 'unknown') return unknown({ ...place, reason: found.reason });
  if (found.state === 'none') {
    const data = {
      namespace,
      selector: formatSelector(selector),
      objects: cluster.objects.all.length,
    };
    const dependsOn = cluster.pods.inNamespace(namespace).map(({ workload }) => workload);
    return report({
      ...place,
      id: 'none',
      data,
      severity: 'warning',
      help: 'copy the selector of the workload that it shall protect',
      dependsOn,
    });
  }
  report({
    ...nearFinding(budget, place.at, found),
    id: 'near',
    data: {
      namespace,
      selector: formatSelector(selector),
      nearest: describeNearest(found.nearest, found.pairs),
    },
    severity: found.sure ? 'error' : 'warning',
  });
}
