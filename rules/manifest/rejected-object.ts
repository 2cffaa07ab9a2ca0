import { labelSelectorKinds } from '../../src/kubernetes/kinds.ts';
import type { Path } from '../../src/manifest/node.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import type { Refusal, RefusalType } from '../../src/cluster/apiserver/refusal.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { getOwn } from '../../src/own.ts';

export const rejectedObject = defineRule({
  meta: {
    id: 'rejected-object',
    category: 'manifest',
    severity: 'error',
    since: '0.1.0',
    scope: 'object',
    kinds: [],
    title: 'would be rejected by the API server',
    summary: 'The API server would not accept an object',
    why: 'an object that the API server refuses does not exist: it makes no pods and no endpoints',
    fixable: true,
  },
  messages: {
    refusal: ({ message }: { message: string }) => message,
  },
  check({ cluster, unit, report, unknown }) {
    for (const object of cluster.objects.refused) {
      const partial =
        unit.fragments.has(object.source.document.file) || (!unit.deployed && lacksItsBody(object));
      if (partial && object.refusals.every(isOmission)) {
        unknown({
          object,
          at: ['metadata', 'name'],
          reason: 'what is missing in it makes it look like a patch',
        });
        continue;
      }
      if (object.refusals.every(isOwnerUid)) {
        unknown({
          object,
          at: ['metadata', 'ownerReferences'],
          reason: 'the uid of its owner is known in a cluster only',
        });
        continue;
      }
      for (const { path, part, message, help, replacement } of telling(object)) {
        report({
          object,
          at: path,
          ...(part !== undefined && { part }),
          id: 'refusal',
          data: { message },
          ...(help !== undefined && { help }),
          ...(replacement !== undefined && {
            fixes: [{ title: `write ${replacement}`, safety: 'safe', replace: replacement }],
          }),
        });
      }
    }
  },
});

/** Refusals of other rules: what cannot be decoded, an API that is gone. */
const elsewhere: readonly RefusalType[] = ['Unknown field', 'Wrong type', 'Not served'];

/** The refusals that are worth a finding: not those that another rule says better, or that only follow from another one; but never none at all. */
function telling({ refusals, source }: ClusterObject): readonly Refusal[] {
  const own = refusals.filter(
    ({ type, code }) =>
      !elsewhere.includes(type) && !(code === 'selector-mismatch' && hasSelector(source.value)),
  );
  // A value that was defaulted from a wrong one: the wrong one is reported.
  const written = own.filter(
    ({ type, path }) => type !== 'Invalid value' || isWritten(source.value, path),
  );
  return written.length > 0 ? written : own.slice(0, 1);
}

function hasSelector(value: unknown): boolean {
  return isWritten(value, ['spec', 'selector']);
}

function isWritten(value: unknown, path: Path): boolean {
  return (
    path.reduce<unknown>(
      (parent, step) => getOwn(parent as Record<string | number, unknown> | null | undefined, step),
      value,
    ) !== undefined
  );
}

/**
 * Nobody forgets what an object consists of: a workload without a template, or whose template has no labels and which has no selector either, a Service
 * with neither ports nor selector, a Pod without spec are meant for `kubectl patch`, for server-side apply beside another manager, or for a test.
 */
function lacksItsBody({ kind, source: { value } }: ClusterObject): boolean {
  if (kind === 'Pod') return !isWritten(value, ['spec']);
  if (kind === 'Service')
    return !['ports', 'selector', 'type'].some((field) => isWritten(value, ['spec', field]));
  if (!templated.has(kind)) return false;
  return (
    !isWritten(value, ['spec', 'template']) ||
    !(hasSelector(value) || isWritten(value, ['spec', 'template', 'metadata', 'labels']))
  );
}

const templated: ReadonlySet<string> = new Set(labelSelectorKinds);

function isOwnerUid({ type, message }: Refusal): boolean {
  return (
    type === 'Invalid value' &&
    message.startsWith('metadata.ownerReferences.uid: Invalid value: ""')
  );
}

/** Something is not there that another part of the object stands for. */
function isOmission({ type, code }: Refusal): boolean {
  return type === 'Required value' || code === 'selector-mismatch' || type === 'Not found';
}
