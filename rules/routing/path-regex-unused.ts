import { nginxPrefix } from '../../src/kubernetes/labels.ts';
import { controllerOf } from '../../src/lint/routes/ingress-backends.ts';
import { hostsWithRegexPaths } from '../../src/lint/routes/regex-paths.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';

export const pathRegexUnused = defineRule({
  meta: {
    id: 'path-regex-unused',
    category: 'routing',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Ingress'],
    title: 'has a path that no request has',
    summary: 'A path of an Ingress is a regular expression, and is not read as one',
    why:
      'ingress-nginx reads the paths of a host as regular expressions where an Ingress for it ' +
      'has use-regex or rewrite-target; elsewhere (.*) are characters of the path like any ' +
      'other, and requests are answered with 404',
    fixable: false,
  },
  messages: {
    literal: ({ path }: { path: string }) =>
      `path ${path} is taken as it stands: no Ingress for its host has use-regex`,
  },
  check({ cluster, report }) {
    const matched = hostsWithRegexPaths(cluster);
    for (const object of cluster.objects.of('Ingress')) {
      if (controllerOf(object, cluster) !== 'ingress-nginx') continue;
      for (const [index, { host = '', http }] of (object.value.spec?.rules ?? []).entries()) {
        if (matched.has(host) || isPlaceholder(host)) continue;
        for (const [number, { path = '/' }] of (http?.paths ?? []).entries())
          if (
            /\.\*|\(\/\|\$\)|\[\^|\\d|\[[a-zA-Z0-9]-[a-zA-Z0-9]/.test(path) &&
            !isPlaceholder(path)
          )
            report({
              object,
              at: ['spec', 'rules', index, 'http', 'paths', number, 'path'],
              id: 'literal',
              data: { path },
              help: `add the annotation ${nginxPrefix}use-regex: "true"`,
            });
      }
    }
  },
});
