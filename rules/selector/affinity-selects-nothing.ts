import type { LabelSelector } from 'kubernetes-types/meta/v1';
import { formatSelector } from '../../src/cluster/labels.ts';
import type { PodSet } from '../../src/cluster/pods.ts';
import { selects } from '../../src/cluster/policy-selectors.ts';
import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { constraintsOf } from '../../src/lint/selectors/placement.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { mostAlike } from '../../src/text/limits.ts';
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
    summary: 'An affinity, an anti-affinity or a spread constraint selects no pod',
    why:
      'the scheduler keeps apart, or spreads, the pods that the selector takes; where it ' +
      'takes none, replicas may all be put on one node, and the constraint is fulfilled',
    fixable: false,
  },
  messages: {
    spread: ({ selector }: { selector: string }) =>
      `the constraint counts pods with ${selector}, and its own pods are not among them`,
    none: () => 'the constraint has no labelSelector, and so counts no pod: it spreads nothing',
    near: ({
      selector,
      key,
      value,
      workload,
    }: Record<'selector' | 'key' | 'value' | 'workload', string>) =>
      `no pod has ${selector}, and without one beside it no node is good enough; ${workload} ` +
      `has ${key}=${value}`,
    slip: ({ selector, key, value }: Record<'selector' | 'key' | 'value', string>) =>
      `no pod has ${selector}; its own pods have ${key}=${value}`,
  },
  check({ cluster, report }) {
    for (const set of cluster.pods.all) {
      const { workload, spec, templatePath, namespace } = set;
      for (const { at, selector, kind } of constraintsOf(spec)) {
        const place = {
          object: workload,
          at: [...templatePath, 'spec', ...at],
          part: 'key',
        } as const;
        if (selector === undefined) {
          const key = { ...place, at: [...place.at, 'topologyKey'] };
          report({ ...key, id: 'none', data: undefined, help: 'add a labelSelector beside it' });
          continue;
        }
        if (selects(selector, set) !== 'no') continue;
        const help = 'copy the labels of the pod template into it';
        const pairs = formatSelector(selector);
        if (kind === 'spread') {
          report({ ...place, id: 'spread', data: { selector: pairs }, help });
          continue;
        }
        const others = cluster.pods.candidates(selector.matchLabels ?? {}, namespace);
        if (others.some((other) => selects(selector, other) !== 'no')) continue;
        if (kind === 'affinity') {
          const near = nearPod(selector, cluster.pods.inNamespace(namespace).slice(0, mostAlike));
          if (near === undefined) continue;
          const data = { selector: pairs, ...near };
          const title = 'must be beside pods that do not exist';
          const write = `write ${near.key}: ${near.value}`;
          report({ ...place, id: 'near', title, data, help: write });
          continue;
        }
        const misspelt = slipOf(selector, set);
        if (misspelt !== undefined)
          report({ ...place, id: 'slip', data: { selector: pairs, ...misspelt }, help });
      }
    }
  },
});

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

/** The pods that were meant, by a pair that is a typo away. */
function nearPod(selector: LabelSelector, sets: readonly PodSet[]) {
  for (const set of sets) {
    const pair = slipOf(selector, set);
    if (pair !== undefined) return { ...pair, workload: describeObject(set.workload) };
  }
  return undefined;
}
