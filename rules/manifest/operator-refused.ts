import { operatorRefusals, refusingKinds } from '../../src/lint/objects/operator-refusals.ts';
import { defineRule } from '../../src/lint/rule.ts';

export const operatorRefused = defineRule({
  meta: {
    id: 'operator-refused',
    category: 'manifest',
    severity: 'error',
    since: '0.1.0',
    scope: 'object',
    kinds: refusingKinds,
    title: 'is refused by its operator',
    summary: 'A custom resource is one that its operator does not take',
    why:
      'the webhook of the operator refuses it when it is applied, or where there is none the ' +
      'operator does nothing for it and says so in its status',
    fixable: false,
  },
  messages: {
    refused: ({ problem }: { problem: string }) => problem,
  },
  check({ cluster, report }) {
    for (const { problem, ...rest } of operatorRefusals(cluster))
      report({ ...rest, id: 'refused', data: { problem } });
  },
});
