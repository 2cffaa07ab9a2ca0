import type { PodAffinityTerm, PodSpec } from 'kubernetes-types/core/v1';
import type { LabelSelector } from 'kubernetes-types/meta/v1';
import { formatSelector } from '../../src/cluster/labels.ts';
import type { PodSet } from '../../src/cluster/pods.ts';
import { selects } from '../../src/cluster/policy.ts';
import type { Path } from '../../src/kubernetes/json.ts';
import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { isSlip } from '../../src/text/slip.ts';

export const affinitySelectsNothing = defineRule({
  meta: {
    id: 'affinity-selects-nothing',
    category: 'selector',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: workloadKinds,
    title: 'spreads pods that do not exist',
    summary: 'An anti-affinity or a spread constraint selects no pod, not even its own',
    why:
      'the scheduler keeps apart, or spreads, the pods that the selector takes; where it ' +
      'takes none, replicas may all be put on one node, and the constraint is fulfilled',
    fixable: false,
  },
  messages: {
    spread: ({ selector }: { selector: string }) =>
      `the constraint counts pods with ${selector}, and its own pods are not among them`,
    slip: ({ selector, key, value }: Record<'selector' | 'key' | 'value', string>) =>
      `no pod has ${selector}; its own pods have ${key}=${value}`,
  },
  check({ cluster, report }) {
    for (const set of cluster.pods.all) {
      const { workload, spec, templatePath, namespace } = set;
      for (const { at, selector, kind } of constraintsOf(spec)) {
        if (selects(selector, set) !== 'no') continue;
        const place = {
          object: workload,
          at: [...templatePath, 'spec', ...at],
          part: 'key',
        } as const;
        const help = 'copy the labels of the pod template into it';
        const pairs = formatSelector(selector);
        if (kind === 'spread') {
          report({ ...place, id: 'spread', data: { selector: pairs }, help });
          continue;
        }
        const misspelt = slipOf(selector, set);
        const others = cluster.pods.candidates(selector.matchLabels ?? {}, namespace);
        if (misspelt === undefined || others.some((other) => selects(selector, other) !== 'no'))
          continue;
        report({ ...place, id: 'slip', data: { selector: pairs, ...misspelt }, help });
      }
    }
  },
});

interface Constraint {
  readonly at: Path;
  readonly selector: LabelSelector;
  readonly kind: 'spread' | 'anti-affinity';
}

/** Terms about pods of the same namespace; what other namespaces hold is their affair. */
function constraintsOf({ topologySpreadConstraints = [], affinity }: PodSpec): Constraint[] {
  const {
    requiredDuringSchedulingIgnoredDuringExecution: required = [],
    preferredDuringSchedulingIgnoredDuringExecution: preferred = [],
  } = affinity?.podAntiAffinity ?? {};
  const root = ['affinity', 'podAntiAffinity'];
  const terms: [PodAffinityTerm, Path][] = [
    ...required.map((term, index): [PodAffinityTerm, Path] => [
      term,
      [...root, 'requiredDuringSchedulingIgnoredDuringExecution', index],
    ]),
    ...preferred.map(({ podAffinityTerm }, index): [PodAffinityTerm, Path] => [
      podAffinityTerm,
      [...root, 'preferredDuringSchedulingIgnoredDuringExecution', index, 'podAffinityTerm'],
    ]),
  ];
  return [
    ...topologySpreadConstraints.flatMap(({ labelSelector }, index): Constraint[] =>
      labelSelector === undefined
        ? []
        : [
            {
              at: ['topologySpreadConstraints', index, 'labelSelector'],
              selector: labelSelector,
              kind: 'spread',
            },
          ],
    ),
    ...terms.flatMap(([term, at]): Constraint[] =>
      term.labelSelector === undefined ||
      term.namespaceSelector !== undefined ||
      (term.namespaces ?? []).length > 0
        ? []
        : [{ at: [...at, 'labelSelector'], selector: term.labelSelector, kind: 'anti-affinity' }],
    ),
  ];
}

/** A pair that is a typo away from one of the pods' own. */
function slipOf(
  { matchLabels = {} }: LabelSelector,
  { labels }: PodSet,
): { key: string; value: string } | undefined {
  for (const [key, wanted] of Object.entries(matchLabels)) {
    const own = labels.get(key);
    if (typeof own === 'string' && own !== wanted && isSlip(wanted, own))
      return { key, value: own };
    for (const [other, value] of labels)
      if (value === wanted && other !== key && isSlip(key, other)) return { key: other, value };
  }
  return undefined;
}
