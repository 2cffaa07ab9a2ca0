import { followNearMiss } from '../../src/lint/references/named-objects.ts';
import {
  followService,
  type ReachedService,
  reachService,
} from '../../src/lint/references/reached-service.ts';
import { missingMessages } from '../../src/lint/references/reference.ts';
import { checkServicePort, portNameMessages } from '../../src/lint/references/service-port.ts';
import { type ProxyBackend, proxyBackends } from '../../src/lint/routes/proxy-backends.ts';
import { unreadableMatches } from '../../src/lint/routes/traefik-match.ts';
import { misnamedMiddlewares } from '../../src/lint/routes/traefik-routes.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';

const messages = {
  ...missingMessages,
  ...portNameMessages,
  middleware: ({ written, meant }: Record<'written' | 'meant', string>) =>
    `no middleware is called "${written}"; Traefik calls the one that was read "${meant}"`,
  match: ({ problem }: { problem: string }) => problem,
  kind: ({ kind }: { kind: string }) => `there is no kind "${kind}"; did you mean "Service"?`,
};

export const proxyRouteMismatch = defineRule({
  meta: {
    id: 'proxy-route-mismatch',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: [],
    title: 'leads to no port of a Service',
    summary:
      'A route of a proxy, or another custom resource, names a Service or port that does not exist',
    why:
      'the controller of the proxy looks the Service up when it reads the route; nothing ' +
      'checks the name or the port before',
    fixable: true,
  },
  messages,
  check(context) {
    const { services, misspelt } = proxyBackends(context.cluster);
    for (const { route, path, kind, proxy } of misspelt)
      context.report({
        object: route,
        at: [...path.slice(0, -1), 'kind'],
        id: 'kind',
        data: { kind },
        why: proxy.consequence,
        help: 'write kind: Service, or leave it out: Service is the default',
        fixes: [{ title: 'change it to Service', safety: 'safe', replace: 'Service' }],
      });
    for (const backend of services) checkBackend(backend, context);
    for (const { object, at, problem, help } of unreadableMatches(context.cluster))
      context.report({
        object,
        at,
        id: 'match',
        data: { problem },
        title: 'has a rule that Traefik cannot read',
        why:
          'Traefik leaves out a router whose rule it cannot read, and its requests are answered ' +
          'with 404',
        help,
      });
    for (const { object, at, written, meant, of } of misnamedMiddlewares(context.cluster))
      context.report({
        object,
        at,
        id: 'middleware',
        data: { written, meant },
        title: 'names a middleware that does not exist',
        why:
          'Traefik calls a middleware NAMESPACE-NAME@kubernetescrd; a router that names another ' +
          'one is left out, and its requests are answered with 404',
        help: `write ${meant}`,
        related: [{ object: of, at: ['metadata', 'name'], message: 'this middleware' }],
      });
  },
});

function checkBackend(backend: ProxyBackend, context: RuleContext<typeof messages>): void {
  const { route, path, name, namespace, port, proxy } = backend;
  const why = proxy.consequence;
  const service =
    backend.common === true
      ? nearService(backend, context)
      : followService(
          context,
          { object: route, at: path },
          { name, namespace },
          { why, ...(proxy.reach !== undefined && { reach: proxy.reach }) },
        );
  if (service === undefined || port === undefined || isPlaceholder(port.value)) return;
  // What an ExternalName leads to need not be among its ports.
  if (service.picture?.spec.type === 'ExternalName') return;
  const { value } = port;
  const written = typeof value === 'number' ? { number: value } : { name: value };
  checkServicePort(context, { object: route, at: port.path }, service, written, { why });
}

/** What only looks like a reference to a Service is none that is missing, unless one is near. */
function nearService(
  { route, ...reference }: ProxyBackend,
  context: RuleContext<typeof messages>,
): ReachedService | undefined {
  const naming = { object: route, reference };
  followNearMiss(context, naming, { why: reference.proxy.consequence, also: 'similar' });
  return reachService(context, route, reference);
}
