import { asList, asText, fieldAt } from '../../src/kubernetes/json.ts';
import { defineRule } from '../../src/lint/rule.ts';

/** F5 NGINX: several Ingresses are one (docs.nginx.com, cross-namespace configuration). */
const mergeable = ['metadata', 'annotations', 'nginx.org/mergeable-ingress-type'];

export const ingressHostWithoutPaths = defineRule({
  meta: {
    id: 'ingress-host-without-paths',
    category: 'routing',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: ['Ingress'],
    title: 'has a host that leads nowhere',
    summary: 'A rule of an Ingress has a host and no paths, mostly for a dash too many',
    why:
      'requests for a host without paths go to the default backend, and a rule without a host is ' +
      'for all of them; a dash before http begins a second rule',
    fixable: false,
  },
  messages: {
    split: ({ host }: { host: string }) =>
      `"${host}" has no paths: those of the next rule are for every host`,
    none: ({ host }: { host: string }) =>
      `"${host}" has no paths, and the Ingress has no default backend`,
  },
  check({ cluster, report }) {
    for (const object of cluster.objects.ofKind('networking.k8s.io', 'Ingress')) {
      const spec = fieldAt(object.value, 'spec');
      // Its minions have the paths.
      if (fieldAt(object.value, ...mergeable) === 'master') continue;
      const rules = asList(fieldAt(spec, 'rules'));
      for (const [index, rule] of rules.entries()) {
        const host = asText(fieldAt(rule, 'host'));
        if (host === undefined || fieldAt(rule, 'http') !== undefined) continue;
        const next = rules[index + 1];
        const isSplit = fieldAt(next, 'http') !== undefined && fieldAt(next, 'host') === undefined;
        if (!isSplit && fieldAt(spec, 'defaultBackend') !== undefined) continue;
        report({
          object,
          at: ['spec', 'rules', index, 'host'],
          id: isSplit ? 'split' : 'none',
          data: { host },
          help: isSplit
            ? 'take away the dash before http, so that host and http are one rule'
            : 'give it http.paths, or take it out',
          related: isSplit
            ? [
                {
                  object,
                  at: ['spec', 'rules', index + 1, 'http'],
                  part: 'key',
                  message: 'paths for every host',
                },
              ]
            : [],
        });
      }
    }
  },
});
