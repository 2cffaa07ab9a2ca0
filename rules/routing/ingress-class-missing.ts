import { changeTo } from '../../src/lint/fixes/change-to.ts';
import { followNearMiss } from '../../src/lint/references/named-objects.ts';
import { namingsOf } from '../../src/lint/references/namings.ts';
import { missingMessages } from '../../src/lint/references/reference.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { getOwn } from '../../src/own.ts';
import { isSlip } from '../../src/text/slip.ts';

/** What controllers call their class by default; one that was not read is mostly one of these. */
const usualClasses = ['nginx', 'traefik', 'haproxy', 'contour', 'cilium', 'istio'];

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
    const isAnyRead =
      context.cluster.objects.ofKind('networking.k8s.io', 'IngressClass').length > 0;
    for (const naming of namingsOf(context.cluster, 'networking.k8s.io', 'IngressClass')) {
      if (naming.object.kind !== 'Ingress') continue;
      const { path: at, name } = naming.reference;
      const meant = isAnyRead ? undefined : meantUsual(name);
      if (meant === undefined) followNearMiss(context, naming);
      else
        context.report({
          object: naming.object,
          at,
          id: 'nearName',
          data: { what: `IngressClass "${name}"`, nearest: meant },
          severity: 'warning',
          ...changeTo(meant, 'unsafe'),
        });
    }
    if (!isAnyRead) checkAnnotations(context);
  },
});

/** The old way to name a class: any text is taken. */
function checkAnnotations({
  cluster,
  report,
}: RuleContext<Pick<typeof missingMessages, 'nearName'>>): void {
  const key = 'kubernetes.io/ingress.class';
  for (const object of cluster.objects.of('Ingress')) {
    const name = getOwn(object.value.metadata?.annotations, key) ?? '';
    const meant = meantUsual(name);
    if (meant === undefined) continue;
    report({
      object,
      at: ['metadata', 'annotations', key],
      id: 'nearName',
      data: { what: `class "${name}"`, nearest: meant },
      severity: 'warning',
      ...changeTo(meant, 'unsafe'),
    });
  }
}

/** `nginx2` is a second one. */
function meantUsual(name: string): string | undefined {
  return usualClasses.includes(name) || /\d/.test(name)
    ? undefined
    : usualClasses.find((one) => isSlip(name, one));
}
