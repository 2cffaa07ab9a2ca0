import { removedIn } from '../../src/cluster/apiserver/removed-apis.ts';
import { servedKind } from '../../src/cluster/apiserver/served-kinds.ts';
import { defineRule } from '../../src/lint/rule.ts';

export const unknownKind = defineRule({
  meta: {
    id: 'unknown-kind',
    category: 'manifest',
    severity: 'error',
    since: '0.1.0',
    scope: 'object',
    kinds: [],
    title: 'is of a kind that does not exist',
    summary: 'An object is of a kind that Kubernetes does not have under its apiVersion',
    why:
      'nobody can add kinds to the API groups of Kubernetes itself, so the API server knows ' +
      'no such resource and kubectl cannot apply the object: it does not exist',
    fixable: true,
  },
  messages: {
    unknown: ({ apiVersion, kind }: { apiVersion: string; kind: string }) =>
      `no matches for kind "${kind}" in version "${apiVersion}"`,
  },
  check({ cluster, unit, report, unknown }) {
    const minor = cluster.options.kubernetesMinor;
    for (const object of cluster.objects.all) {
      const { apiVersion, kind } = object;
      if (removedIn(apiVersion, kind) !== undefined) continue;
      const served = servedKind(apiVersion, kind, minor);
      if (served.state === 'unknown' && served.reason !== undefined)
        unknown({ object, at: ['apiVersion'], reason: served.reason });
      if (served.state !== 'never') continue;
      const { meant, certain } = served;
      const isKind = meant !== undefined && meant.kind !== kind;
      const place = { object, at: [isKind ? 'kind' : 'apiVersion'] };
      if (unit.fragments.has(object.source.document.file)) {
        unknown({ ...place, reason: 'nothing refers to this file, which looks like a patch' });
        continue;
      }
      const data = { apiVersion, kind };
      if (meant === undefined) {
        report({
          ...place,
          id: 'unknown',
          data,
          help: 'correct the kind or the apiVersion; kubectl api-resources lists what there is',
        });
        continue;
      }
      const words = [
        ...(meant.apiVersion === apiVersion ? [] : [`apiVersion: ${meant.apiVersion}`]),
        ...(isKind ? [`kind: ${meant.kind}`] : []),
      ];
      const help = `write ${words.join(' and ')}`;
      const replace = isKind ? meant.kind : meant.apiVersion;
      report({
        ...place,
        id: 'unknown',
        data,
        help,
        ...(words.length === 1 && {
          fixes: [
            { title: help, safety: certain ? ('safe' as const) : ('unsafe' as const), replace },
          ],
        }),
      });
    }
  },
});
