import { adoptReplicaSets } from '../../src/cluster/controllers/adoption.ts';
import { formatSelector } from '../../src/cluster/labels.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { controllerKinds } from '../../src/kubernetes/kinds.ts';
import { appliedTogether } from '../../src/lint/objects/applied-together.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { type SharedSelector, sharedSelectors } from '../../src/lint/selectors/shared-selectors.ts';
import { isReadFromCluster } from '../../src/lint/unseen/read-from-cluster.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

/**
 * The first release in which an autoscaler that shares pods with another gives up
 * (podautoscaler/horizontal.go `validateAndParseSelector`).
 */
const autoscalersGiveUp = 27;

const messages = {
  shared: ({ selector, other }: { selector: string; other: string }) =>
    `the selector ${selector} takes the pods of ${other} too, and that one's takes these`,
  revision: ({ deployment }: { deployment: string }) =>
    `its own labels match the selector of ${deployment}, which takes it over as an old ` +
    'revision and scales it to 0',
};

export const workloadsShareSelector = defineRule({
  meta: {
    id: 'workloads-share-selector',
    category: 'selector',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: controllerKinds,
    title: 'has the selector of another workload',
    summary: 'Two workloads of one namespace select the pods of each other',
    why:
      'whatever finds the pods of a workload by its selector gets those of both: autoscalers ' +
      'count them together, kubectl logs and port-forward take any of them, and orphans are ' +
      'adopted by the wrong one',
    fixable: false,
  },
  messages,
  check(context) {
    for (const shared of sharedSelectors(context.cluster)) sayShared(shared, context);
    for (const [object, deployment] of adoptReplicaSets(context.cluster.objects))
      if (!isReadFromCluster(object)) sayAdopted(object, deployment, context);
  },
});

function sayShared(
  { set, other, selector, serviceOfBoth, autoscaled }: SharedSelector,
  { cluster, unit, report, unknown }: RuleContext<typeof messages>,
): void {
  const { workload } = set;
  const place = { object: workload, at: ['spec', 'selector'], part: 'key' } as const;
  const name = describeObject(other.workload);
  const sameKind = workload.kind === other.workload.kind;
  if (!appliedTogether(workload, other.workload, unit) && !(sameKind && serviceOfBoth())) {
    unknown({
      ...place,
      reason:
        `it shares its selector with ${name} in another file: perhaps only one of them is ` +
        'applied',
    });
    return;
  }
  const giveUp = cluster.options.kubernetesMinor >= autoscalersGiveUp && autoscaled === 'both';
  // A DaemonSet and a Deployment do not meet in what people ask of each.
  const isHarmless = !sameKind && autoscaled === 'none' && !serviceOfBoth();
  report({
    ...place,
    ...(isHarmless && { severity: 'info' }),
    id: 'shared',
    data: { selector: formatSelector(selector), other: name },
    ...(giveUp && {
      severity: 'error',
      why:
        'an autoscaler lists pods by the selector of its target; where it meets those of ' +
        'another autoscaler it gives up (AmbiguousSelector), so neither workload is scaled',
    }),
    help:
      'give each a label of its own, such as app.kubernetes.io/component, in the selector ' +
      'and in the pod template',
    related: [
      { object: other.workload, at: place.at, part: 'key', message: `the selector of ${name}` },
    ],
  });
}

function sayAdopted(
  object: ClusterObject,
  deployment: ClusterObject,
  { report }: RuleContext<typeof messages>,
): void {
  report({
    object,
    at: ['metadata', 'labels'],
    part: 'key',
    id: 'revision',
    severity: 'error',
    title: 'is taken over by a Deployment',
    data: { deployment: describeObject(deployment) },
    why:
      'a Deployment adopts every ReplicaSet without an owner whose own labels its selector ' +
      'matches; one that is not of its present template is an old revision, and is scaled down',
    help: 'take the ReplicaSet out, or give it labels that the Deployment does not select',
    related: [
      {
        object: deployment,
        at: ['spec', 'selector'],
        part: 'key',
        message: 'this selector matches them',
      },
    ],
  });
}
