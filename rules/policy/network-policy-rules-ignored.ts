import type { NetworkPolicy, NetworkPolicyPeer } from 'kubernetes-types/networking/v1';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { type Direction, rulesOf } from '../../src/cluster/policy-rules.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';

const directions: readonly Direction[] = ['Ingress', 'Egress'];

const messages = {
  left: ({ direction, field }: Record<'direction' | 'field', string>) =>
    `policyTypes has no ${direction}: the rules of ${field} have no effect, and everything is ` +
    'allowed',
  beside: () =>
    'the empty namespaceSelector beside it is every pod of every namespace: this peer adds nothing',
};

export const networkPolicyRulesIgnored = defineRule({
  meta: {
    id: 'network-policy-rules-ignored',
    category: 'policy',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: ['NetworkPolicy'],
    title: 'has rules that nobody reads',
    summary: 'A NetworkPolicy has rules for a direction that its policyTypes leave out',
    why:
      'a policy isolates pods in the directions of policyTypes, and its rules for another ' +
      'direction are left aside: the pods stay open to everybody there',
    fixable: false,
  },
  messages,
  check({ cluster, report }) {
    for (const policy of cluster.policies.all) {
      for (const direction of directions) sayCovered(policy, direction, report);
      const types = policy.value.spec?.policyTypes ?? [];
      // The API server fills them in where none is written.
      if (types.length === 0) continue;
      for (const direction of directions) {
        const field = direction === 'Ingress' ? 'ingress' : 'egress';
        if (types.includes(direction) || rulesOf(policy, direction).length === 0) continue;
        report({
          object: policy,
          at: ['spec', field],
          part: 'key',
          id: 'left',
          data: { direction, field },
          help: `add ${direction} to policyTypes, or take the rules out`,
          related: [{ object: policy, at: ['spec', 'policyTypes'], message: 'the directions' }],
        });
      }
    }
  },
});

/** Pods beside all pods: one dash too many makes two peers of what was to be one. */
function sayCovered(
  policy: ClusterObject<NetworkPolicy>,
  direction: Direction,
  report: RuleContext<typeof messages>['report'],
): void {
  for (const { peers, path } of rulesOf(policy, direction)) {
    if (!peers.some(isEveryPod)) continue;
    const index = peers.findIndex(
      (peer) => peer.podSelector !== undefined && peer.namespaceSelector === undefined,
    );
    if (index === -1) continue;
    report({
      object: policy,
      at: [...path, direction === 'Ingress' ? 'from' : 'to', index, 'podSelector'],
      part: 'key',
      id: 'beside',
      data: undefined,
      title: 'admits more than it seems to',
      why:
        'the peers of a rule are added up; only a podSelector and a namespaceSelector in one ' +
        'peer, without a dash between them, must both fit',
      help: 'take the dash away, so that both stand in one peer, or take this one out',
    });
  }
}

function isEveryPod({ namespaceSelector, podSelector }: NetworkPolicyPeer): boolean {
  return (
    podSelector === undefined &&
    namespaceSelector !== undefined &&
    Object.keys(namespaceSelector).length === 0
  );
}
