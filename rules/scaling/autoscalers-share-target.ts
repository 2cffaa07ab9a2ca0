import type { ClusterObject } from '../../src/cluster/objects.ts';
import { appliedTogether, conflictSeverity } from '../../src/lint/objects/applied-together.ts';
import { defineRule, type Words } from '../../src/lint/rule.ts';
import { type SharedTarget, sharedTargets } from '../../src/lint/scaling/shared-targets.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

const messages = {
  twice: ({ workload, other }: { workload: string; other: string }) =>
    `${workload} is scaled by ${other} as well, so neither of them scales`,
  keda: ({ workload, other }: { workload: string; other: string }) =>
    `${workload} is scaled by ${other} as well, and KEDA makes a HorizontalPodAutoscaler ` +
    'of its own',
  objects: ({ workload, other }: { workload: string; other: string }) =>
    `${workload} is scaled by ${other} already, and KEDA takes one ScaledObject for each`,
  vertical: ({ resource, workload, other }: Record<'resource' | 'workload' | 'other', string>) =>
    `it changes the ${resource} requests of ${workload}, of which ${other} computes its ` +
    'utilization',
};

export const autoscalersShareTarget = defineRule({
  meta: {
    id: 'autoscalers-share-target',
    category: 'scaling',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['HorizontalPodAutoscaler', 'ScaledObject', 'VerticalPodAutoscaler'],
    title: 'scales what another one scales',
    summary: 'Two autoscalers work against each other on one workload',
    why:
      'each autoscaler writes the replica count that it wants; where two of them select the ' +
      'same pods, both report AmbiguousSelector and neither scales any more',
    fixable: false,
  },
  messages,
  check({ cluster, unit, report }) {
    for (const shared of sharedTargets(cluster)) {
      const { by, scaler, other } = shared;
      const reference = by === 'vertical' ? 'targetRef' : 'scaleTargetRef';
      report({
        object: scaler,
        at: ['spec', reference, 'name'],
        ...wordsFor(shared),
        ...(!appliedTogether(scaler, other, unit) && {
          severity: conflictSeverity(scaler, other, unit),
        }),
        related: [targetOf(other)],
      });
    }
  },
});

function wordsFor({ by, workload, other, resource }: SharedTarget): Words<typeof messages> {
  const data = { workload: describeObject(workload), other: describeObject(other) };
  switch (by) {
    case 'horizontal':
      return {
        id: 'twice',
        data,
        help:
          'put all metrics into one of them; it takes the highest count that any metric asks ' +
          'for',
      };
    case 'keda':
      return {
        id: 'keda',
        data,
        help: 'take the HorizontalPodAutoscaler out, and write what it goes by as a trigger',
      };
    case 'twice':
      return {
        id: 'objects',
        data,
        why: 'the webhook of KEDA refuses the second one: the workload is already managed',
        help: 'put all triggers into one of them: the highest count that one asks for counts',
      };
    case 'vertical':
      return {
        id: 'vertical',
        data: { ...data, resource },
        severity: 'warning',
        why:
          'the utilization is a percentage of the requests: when they are raised it falls ' +
          'and pods are removed, whose load raises the requests of the others; the ' +
          'documentation of both says not to use them on one resource',
        help:
          'let the vertical one only recommend (updateMode: Off), or leave it the other ' +
          'resource (controlledResources)',
      };
  }
}

function targetOf(object: ClusterObject) {
  return { object, at: ['spec', 'scaleTargetRef', 'name'], message: 'scales the same workload' };
}
