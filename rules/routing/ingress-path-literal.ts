import type { HTTPIngressPath, Ingress } from 'kubernetes-types/networking/v1';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { annotationsOf, type ClusterObject } from '../../src/cluster/objects.ts';
import { ingressClassAnnotation, nginxPrefix } from '../../src/kubernetes/labels.ts';
import { controllerOf } from '../../src/lint/routes/ingress-backends.ts';
import { hostsWithRegexPaths } from '../../src/lint/routes/regex-paths.ts';
import { defineRule, type Words } from '../../src/lint/rule.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';

const messages = {
  star: ({ path, pathType }: { path: string; pathType: string }) =>
    `${path} with pathType ${pathType} takes only requests with a * in their path`,
  regex: ({ path }: { path: string }) =>
    `path ${path} is taken as it stands: no Ingress for its host has use-regex`,
};

export const ingressPathLiteral = defineRule({
  meta: {
    id: 'ingress-path-literal',
    category: 'routing',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Ingress'],
    title: 'has a path that no request has',
    summary: 'A path of an Ingress is a pattern, and is taken as it stands',
    why:
      'a path is compared as it stands, with pathType Prefix element by element and with Exact ' +
      'as a whole; only ingress-nginx reads those of a host as regular expressions, where an ' +
      'Ingress for it has use-regex or rewrite-target. All other requests go elsewhere or are ' +
      'answered with 404',
    fixable: false,
  },
  messages,
  check({ cluster, report }) {
    const matched = hostsWithRegexPaths(cluster);
    for (const object of cluster.objects.of('Ingress'))
      for (const [index, { host = '', http }] of (object.value.spec?.rules ?? []).entries()) {
        if (matched.has(host)) continue;
        for (const [number, path] of (http?.paths ?? []).entries()) {
          const words = starIn(path, object) ?? regexIn(path, host, object, cluster);
          if (words === undefined || isPlaceholder(path.path)) continue;
          report({
            object,
            at: ['spec', 'rules', index, 'http', 'paths', number, 'path'],
            ...words,
          });
        }
      }
  },
});

type Told = Words<typeof messages> | undefined;

/** `/api/*`; what else a regular expression has makes it one. */
function starIn({ path = '/', pathType }: HTTPIngressPath, ingress: ClusterObject<Ingress>): Told {
  if (pathType !== 'Prefix' && pathType !== 'Exact') return undefined;
  if (!/^[\w/~*-]+$/.test(path) || !path.includes('*') || isOfGateway(ingress)) return undefined;
  const [, before] = /^([^*]*?)\/?\*$/.exec(path) ?? [];
  const help =
    before === undefined
      ? 'no pathType knows wildcards: use regular expressions of the controller, or an HTTPRoute'
      : `write ${before || '/'} with pathType Prefix, which takes everything below`;
  return { id: 'star', data: { path, pathType }, help };
}

/** The Application Gateway of Azure ends its paths with a star, and adds one where none is. */
function isOfGateway(ingress: ClusterObject<Ingress>): boolean {
  const { ingressClassName = annotationsOf(ingress)[ingressClassAnnotation] ?? '' } =
    ingress.value.spec ?? {};
  return /^azure[/-]application-gateway$/.test(ingressClassName);
}

/** `/api/(.*)`, `/api(/|$)`, `/v\d`: of other controllers nobody knows how they read it. */
function regexIn(
  { path = '/' }: HTTPIngressPath,
  host: string,
  ingress: ClusterObject<Ingress>,
  cluster: Cluster,
): Told {
  if (!/\.\*|\(\/\|\$\)|\[\^|\\d|\[[a-zA-Z0-9]-[a-zA-Z0-9]/.test(path)) return undefined;
  if (isPlaceholder(host) || controllerOf(ingress, cluster) !== 'ingress-nginx') return undefined;
  return {
    id: 'regex',
    data: { path },
    help: `add the annotation ${nginxPrefix}use-regex: "true"`,
  };
}
