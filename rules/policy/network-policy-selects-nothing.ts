import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { NetworkPolicy } from 'kubernetes-types/networking/v1';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { formatSelector } from '../../src/cluster/labels.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { rulesOf } from '../../src/cluster/policy-rules.ts';
import type { Path } from '../../src/kubernetes/json.ts';
import { namespaceNameLabel } from '../../src/kubernetes/labels.ts';
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
import { prefixedLabel } from '../../src/lint/selectors/prefixed-labels.ts';
import { getOwn } from '../../src/own.ts';
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
      for (const peer of peersOf(policy, context.cluster)) checkPeer(policy, peer, context);
    }
  },
});

interface Peer {
  readonly selector: LabelSelector;
  /** The one namespace that it looks into. */
  readonly namespace: string;
  readonly at: Path;
}

/** The namespace that a selector asks for by its name. */
function namedNamespace({ matchLabels = {}, matchExpressions = [] }: LabelSelector) {
  const named = Object.keys(matchLabels).length === 1 && matchExpressions.length === 0;
  return named ? getOwn(matchLabels, namespaceNameLabel) : undefined;
}

/** The pods of one namespace that a policy lets talk to it, or that it may talk to. */
function peersOf(policy: ClusterObject<NetworkPolicy>, cluster: Cluster): Peer[] {
  return (['Ingress', 'Egress'] as const).flatMap((direction) =>
    rulesOf(policy, direction).flatMap(({ peers, path }) =>
      peers.flatMap(({ podSelector: selector, namespaceSelector }, index) => {
        if (selector === undefined || isEmptySelector(selector)) return [];
        const namespace =
          namespaceSelector === undefined
            ? namespaceOf(policy, cluster)
            : namedNamespace(namespaceSelector);
        const list = direction === 'Ingress' ? 'from' : 'to';
        return namespace === undefined
          ? []
          : [{ selector, namespace, at: [...path, list, index, 'podSelector'] }];
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
  { selector, namespace, at }: Peer,
  { cluster, unseen, report }: RuleContext<typeof messages>,
): void {
  const there = { ...policy, name: '', namespace };
  if (cluster.policies.pods(selector, there).length > 0) return;
  // What the policy is called says nothing about its peers.
  const found = danglingSelector(selector, there, cluster, unseen);
  const isSlip = found.state === 'near' && isSlipOfThePen(found.nearest, found.pairs);
  const near = isSlip ? found : prefixedLabel(selector, namespace, cluster);
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
    title: 'has a peer that is not a pod',
    severity: 'warning',
    why:
      'a podSelector without a namespaceSelector takes pods of the own namespace only; one ' +
      'that matches none allows nothing',
  });
}
