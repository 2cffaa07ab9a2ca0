import type { Refusal, RefusalType } from '../../src/cluster/apiserver/refusal.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { isWritten } from '../../src/kubernetes/json.ts';
import { strangeWords } from '../../src/lint/objects/misfits.ts';
import { looksLikePatch } from '../../src/lint/objects/partial-object.ts';
import { refusalHelp } from '../../src/lint/objects/refusal-help.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';

const messages = {
  refusal: ({ message }: { message: string }) => message,
};

type Context = RuleContext<typeof messages>;
type Told = Pick<Refusal, 'path' | 'part' | 'message' | 'replacement'> & {
  readonly help?: string | undefined;
};

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
  messages,
  check(context) {
    const { cluster, unit, unknown } = context;
    for (const object of cluster.objects.refused) {
      if (looksLikePatch(object, object.refusals, unit)) {
        unknown({
          object,
          at: ['metadata', 'name'],
          reason: 'what is missing in it makes it look like a patch',
        });
        continue;
      }
      if (unit.part === true && object.refusals.every(({ type }) => type === 'Required value')) {
        const at = object.refusals[0]?.path ?? [];
        unknown({ object, at, reason: 'an overlay may add what is missing in it' });
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
      for (const refusal of telling(object)) {
        if (refusal.assumes === 'gates') {
          const reason = 'whether the feature gate HPAScaleToZero is on is known in a cluster only';
          unknown({ object, at: refusal.path, reason });
          continue;
        }
        sayRefusal(object, { help: refusalHelp(object, refusal), ...refusal }, context);
      }
    }
    for (const { object, ...refusal } of strangeWords(cluster))
      sayRefusal(object, refusal, context);
  },
});

function sayRefusal(
  object: ClusterObject,
  { path, part, message, help, replacement }: Told,
  { report }: Context,
): void {
  report({
    object,
    at: path,
    ...(part !== undefined && { part }),
    id: 'refusal',
    data: { message },
    ...(help !== undefined && { help }),
    // What is not written cannot be replaced.
    ...(replacement !== undefined &&
      isWritten(object.source.value, path) && {
        fixes: [{ title: `write ${replacement}`, safety: 'safe', replace: replacement }],
      }),
  });
}

/** Refusals of other rules: what cannot be decoded, an API that is gone. */
const toldByOtherRules: readonly RefusalType[] = ['Unknown field', 'Wrong type', 'Not served'];

/**
 * The refusals that are worth a finding: not those that another rule says better, or that only
 * follow from another one; but never none at all.
 */
function telling({ refusals, source }: ClusterObject): readonly Refusal[] {
  const hasSelector = isWritten(source.value, ['spec', 'selector']);
  const isRequired = refusals.some(({ message }) => message === 'spec.selector: Required value');
  const own = refusals.filter(
    ({ type, code }) =>
      !toldByOtherRules.includes(type) &&
      code !== 'dotted-backend' &&
      code !== 'absent-container' &&
      !(code === 'selector-mismatch' && (hasSelector || isRequired)),
  );
  // Of an address that is none two checks say the same, the second in fewer words.
  const first = own.filter(({ message }, index) => !own[index - 1]?.message.startsWith(message));
  // A value that was defaulted from a wrong one: the wrong one is reported.
  const written = first.filter(
    ({ type, path }) => type !== 'Invalid value' || isWritten(source.value, path),
  );
  return written.length > 0 ? written : own.slice(0, 1);
}

function isOwnerUid({ type, message }: Refusal): boolean {
  return (
    type === 'Invalid value' &&
    message.startsWith('metadata.ownerReferences.uid: Invalid value: ""')
  );
}
