import { type ClusterObject } from '../../src/cluster/objects.ts';
import { groupOf } from '../../src/kubernetes/group-version.ts';
import { isDecoded } from '../../src/kubernetes/kinds.ts';
import { isCustom } from '../../src/kubernetes/references.ts';
import {
  differences,
  type DuplicateObject,
  duplicateObjects,
} from '../../src/lint/objects/duplicate-objects.ts';
import { defineRule, type RuleContext, type Words } from '../../src/lint/rule.ts';
import { locate } from '../../src/manifest/node.ts';

const messages = {
  replaced: ({ line, fields }: { line: number; fields: string }) =>
    `the same object stands on line ${line} already; what it has there is lost: ${fields}`,
  same: ({ line }: { line: number }) =>
    `the same object stands on line ${line} already, with the same content`,
  copied: ({ place }: { place: string }) =>
    `the same object stands in ${place} already; only one of the two is in the cluster`,
  kustomize: ({ place, unit }: { place: string; unit: string }) =>
    `the kustomization ${unit} has this object from ${place} already`,
};

export const duplicateObject = defineRule({
  meta: {
    id: 'duplicate-object',
    category: 'manifest',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: [],
    title: 'is given twice',
    summary: 'One object stands twice in a file or a kustomization',
    why:
      'kubectl applies a file document by document: the second of two objects with one kind, ' +
      'namespace and name replaces the first',
    fixable: false,
  },
  messages,
  check(context) {
    for (const duplicate of duplicateObjects(context)) {
      const { object, before, fate } = duplicate;
      const message = fate === 'replaces' ? 'the first one' : 'the other one';
      context.report({
        object,
        at: ['metadata', 'name'],
        ...wordsFor(duplicate, context),
        related: [{ object: before, at: ['metadata', 'name'], message }],
      });
    }
  },
});

function wordsFor(
  duplicate: DuplicateObject,
  { unit }: Pick<RuleContext<typeof messages>, 'unit'>,
): Words<typeof messages> {
  const { before, fate } = duplicate;
  const place = `${before.source.document.file.path}:${lineOf(before)}`;
  switch (fate) {
    case 'refused':
      // By apiVersion, kind, namespace and name (api/resmap/reswrangler.go `Append`).
      return {
        id: 'kustomize',
        data: { place, unit: unit.name },
        why: 'kustomize refuses to build: "may not add resource with an already registered id"',
        help: 'take one of them out, or make it a patch of the other',
      };
    case 'copied':
      return {
        id: 'copied',
        severity: 'warning',
        data: { place },
        why: 'one of the files is called for another application: the second replaces the first',
        help: 'write the object that the file is called for, or take it out',
      };
    case 'replaces':
      return wordsOfReplaced(duplicate);
  }
}

function wordsOfReplaced({ object, before }: DuplicateObject): Words<typeof messages> {
  const fields = differences(before.source.value, object.source.value);
  const line = lineOf(before);
  if (fields.length === 0)
    return { id: 'same', data: { line }, severity: 'info', help: 'take one of them out' };
  // Which namespace is assumed is said when the file is applied.
  const certain = before.namespaceAssumed === object.namespaceAssumed && isDecoded(object);
  return {
    id: 'replaced',
    data: { line, fields: fields.join(', ') },
    // Lists of custom resources are as often test data of their operators as they are to be
    // applied, and what a second one changes is not known.
    severity: certain ? 'error' : isCustom(groupOf(object.apiVersion)) ? 'info' : 'warning',
    help: 'rename one of them, or join the two',
  };
}

function lineOf({ source }: ClusterObject): number {
  return source.document.file.position(locate(source.node, ['metadata', 'name'])[0]).line;
}
