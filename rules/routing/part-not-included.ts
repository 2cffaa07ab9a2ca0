import { leftOutParts, partKinds } from '../../src/lint/references/left-out-parts.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

export const partNotIncluded = defineRule({
  meta: {
    id: 'part-not-included',
    category: 'routing',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: [...new Set(partKinds.map(({ kind }) => kind))],
    title: 'is a part of nothing',
    summary: 'An HTTPProxy without a host, or a VirtualServerRoute, that no other one includes',
    why:
      'it has no host of its own, so it serves nothing before one that has takes it in; the ' +
      'controller says "orphaned", or nothing',
    fixable: false,
  },
  messages: {
    orphan: ({ field, whole }: Record<'field' | 'whole', string>) =>
      `no ${field} name it; ${whole} could`,
  },
  check({ cluster, unit, report }) {
    for (const { part, of, whole } of leftOutParts(cluster)) {
      if (unit.fragments.has(part.source.document.file)) continue;
      report({
        object: part,
        at: ['metadata', 'name'],
        id: 'orphan',
        data: { field: of.field, whole: describeObject(whole) },
        help: `name it in ${of.field} of ${describeObject(whole)}, or take it out`,
        related: [
          { object: whole, at: ['spec'], part: 'key', message: `has ${of.field}, or could have` },
        ],
      });
    }
  },
});
