import { type Direction, rulesOf } from '../../src/cluster/policy-rules.ts';
import { defineRule } from '../../src/lint/rule.ts';

const directions: readonly Direction[] = ['Ingress', 'Egress'];

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
  messages: {
    left: ({ direction, field }: Record<'direction' | 'field', string>) =>
      `policyTypes has no ${direction}: the rules of ${field} have no effect, and everything is ` +
      'allowed',
  },
  check({ cluster, report }) {
    for (const policy of cluster.policies.all) {
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
