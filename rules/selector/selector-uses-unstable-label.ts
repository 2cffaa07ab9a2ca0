import { labelSelectorKinds } from '../../src/kubernetes/kinds.ts';
import { defineRule, type Words } from '../../src/lint/rule.ts';
import { type UnstableLabel, unstableLabels } from '../../src/lint/selectors/unstable-labels.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

const refusedLater =
  'the selector of a workload cannot be changed once it exists, so the API server refuses ' +
  'the next release: `field is immutable`';

const openMeanwhile =
  'it is applied together with the pods of its release, which are replaced one after the other: ' +
  'those that are still of the release before are not selected';

const messages = {
  generated: ({ key, workload, each }: { key: string; workload: string; each: string }) =>
    `the label ${key} is made by the controller of ${workload}, with another value for ` +
    `every ${each}`,
  never: ({ key, workload }: { key: string; workload: string }) =>
    `the pods of ${workload} never have the label ${key}: another kind of controller makes it`,
  release: ({ key, value }: { key: string; value: string }) =>
    `the label ${key}=${value} names a release, and changes with the next one`,
};

export const selectorUsesUnstableLabel = defineRule({
  meta: {
    id: 'selector-uses-unstable-label',
    category: 'selector',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service', 'NetworkPolicy', 'PodDisruptionBudget', ...labelSelectorKinds],
    title: 'selects by a label of one release',
    summary: 'A selector asks for a label whose value changes with every release',
    why:
      'a selector takes pods by their labels as they are now: when the value changes, ' +
      'running pods drop out at once, whether their successors are ready or not',
    fixable: false,
  },
  messages,
  check({ cluster, report }) {
    for (const label of unstableLabels(cluster)) {
      const { object, at, key, own, hasMore } = label;
      report({
        object,
        at,
        part: 'key',
        ...wordsFor(label),
        help: hasMore
          ? `take ${key} out of the selector`
          : 'select by a label that stays, such as app.kubernetes.io/name',
        ...(own && { why: refusedLater }),
        ...(isOfOneRelease(label) && { severity: 'info' as const, why: openMeanwhile }),
      });
    }
  },
});

/**
 * A policy or a budget is rendered anew with the pods that it is for: what it misses, it misses for
 * as long as they are replaced.
 */
function isOfOneRelease({ object, made, never }: UnstableLabel): boolean {
  const isRendered = made === undefined && never === undefined;
  return isRendered && (object.kind === 'NetworkPolicy' || object.kind === 'PodDisruptionBudget');
}

function wordsFor({ key, value, made, never }: UnstableLabel): Words<typeof messages> {
  if (never !== undefined)
    return {
      id: 'never',
      data: { key, workload: describeObject(never.workload) },
      dependsOn: [never.workload],
    };
  if (made === undefined) return { id: 'release', data: { key, value } };
  const { workload } = made.set;
  return {
    id: 'generated',
    data: { key, workload: describeObject(workload), each: made.each },
    dependsOn: [workload],
  };
}
