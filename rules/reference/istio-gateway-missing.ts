import { followNearMiss, nearMissMessages } from '../../src/lint/references/named-objects.ts';
import { namingsOf } from '../../src/lint/references/namings.ts';
import { defineRule } from '../../src/lint/rule.ts';

export const istioGatewayMissing = defineRule({
  meta: {
    id: 'istio-gateway-missing',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['VirtualService'],
    title: 'is for a gateway that does not exist',
    summary: 'A VirtualService is bound to an Istio Gateway that does not exist',
    why:
      'a VirtualService takes effect at the gateways that it names only: where one of them is ' +
      'not there, requests that come in through it are answered with 404',
    fixable: true,
  },
  messages: nearMissMessages,
  check(context) {
    for (const naming of namingsOf(context.cluster, 'networking.istio.io', 'Gateway'))
      followNearMiss(context, naming, { also: 'only' });
  },
});
