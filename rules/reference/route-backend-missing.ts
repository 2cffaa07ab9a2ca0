import { follow, missingMessages } from '../../src/lint/references/reference.ts';
import {
  misspeltBackends,
  routeBackends,
  routeKinds,
} from '../../src/lint/routes/route-backends.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { isSlip } from '../../src/text/slip.ts';

export const routeBackendMissing = defineRule({
  meta: {
    id: 'route-backend-missing',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: routeKinds,
    title: 'sends requests to a missing Service',
    summary: 'A Gateway API route sends requests to a Service that does not exist',
    why:
      'the gateway sets the condition ResolvedRefs to false with reason BackendNotFound; ' +
      'requests that would have gone there are answered with status 500, and TCP connections ' +
      'are refused',
    fixable: true,
  },
  messages: {
    ...missingMessages,
    kind: ({ kind }: { kind: string }) => `there is no kind "${kind}"; did you mean "Service"?`,
    workload: ({ kind }: { kind: string }) => `a route leads to Services, and not to a ${kind}`,
  },
  check(context) {
    for (const { route, path, kind } of misspeltBackends(context.cluster))
      context.report({
        object: route,
        at: [...path, 'kind'],
        id: isSlip(kind, 'Service') ? 'kind' : 'workload',
        data: { kind },
        why:
          'kinds are compared letter by letter: the gateway sets the condition ResolvedRefs ' +
          'to false with reason InvalidKind, and answers requests that would have gone there ' +
          'with status 500',
        help: 'write kind: Service, or leave it out: Service is the default',
        fixes: isSlip(kind, 'Service')
          ? [{ title: 'change it to Service', safety: 'safe', replace: 'Service' }]
          : [],
      });
    for (const { route, path, name, namespace } of routeBackends(context.cluster)) {
      const reach = (other: string): string =>
        `add namespace: ${other}, and a ReferenceGrant there`;
      follow(
        context,
        { object: route, at: [...path, 'name'] },
        { group: '', kind: 'Service', namespace, name },
        { reach },
      );
    }
  },
});
