import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { formatSelector } from '../../src/cluster/labels.ts';
import { inPodSpec, type PodSet } from '../../src/cluster/pods.ts';
import { selects } from '../../src/cluster/policy-selectors.ts';
import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import { defineRule, type Words } from '../../src/lint/rule.ts';
import { type Constraint, constraintsOf, isOnlyHere } from '../../src/lint/selectors/placement.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { mostAlike } from '../../src/text/limits.ts';
import { isSlip } from '../../src/text/slip.ts';

const messages = {
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
  elsewhere: ({ selector, looks, own }: Record<'selector' | 'looks' | 'own', string>) =>
    `no pod in namespace ${looks} has ${selector}; its own pods have, in namespace ${own}`,
  slip: ({ selector, key, value }: Record<'selector' | 'key' | 'value', string>) =>
    `no pod has ${selector}; its own pods have ${key}=${value}`,
};

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
  messages,
  check({ cluster, report }) {
    for (const set of cluster.pods.all)
      for (const constraint of constraintsOf(set.spec)) {
        const words = wordsFor(constraint, set, cluster);
        if (words === undefined) continue;
        const { at, selector } = constraint;
        const inside = selector === undefined ? [...at, 'topologyKey'] : at;
        const place = inPodSpec(set, ...inside);
        report({ object: set.workload, at: place, part: 'key', ...words });
      }
  },
});

function wordsFor(
  { selector, kind, namespaces }: Constraint,
  set: PodSet,
  cluster: Cluster,
): Words<typeof messages> | undefined {
  if (selector === undefined)
    return { id: 'none', data: undefined, help: 'add a labelSelector beside it' };
  const pairs = formatSelector(selector);
  const { namespace } = set;
  if (namespaces !== undefined)
    return isOnlyHere(selector, namespaces, set, cluster)
      ? {
          id: 'elsewhere',
          data: { selector: pairs, looks: namespaces.join(', '), own: namespace },
          help: `write ${namespace} under namespaces, or take them out`,
        }
      : undefined;
  if (selects(selector, set) !== 'no') return undefined;
  const help = 'copy the labels of the pod template into it';
  if (kind === 'spread') return { id: 'spread', data: { selector: pairs }, help };
  const others = cluster.pods.candidates(selector.matchLabels ?? {}, namespace);
  if (others.some((other) => selects(selector, other) !== 'no')) return undefined;
  if (kind === 'affinity') {
    const near = nearPod(selector, cluster.pods.inNamespace(namespace).slice(0, mostAlike));
    return near === undefined
      ? undefined
      : {
          id: 'near',
          title: 'must be beside pods that do not exist',
          why:
            'the scheduler puts a pod with a required affinity beside pods that its selector ' +
            'takes; where there are none it stays Pending',
          data: { selector: pairs, ...near },
          help: `write ${near.key}: ${near.value}`,
        };
  }
  const misspelt = slipOf(selector, set);
  return misspelt && { id: 'slip', data: { selector: pairs, ...misspelt }, help };
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

/** The pods that were meant, by a pair that is a typo away. */
function nearPod(selector: LabelSelector, sets: readonly PodSet[]) {
  for (const set of sets) {
    const pair = slipOf(selector, set);
    if (pair !== undefined) return { ...pair, workload: describeObject(set.workload) };
  }
  return undefined;
}
