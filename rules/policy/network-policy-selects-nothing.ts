import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { NetworkPolicy } from 'kubernetes-types/networking/v1';
import { formatSelector } from '../../src/cluster/labels.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { rulesOf } from '../../src/cluster/policy.ts';
import { namespaceOf } from '../../src/lint/references/reference.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { danglingSelector } from '../../src/lint/selectors/dangling.ts';
import {
  followSelector,
  isEmptySelector,
  nearFinding,
  selectorMessages,
} from '../../src/lint/selectors/follow-selector.ts';
import { describeNearest, isSlipOfThePen } from '../../src/lint/selectors/nearest.ts';
import type { Path } from '../../src/manifest/node.ts';

const messages = {
  ...selectorMessages,
  peer: ({
    namespace,
    selector,
    nearest,
  }: {
    namespace: string;
    selector: string;
    nearest: string;
  }) =>
    `no pod in namespace ${namespace} has ${selector}, so this peer lets nobody through; ` +
    `${nearest}`,
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
    why:
      'a NetworkPolicy isolates the pods of its own namespace whose labels match its ' +
      'podSelector; where none does it has no effect, and what it was to protect stays open',
    fixable: true,
  },
  messages,
  check(context) {
    const { policies } = context.cluster;
    for (const policy of policies.all) {
      const selector = policy.value.spec?.podSelector ?? {};
      const written = { object: policy, at: ['spec', 'podSelector'], selector };
      followSelector(context, written, policies.selected(policy));
      for (const peer of peersOf(policy)) checkPeer(policy, peer, context);
    }
  },
});

/** The pods of its own namespace that a policy lets talk to it, or that it may talk to. */
function peersOf(policy: ClusterObject<NetworkPolicy>): { selector: LabelSelector; at: Path }[] {
  return (['Ingress', 'Egress'] as const).flatMap((direction) =>
    rulesOf(policy, direction).flatMap(({ peers, path }) =>
      peers.flatMap(({ podSelector: selector, namespaceSelector }, index) => {
        if (selector === undefined || namespaceSelector !== undefined) return [];
        const list = direction === 'Ingress' ? 'from' : 'to';
        return isEmptySelector(selector)
          ? []
          : [{ selector, at: [...path, list, index, 'podSelector'] }];
      }),
    ),
  );
}

/**
 * Peers may be pods that are yet to come; only what is one slip away from pods that are there was
 * meant for those.
 */
function checkPeer(
  policy: ClusterObject<NetworkPolicy>,
  { selector, at }: { selector: LabelSelector; at: Path },
  { cluster, unseen, report }: RuleContext<typeof messages>,
): void {
  if (cluster.policies.pods(selector, policy).length > 0) return;
  // What the policy is called says nothing about its peers.
  const found = danglingSelector(selector, { ...policy, name: '' }, cluster, unseen);
  if (found.state !== 'near' || !isSlipOfThePen(found.nearest, found.pairs)) return;
  report({
    ...nearFinding({ object: policy, at, selector }, found, {
      reach: (namespace) =>
        `add a namespaceSelector for ${namespace || 'their namespace'} to the same item: a ` +
        `podSelector alone takes pods of the policy's own namespace`,
    }),
    id: 'peer',
    data: {
      namespace: namespaceOf(policy, cluster),
      selector: formatSelector(selector),
      nearest: describeNearest(found.nearest, found.pairs),
    },
    title: 'has a peer that is not a pod',
    severity: 'warning',
    why:
      'a podSelector without a namespaceSelector takes pods of the own namespace only; one ' +
      'that matches none allows nothing',
  });
}
