import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { NetworkPolicy } from 'kubernetes-types/networking/v1';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { rulesOf } from '../../src/cluster/policy.ts';
import {
  formatSelector,
  nearFinding,
  whyNothingSelected,
} from '../../src/lint/selectors/dangling-selector.ts';
import { describeNearest, isSlipOfThePen } from '../../src/lint/selectors/nearest.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import type { Path } from '../../src/manifest/node.ts';

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
  peer: ({
    namespace,
    selector,
    nearest,
  }: {
    namespace: string;
    selector: string;
    nearest: string;
  }) =>
    `no pod in namespace ${namespace} has ${selector}, so this peer lets nobody through; ${nearest}`,
};

export const networkPolicySelectsNothing = defineRule({
  meta: {
    id: 'network-policy-selects-nothing',
    category: 'policy',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['NetworkPolicy'],
    title: 'selects no pod',
    summary: 'The pod selector of a NetworkPolicy, or of one of its peers, matches no pod',
    why: 'a NetworkPolicy isolates the pods of its own namespace whose labels match its podSelector; where none does it has no effect, and what it was to protect stays open',
    fixable: true,
  },
  messages,
  check(context) {
    for (const policy of context.cluster.policies.all) {
      const selector = policy.value.spec?.podSelector ?? {};
      const selected = context.cluster.policies.selected(policy);
      if (!isEmpty(selector) && selected.length === 0) checkSelector(policy, selector, context);
      else if (!isEmpty(selector) && selected.every(({ truth }) => truth === 'unknown')) {
        const reason = 'whether it selects pods depends on values that are filled in later';
        context.unknown({ object: policy, at: ['spec', 'podSelector'], part: 'key', reason });
      }
      checkPeers(policy, context);
    }
  },
});

function isEmpty({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean {
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
}

function checkSelector(
  policy: ClusterObject<NetworkPolicy>,
  selector: LabelSelector,
  context: RuleContext<typeof messages>,
): void {
  const { cluster, world, report, unknown } = context;
  const at: Path = ['spec', 'podSelector'];
  const namespace = policy.namespace ?? cluster.options.namespace;
  const found = whyNothingSelected(selector, policy, cluster, world);
  if (found.state === 'unknown') unknown({ object: policy, at, part: 'key', reason: found.reason });
  else if (found.state === 'none')
    report({
      object: policy,
      at,
      part: 'key',
      id: 'none',
      data: { namespace, selector: formatSelector(selector), objects: cluster.objects.all.length },
      severity: 'warning',
      dependsOn: cluster.pods.inNamespace(namespace).map(({ workload }) => workload),
    });
  else
    report({
      ...nearFinding(policy, at, found),
      id: 'near',
      data: {
        namespace,
        selector: formatSelector(selector),
        nearest: describeNearest(found.nearest, found.pairs),
      },
      severity: found.sure ? 'error' : 'warning',
    });
}

/** Peers may be pods that are yet to come; only what is one slip away from pods that are there was meant for those. */
function checkPeers(
  policy: ClusterObject<NetworkPolicy>,
  context: RuleContext<typeof messages>,
): void {
  const { cluster, world, report } = context;
  const namespace = policy.namespace ?? cluster.options.namespace;
  for (const direction of ['Ingress', 'Egress'] as const) {
    for (const { peers, path } of rulesOf(policy, direction)) {
      for (const [index, { podSelector, namespaceSelector }] of peers.entries()) {
        if (podSelector === undefined || namespaceSelector !== undefined || isEmpty(podSelector))
          continue;
        if (cluster.policies.pods(podSelector, policy).length > 0) continue;
        // What the policy is called says nothing about its peers.
        const found = whyNothingSelected(podSelector, { ...policy, name: '' }, cluster, world);
        if (found.state !== 'near' || !isSlipOfThePen(found.nearest, found.pairs)) continue;
        const { difference, workload } = found.nearest;
        report({
          ...nearFinding(
            policy,
            [...path, direction === 'Ingress' ? 'from' : 'to', index, 'podSelector'],
            found,
          ),
          ...(difference === 'namespace' && {
            help: `add a namespaceSelector for ${workload.namespace ?? 'their namespace'} to the same item: a podSelector alone takes pods of the policy's own namespace`,
          }),
          id: 'peer',
          data: {
            namespace,
            selector: formatSelector(podSelector),
            nearest: describeNearest(found.nearest, found.pairs),
          },
          title: 'has a peer that is no pod',
          severity: 'warning',
          why: 'a podSelector without a namespaceSelector takes pods of the own namespace only; one that matches none allows nothing',
        });
      }
    }
  }
}
