import { annotationsOf } from '../../src/cluster/objects.ts';
import { nginxPrefix } from '../../src/kubernetes/labels.ts';
import { controllerOf } from '../../src/lint/routes/ingress-backends.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { largest } from '../../src/lists.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';
import { getOwn } from '../../src/own.ts';

const annotation = `${nginxPrefix}rewrite-target`;

export const rewriteGroupMissing = defineRule({
  meta: {
    id: 'rewrite-group-missing',
    category: 'routing',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: ['Ingress'],
    title: 'rewrites paths to what they do not hold',
    summary: 'The rewrite target of an Ingress names a group that a path does not have',
    why:
      'ingress-nginx puts into $1 and $2 what the groups of the path took; a group that the path ' +
      'does not have is empty, so that every request below it is for the same path, mostly /',
    fixable: false,
  },
  messages: {
    group: ({ group, path, count }: { group: number; path: string; count: number }) =>
      `path ${path} has ${count === 0 ? 'no group' : `${count} group`}, so $${group} is empty`,
  },
  check({ cluster, report }) {
    for (const object of cluster.objects.of('Ingress')) {
      const target = getOwn(annotationsOf(object), annotation);
      const group = highestGroup(target);
      if (group === 0 || controllerOf(object, cluster) !== 'ingress-nginx') continue;
      for (const [index, { http }] of (object.value.spec?.rules ?? []).entries())
        for (const [number, { path = '/' }] of (http?.paths ?? []).entries()) {
          const count = countGroups(path);
          // The root alone may well be shown for everything else.
          if (count >= group || path === '/' || isPlaceholder(path)) continue;
          report({
            object,
            at: ['spec', 'rules', index, 'http', 'paths', number, 'path'],
            id: 'group',
            data: { group, path, count },
            help:
              count === 0 && group === 2
                ? `write ${String(path).replace(/\/$/, '')}(/|$)(.*)`
                : 'put what is to stay into parentheses, or name a group that is there',
            related: [
              { object, at: ['metadata', 'annotations', annotation], message: 'the target' },
            ],
          });
        }
    }
  },
});

/** The highest N of `$N`. */
function highestGroup(target: string | undefined): number {
  const groups = [...(target ?? '').matchAll(/\$(\d)/g)].map(([, digit]) => Number(digit));
  return largest([0, ...groups]);
}

/** Groups that are numbered: neither `(?:…)` nor `\(`. */
function countGroups(path: string): number {
  return [...path.matchAll(/\\.|\((?!\?)/g)].filter(([text]) => text === '(').length;
}
