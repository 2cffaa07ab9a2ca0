import { gatewayGroup } from '../../src/kubernetes/groups.ts';
import { followNearMiss } from '../../src/lint/references/named-objects.ts';
import { namingsOf } from '../../src/lint/references/namings.ts';
import { missingMessages } from '../../src/lint/references/reference.ts';
import { defineRule } from '../../src/lint/rule.ts';

export const gatewayClassMissing = defineRule({
  meta: {
    id: 'gateway-class-missing',
    category: 'routing',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Gateway'],
    title: 'is of a class that does not exist',
    summary: 'A Gateway is of a GatewayClass that does not exist',
    why:
      'a Gateway is served by the controller of its class; where no class has that name, ' +
      'nobody programs it: it gets no address and no condition, and its routes lead nowhere',
    fixable: true,
  },
  // Classes are in no namespace: none can be in another one.
  messages: { nearName: missingMessages.nearName },
  check(context) {
    for (const naming of namingsOf(context.cluster, gatewayGroup, 'GatewayClass'))
      if (naming.object.kind === 'Gateway') followNearMiss(context, naming);
  },
});
