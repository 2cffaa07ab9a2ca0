import type { NetworkPolicy } from 'kubernetes-types/networking/v1';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { formatSelector } from '../../src/cluster/labels.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { callsTo } from '../../src/lint/calls/calls.ts';
import { namespaceOf } from '../../src/lint/references/reference.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { danglingSelector } from '../../src/lint/selectors/dangling.ts';
import {
  followSelector,
  nearFinding,
  selectorMessages,
} from '../../src/lint/selectors/follow-selector.ts';
import { describeNearest, isSlipOfThePen } from '../../src/lint/selectors/nearest.ts';
import { haveAll, type PodPeer, podPeers } from '../../src/lint/selectors/pod-peers.ts';
import { prefixedLabel } from '../../src/lint/selectors/prefixed-labels.ts';
import { servicesOf } from '../../src/lint/selectors/services-of.ts';
import { briefValue } from '../../src/text/brief.ts';

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
  nobody: ({ namespace, selector }: { namespace: string; selector: string }) =>
    `no pod that was read in namespace ${namespace} has ${selector}: this rule lets no other ` +
    'through',
};

const aboutPeers = {
  title: 'has a peer that is not a pod',
  severity: 'warning',
  why:
    'a podSelector without a namespaceSelector takes pods of the own namespace only; one that ' +
    'matches none allows nothing',
} as const;

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
      for (const peer of podPeers(policy, context.cluster)) checkPeer(policy, peer, context);
    }
  },
});

/**
 * Peers may be pods that are yet to come; only what is one slip away from pods that are there was
 * meant for those, and what all of a namespace are told apart by shows who is there.
 */
function checkPeer(
  policy: ClusterObject<NetworkPolicy>,
  { selector, namespace, at, alone }: PodPeer,
  { cluster, unseen, report }: RuleContext<typeof messages>,
): void {
  const there = { ...policy, name: '', namespace };
  if (cluster.policies.pods(selector, there).length > 0) return;
  // What the policy is called says nothing about its peers.
  const found = danglingSelector(selector, there, cluster, unseen);
  const isSlip = found.state === 'near' && isSlipOfThePen(found.nearest, found.pairs);
  const near = isSlip ? found : prefixedLabel(selector, namespace, cluster);
  const isNobody = near === undefined && found.state === 'none' && alone;
  if (isNobody && haveAll(namespace, selector, cluster) && !areCalled(policy, cluster))
    report({
      object: policy,
      at,
      id: 'nobody',
      data: { namespace, selector: briefValue(formatSelector(selector)) },
      ...aboutPeers,
      severity: 'info',
      help: 'write labels of the pods that are to get through',
    });
  if (near === undefined) return;
  const nearest = describeNearest(near.nearest, near.pairs);
  const isElsewhere = namespace !== namespaceOf(policy, cluster);
  if (isElsewhere && near.nearest.difference === 'namespace') return;
  report({
    ...nearFinding({ object: policy, at, selector }, near, {
      reach: (namespace) =>
        `add a namespaceSelector for ${namespace || 'their namespace'} to the same item: a ` +
        `podSelector alone takes pods of the policy's own namespace`,
    }),
    id: 'peer',
    data: { namespace, selector: briefValue(formatSelector(selector)), nearest },
    ...aboutPeers,
  });
}

/** Whom a policy keeps from a Service is told where it is known: network-policy-blocks-caller. */
function areCalled(policy: ClusterObject<NetworkPolicy>, cluster: Cluster): boolean {
  return cluster.policies
    .selected(policy)
    .some(({ set }) =>
      servicesOf(cluster, set).some((service) => callsTo(cluster, service).length > 0),
    );
}
