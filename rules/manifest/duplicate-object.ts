import { type ClusterObject } from '../../src/cluster/objects.ts';
import { groupOf } from '../../src/kubernetes/group-version.ts';
import { isDecoded } from '../../src/kubernetes/kinds.ts';
import { differences, duplicateObjects } from '../../src/lint/objects/duplicate-objects.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
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
    for (const { object, before, fate } of duplicateObjects(context)) {
      if (fate === 'refused') reportRefusal(object, before, context);
      else if (fate === 'copied') reportCopied(object, before, context);
      else reportReplaced(object, before, context);
    }
  },
});

/**
 * kustomize keeps objects by apiVersion, kind, namespace and name (api/resmap/reswrangler.go
 * `Append`).
 */
function reportRefusal(
  object: ClusterObject,
  before: ClusterObject,
  { unit, report }: RuleContext<typeof messages>,
): void {
  report({
    object,
    at: ['metadata', 'name'],
    id: 'kustomize',
    data: { place: placeOf(before), unit: unit.name },
    why: 'kustomize refuses to build: "may not add resource with an already registered id"',
    help: 'take one of them out, or make it a patch of the other',
    related: [{ object: before, at: ['metadata', 'name'], message: 'the other one' }],
  });
}

function reportCopied(
  object: ClusterObject,
  before: ClusterObject,
  { report }: RuleContext<typeof messages>,
): void {
  report({
    object,
    at: ['metadata', 'name'],
    id: 'copied',
    severity: 'warning',
    data: { place: placeOf(before) },
    why: 'one of the files is called for another application: the second replaces the first',
    help: 'write the object that the file is called for, or take it out',
    related: [{ object: before, at: ['metadata', 'name'], message: 'the other one' }],
  });
}

function reportReplaced(
  object: ClusterObject,
  before: ClusterObject,
  { report }: RuleContext<typeof messages>,
): void {
  const fields = differences(before.source.value, object.source.value);
  const line = lineOf(before);
  const place = {
    object,
    at: ['metadata', 'name'],
    related: [{ object: before, at: ['metadata', 'name'], message: 'the first one' }],
  };
  // Which namespace is assumed is said when the file is applied.
  const certain = before.namespaceAssumed === object.namespaceAssumed && isDecoded(object);
  const severity = certain ? 'error' : isCustom(object) ? 'info' : 'warning';
  if (fields.length === 0)
    report({
      ...place,
      id: 'same',
      data: { line },
      severity: 'info',
      help: 'take one of them out',
    });
  else
    report({
      ...place,
      id: 'replaced',
      data: { line, fields: fields.join(', ') },
      severity,
      help: 'rename one of them, or join the two',
    });
}

/**
 * Lists of custom resources are as often test data of their operators as they are to be applied,
 * and what a second one changes is not known.
 */
function isCustom({ apiVersion }: ClusterObject): boolean {
  const group = groupOf(apiVersion);
  return group.includes('.') && !group.endsWith('.k8s.io');
}

function lineOf({ source }: ClusterObject): number {
  return source.document.file.position(locate(source.node, ['metadata', 'name'])[0]).line;
}

function placeOf(object: ClusterObject): string {
  return `${object.source.document.file.path}:${lineOf(object)}`;
}
