import { gatewayKinds, gatewayRefusals } from '../../src/lint/routes/gateway-refusals.ts';
import { defineRule } from '../../src/lint/rule.ts';

export const gatewayRefused = defineRule({
  meta: {
    id: 'gateway-refused',
    category: 'routing',
    severity: 'error',
    since: '0.1.0',
    scope: 'object',
    kinds: gatewayKinds,
    title: 'is refused by the API server',
    summary: 'A Gateway or a route is one that the definition of its kind does not allow',
    why:
      'the definitions of the Gateway API have rules that the API server asks when an object is ' +
      'applied: one that breaks them is refused (422 Invalid), and what was there before stays',
    fixable: false,
  },
  messages: {
    refused: ({ problem }: { problem: string }) => problem,
  },
  check({ cluster, report }) {
    for (const { problem, ...rest } of gatewayRefusals(cluster))
      report({ ...rest, id: 'refused', data: { problem } });
  },
});
