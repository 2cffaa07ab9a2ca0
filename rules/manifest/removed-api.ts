import { removedIn } from '../../src/cluster/apiserver/removed-apis.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { defineRule, type Words } from '../../src/lint/rule.ts';
import { sourceOf } from '../../src/units/release.ts';

const messages = {
  moved: ({
    apiVersion,
    kind,
    minor,
    successor,
  }: {
    apiVersion: string;
    kind: string;
    minor: number;
    successor: string;
  }) =>
    `${apiVersion} ${kind} is not served since Kubernetes 1.${minor}; its successor is ` +
    `${successor}`,
  gone: ({ apiVersion, kind, minor }: { apiVersion: string; kind: string; minor: number }) =>
    `${apiVersion} ${kind} is not served since Kubernetes 1.${minor}, and nothing takes ` +
    'its place',
};

export const removedApi = defineRule({
  meta: {
    id: 'removed-api',
    category: 'manifest',
    severity: 'error',
    since: '0.1.0',
    scope: 'object',
    kinds: [],
    title: 'is of an apiVersion that is no longer served',
    summary: 'An object is of an apiVersion that the Kubernetes release has stopped serving',
    why:
      'the API server knows no such kind under this apiVersion any more ("no matches for ' +
      'kind"), so kubectl cannot apply the object and it does not exist',
    fixable: false,
  },
  messages,
  check({ cluster, unit, report, unknown }) {
    const changes = new Map(
      cluster.objects.repaired.map(({ repaired }) => [
        repaired?.from.source,
        repaired?.changes ?? [],
      ]),
    );
    for (const object of cluster.objects.refused) {
      const removal = removedIn(object.apiVersion, object.kind);
      const isRemoved = object.refusals.some(({ type }) => type === 'Not served');
      if (removal === undefined || !isRemoved) continue;
      const rendered = sourceOf(object.source) !== undefined;
      const place = {
        object,
        at: ['apiVersion'],
        ...(rendered && { severity: 'warning' as const, why: fallback }),
      };
      if (unit.fragments.has(object.source.document.file))
        unknown({ ...place, reason: 'nothing refers to this file, which looks like a patch' });
      else
        report({
          ...place,
          ...wordsFor(object, removal, changes.get(object.source) ?? [], rendered),
        });
    }
  },
});

/** @param changed what is otherwise in the successor, field by field */
function wordsFor(
  { apiVersion, kind }: ClusterObject,
  { minor, successor }: NonNullable<ReturnType<typeof removedIn>>,
  changed: readonly string[],
  rendered: boolean,
): Words<typeof messages> {
  const data = { apiVersion, kind, minor };
  if (successor === undefined)
    return {
      id: 'gone',
      data,
      help: rendered ? whenRendered(`1.${minor}`) : 'take the object out',
    };
  const details =
    changed.length > 0
      ? `, where ${changed.join(', ')}`
      : ' and mind the fields that changed with it';
  return {
    id: 'moved',
    data: { ...data, successor },
    help: rendered
      ? whenRendered(`1.${minor}`, `${successor}/${kind}`)
      : `write apiVersion: ${successor}${details}`,
  };
}

const fallback =
  'a chart asks helm which APIs there are, and helm template, without a cluster, knows ' +
  'none by kind: many charts then fall back to an apiVersion that this release no longer serves';

function whenRendered(version: string, api?: string): string {
  const flags = `--kube-version ${version}${api === undefined ? '' : ` --api-versions ${api}`}`;
  return (
    `render it for the release: helm template ${flags}; if that changes nothing, the chart ` +
    'itself is too old'
  );
}
