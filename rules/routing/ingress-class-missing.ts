import { followNearMiss } from '../../src/lint/references/named-objects.ts';
import { namingsOf } from '../../src/lint/references/namings.ts';
import { missingMessages } from '../../src/lint/references/reference.ts';
import { defineRule } from '../../src/lint/rule.ts';

export const ingressClassMissing = defineRule({
  meta: {
    id: 'ingress-class-missing',
    category: 'routing',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Ingress'],
    title: 'is of a class that does not exist',
    summary: 'An Ingress is of an IngressClass that does not exist',
    why:
      'an Ingress is served by the controller of its class; where no class has that name, ' +
      'every controller passes it over without a word',
    fixable: true,
  },
  // Classes are in no namespace: none can be in another one.
  messages: { nearName: missingMessages.nearName },
  check(context) {
    for (const naming of namingsOf(context.cluster, 'networking.k8s.io', 'IngressClass'))
      if (naming.object.kind === 'Ingress') followNearMiss(context, naming);
  },
});
