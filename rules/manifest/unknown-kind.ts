import { removedIn } from '../../src/cluster/apiserver/removed-apis.ts';
import { servedKind } from '../../src/cluster/apiserver/served-kinds.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { defineRule, type ProposedFix } from '../../src/lint/rule.ts';

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
      if (unit.fragments.has(object.source.document.file))
        unknown({ ...place, reason: 'nothing refers to this file, which looks like a patch' });
      else {
        const correction =
          meant === undefined ? { help: whereToLook } : correct(object, meant, certain);
        report({ ...place, id: 'unknown', data: { apiVersion, kind }, ...correction });
      }
    }
  },
});

const whereToLook = 'correct the kind or the apiVersion; kubectl api-resources lists what there is';

/** Two words that are wrong are corrected by hand. */
function correct(
  { apiVersion, kind }: ClusterObject,
  meant: { readonly apiVersion: string; readonly kind: string },
  certain: boolean | undefined,
): { readonly help: string; readonly fixes: readonly ProposedFix[] } {
  const words = [
    ...(meant.apiVersion === apiVersion ? [] : [`apiVersion: ${meant.apiVersion}`]),
    ...(meant.kind === kind ? [] : [`kind: ${meant.kind}`]),
  ];
  const help = `write ${words.join(' and ')}`;
  const replace = meant.kind === kind ? meant.apiVersion : meant.kind;
  const fix = { title: help, safety: certain ? 'safe' : 'unsafe', replace } as const;
  return { help, fixes: words.length === 1 ? [fix] : [] };
}
