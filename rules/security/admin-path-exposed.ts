import { annotationsOf } from '../../src/cluster/objects.ts';
import { isInternalIngress } from '../../src/lint/endpoints/load-balancers.ts';
import { defineRule } from '../../src/lint/rule.ts';

/** Paths that are for whoever runs a program. */
const paths: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/^\/actuator(\/|$)/i, 'Spring Boot actuators'],
  [/^\/debug(\/pprof)?(\/|$)/i, 'profiling and debugging'],
  [/^\/(metrics|stats\/prometheus)(\/|$)/i, 'metrics'],
  [
    /^\/(heapdump|threaddump|jolokia|server-status|phpmyadmin)(\/|$)/i,
    'an administration interface',
  ],
];
/** Annotations by which a controller asks who it is, or lets some networks in only. */
const guarded =
  /\/(auth-(url|type|secret|tls-secret)|whitelist-source-range|allowlist-source-range|denylist-source-range|inbound-cidrs|auth-idp-oidc|router\.middlewares|plugins)$/;

export const adminPathExposed = defineRule({
  meta: {
    id: 'admin-path-exposed',
    category: 'security',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: ['Ingress'],
    title: 'opens an inner path to the outside',
    summary: 'An Ingress has a path for metrics, debugging or administration',
    why:
      'whoever reaches the Ingress reaches the path: such pages tell what a program holds in ' +
      'memory, or let one change it, and ask nobody for a password',
    fixable: false,
  },
  messages: {
    exposed: ({ path, what }: { path: string; what: string }) => `path ${path} is for ${what}`,
  },
  check({ cluster, report }) {
    for (const object of cluster.objects.of('Ingress')) {
      if (
        isInternalIngress(object) ||
        Object.keys(annotationsOf(object)).some((key) => guarded.test(key))
      )
        continue;
      for (const [index, { http }] of (object.value.spec?.rules ?? []).entries())
        for (const [number, { path = '' }] of (http?.paths ?? []).entries()) {
          const what = paths.find(([pattern]) => pattern.test(path))?.[1];
          if (what === undefined) continue;
          report({
            object,
            at: ['spec', 'rules', index, 'http', 'paths', number, 'path'],
            id: 'exposed',
            data: { path, what },
            help: 'take the path out, and use a Service of type ClusterIP or kubectl port-forward',
          });
        }
    }
  },
});
