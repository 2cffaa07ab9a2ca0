import type { Ingress } from 'kubernetes-types/networking/v1';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { ingressClassAnnotation } from '../../src/kubernetes/labels.ts';
import { annotationsOf } from '../../src/lint/routes/ingress-backends.ts';
import { hostsWithRegexPaths } from '../../src/lint/routes/regex-paths.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';

export const ingressPathWildcard = defineRule({
  meta: {
    id: 'ingress-path-wildcard',
    category: 'routing',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Ingress'],
    title: 'has a path with a star in it',
    summary: 'A path of an Ingress has a star, which stands for nothing but itself',
    why:
      'pathType Prefix compares a path with that of a request element by element, and Exact as a ' +
      'whole; neither knows wildcards, so the rule is for requests with a * in their own path, ' +
      'and all others go elsewhere or are answered with 404',
    fixable: false,
  },
  messages: {
    star: ({ path, pathType }: { path: string; pathType: string }) =>
      `${path} with pathType ${pathType} takes only requests with a * in their path`,
  },
  check({ cluster, report }) {
    const matched = hostsWithRegexPaths(cluster);
    for (const object of cluster.objects.of('Ingress')) {
      if (isOfGateway(object)) continue;
      for (const [index, { host = '', http }] of (object.value.spec?.rules ?? []).entries()) {
        if (matched.has(host)) continue;
        for (const [number, { path = '/', pathType }] of (http?.paths ?? []).entries()) {
          if (pathType !== 'Prefix' && pathType !== 'Exact') continue;
          if (!hasWildcard(path) || isPlaceholder(path)) continue;
          report({
            object,
            at: ['spec', 'rules', index, 'http', 'paths', number, 'path'],
            id: 'star',
            data: { path, pathType },
            help: helpFor(path),
          });
        }
      }
    }
  },
});

/** The Application Gateway of Azure ends its paths with a star, and adds one where none is. */
function isOfGateway(ingress: ClusterObject<Ingress>): boolean {
  const { ingressClassName = annotationsOf(ingress)[ingressClassAnnotation] ?? '' } =
    ingress.value.spec ?? {};
  return /^azure[/-]application-gateway$/.test(ingressClassName);
}

/** What looks like a regular expression is another matter. */
function hasWildcard(path: string): boolean {
  return /^[\w/~*-]+$/.test(path) && path.includes('*');
}

function helpFor(path: string): string {
  const [, before] = /^([^*]*?)\/?\*$/.exec(path) ?? [];
  return before === undefined
    ? 'no pathType knows wildcards: use regular expressions of the controller, or an HTTPRoute'
    : `write ${before || '/'} with pathType Prefix, which takes everything below`;
}
