import type { NodeSelectorTerm, PodSpec } from 'kubernetes-types/core/v1';
import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';

export const nodeSelectionContradicts = defineRule({
  meta: {
    id: 'node-selection-contradicts',
    category: 'selector',
    severity: 'error',
    since: '0.1.0',
    scope: 'object',
    kinds: workloadKinds,
    title: 'fits no node at all',
    summary: 'What pods ask of the labels of a node contradicts itself, so that they stay Pending',
    why:
      'a node must have all labels of nodeSelector and fit one term of the required node ' +
      'affinity: where the two ask for different values of one label no node does both',
    fixable: false,
  },
  messages: {
    affinity: ({ key, value }: Record<'key' | 'value', string>) =>
      `nodeSelector asks for ${key}=${value}, and no term of the required node affinity allows it`,
    itself: ({ key }: { key: string }) =>
      `what the required node affinity asks of ${key} rules itself out in every term`,
    os: ({ value, os }: Record<'value' | 'os', string>) =>
      `nodeSelector asks for kubernetes.io/os=${value}, and spec.os says ${os}`,
  },
  check({ cluster, report }) {
    for (const { workload, spec, templatePath } of cluster.pods.all) {
      const keys = termsOf(spec).map(ruledOut);
      const [first] = keys;
      if (first !== undefined && keys.every((one) => one !== undefined))
        report({
          object: workload,
          at: [...templatePath, 'spec', 'affinity', 'nodeAffinity'],
          part: 'key',
          id: 'itself',
          data: { key: first },
          help: 'write alternatives as values of one expression, or as terms of their own',
        });
      for (const [key, value] of Object.entries(spec.nodeSelector ?? {})) {
        if (isPlaceholder(value) || isPlaceholder(key)) continue;
        const place = { object: workload, at: [...templatePath, 'spec', 'nodeSelector', key] };
        const terms = termsOf(spec);
        const os = spec.os?.name;
        if (key === 'kubernetes.io/os' && os !== undefined && os !== value && !isPlaceholder(os))
          report({ ...place, id: 'os', data: { value, os }, help: `write ${os} in both places` });
        else if (terms.length > 0 && terms.every((term) => excludes(term, key, value)))
          report({
            ...place,
            id: 'affinity',
            data: { key, value },
            help: 'ask for the label in one of the two places only',
            related: [
              {
                object: workload,
                at: [...templatePath, 'spec', 'affinity', 'nodeAffinity'],
                part: 'key',
                message: 'asks for another value',
              },
            ],
          });
      }
    }
  },
});

/** The label of which the expressions of a term, all of which have to fit, leave no value. */
function ruledOut(term: NodeSelectorTerm): string | undefined {
  return (term.matchExpressions ?? []).find(
    ({ key, operator, values = [] }) =>
      operator === 'In' &&
      values.length > 0 &&
      !values.some(isPlaceholder) &&
      values.every((value) => excludes(term, key, value)),
  )?.key;
}

function termsOf({ affinity }: PodSpec): readonly NodeSelectorTerm[] {
  const { requiredDuringSchedulingIgnoredDuringExecution: required } = affinity?.nodeAffinity ?? {};
  return required?.nodeSelectorTerms ?? [];
}

/**
 * Whether a term rules a value of a label out (component-helpers scheduling/corev1/nodeaffinity).
 */
function excludes(
  { matchExpressions = [] }: NodeSelectorTerm,
  key: string,
  value: string,
): boolean {
  return matchExpressions.some(({ key: asked, operator, values = [] }) => {
    if (asked !== key || values.some(isPlaceholder)) return false;
    if (operator === 'In') return !values.includes(value);
    if (operator === 'NotIn') return values.includes(value);
    return operator === 'DoesNotExist';
  });
}
