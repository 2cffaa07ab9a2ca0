import type { Ingress } from 'kubernetes-types/networking/v1';
import { annotationsOf, type ClusterObject } from '../../src/cluster/objects.ts';
import type { Path } from '../../src/kubernetes/json.ts';
import { ingressClassAnnotation } from '../../src/kubernetes/labels.ts';
import { probablyAppliedTogether } from '../../src/lint/objects/applied-together.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';

export const ingressRouteDuplicate = defineRule({
  meta: {
    id: 'ingress-route-duplicate',
    category: 'routing',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Ingress'],
    title: 'answers for what another one has',
    summary: 'Two Ingress rules have the same host and path',
    why:
      'nobody says which of two equal rules counts: ingress-nginx takes the older Ingress ' +
      'and logs a warning, other controllers mix them, so which backend answers depends on ' +
      'when they were applied',
    fixable: false,
  },
  messages: {
    twice: ({ route, other }: { route: string; other: string }) =>
      `${route} is routed by ${other} as well, to another backend`,
    again: ({ route, other }: { route: string; other: string }) =>
      `${route} is routed by ${other} as well, to the same backend`,
  },
  check({ cluster, unit, report }) {
    const first = new Map<string, Route>();
    for (const ingress of cluster.objects.of('Ingress')) {
      if (isVariant(ingress)) continue;
      for (const route of routesOf(ingress)) {
        const other = first.get(route.key);
        if (other === undefined) first.set(route.key, route);
        if (other === undefined) continue;
        const isSame = other.ingress === ingress;
        const place = {
          object: ingress,
          at: route.at,
          data: {
            route: route.words,
            other: isSame ? 'this Ingress' : describeObject(other.ingress),
          },
          related: [{ object: other.ingress, at: other.at, message: 'the same host and path' }],
        };
        if (other.backend === route.backend)
          report({ ...place, id: 'again', severity: 'info', help: 'take one of them out' });
        else
          report({
            ...place,
            id: 'twice',
            severity: probablyAppliedTogether(ingress, other.ingress, unit) ? 'warning' : 'info',
            help: 'take one of them out, or give them different paths',
          });
      }
    }
  },
});

interface Route {
  readonly ingress: ClusterObject<Ingress>;
  readonly at: Path;
  /** Equal for rules that compete: class, host, kind of path and path. */
  readonly key: string;
  readonly words: string;
  readonly backend: string;
}

/**
 * Canaries share the route of another Ingress on purpose, and so do rules that look at headers or
 * methods.
 */
function isVariant(ingress: ClusterObject<Ingress>): boolean {
  return Object.keys(annotationsOf(ingress)).some((key) =>
    /canary|conditions\.|match|methods|headers|server-snippet|configuration-snippet|group\.order/.test(
      key,
    ),
  );
}

function routesOf(ingress: ClusterObject<Ingress>): Route[] {
  const { ingressClassName, rules = [] } = ingress.value.spec ?? {};
  const kind = ingressClassName ?? annotationsOf(ingress)[ingressClassAnnotation] ?? '';
  return rules.flatMap(({ host = '', http }, index) =>
    (http?.paths ?? []).flatMap(({ path: written, pathType, backend }, number): Route[] => {
      const path: string = written ?? '/';
      // Examples without a host lie side by side in many places.
      if ([host, path].some(isPlaceholder) || (host === '' && path === '/')) return [];
      // An action of an ALB may have conditions of its own: the rules behind it count as well.
      if (backend.service?.port?.name === 'use-annotation') return [];
      const scope = host === '' ? ingress.namespace : host;
      const rule = [kind, scope, pathType, path.replace(/(?<=.)\/$/, '')];
      return [
        {
          ingress,
          at: ['spec', 'rules', index, 'http', 'paths', number, 'path'],
          key: JSON.stringify(rule),
          words: `${host === '' ? 'every host' : host}${path}`,
          backend: JSON.stringify([ingress.namespace, backend]),
        },
      ];
    }),
  );
}
