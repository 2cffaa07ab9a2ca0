import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { appliedTogether } from '../../src/lint/applied-together.ts';
import { defineRule, type Place } from '../../src/lint/rule.ts';
import {
  isTransferred,
  kedaScaled,
  scaledWorkloads,
  utilizedOf,
  verticallyScaled,
} from '../../src/lint/scaling.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

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
  messages: {
    twice: ({ workload, other }: { workload: string; other: string }) =>
      `${workload} is scaled by ${other} as well, so neither of them scales`,
    keda: ({ workload, other }: { workload: string; other: string }) =>
      `${workload} is scaled by ${other} as well, and KEDA makes a HorizontalPodAutoscaler ` +
      'of its own',
    vertical: ({ resource, workload, other }: Record<'resource' | 'workload' | 'other', string>) =>
      `it changes the ${resource} requests of ${workload}, of which ${other} computes its ` +
      'utilization',
  },
  check({ cluster, unit, report }) {
    const first = new Map<ClusterObject, ClusterObject<HorizontalPodAutoscaler>>();
    for (const { scaler, workload } of scaledWorkloads(cluster)) {
      const other = first.get(workload);
      if (other === undefined) {
        first.set(workload, scaler);
        continue;
      }
      report({
        object: scaler,
        at: ['spec', 'scaleTargetRef', 'name'],
        id: 'twice',
        data: { workload: describeObject(workload), other: describeObject(other) },
        // Files that only lie together may be alternatives.
        severity: appliedTogether(scaler, other, unit) ? 'error' : 'info',
        help:
          'put all metrics into one of them; it takes the highest count that any metric asks ' +
          'for',
        related: [targetOf(other)],
      });
    }
    for (const { scaler, workload } of kedaScaled(cluster)) {
      const other = first.get(workload);
      // KEDA takes over the one that it is told of.
      if (other === undefined || isTransferred(scaler)) continue;
      report({
        object: scaler,
        at: ['spec', 'scaleTargetRef', 'name'],
        id: 'keda',
        data: { workload: describeObject(workload), other: describeObject(other) },
        severity: appliedTogether(scaler, other, unit) ? 'error' : 'info',
        help: 'take the HorizontalPodAutoscaler out, and write what it goes by as a trigger',
        related: [targetOf(other)],
      });
    }
    for (const { scaler, workload, resources } of verticallyScaled(cluster)) {
      const other = first.get(workload);
      const resource = other && utilizedOf(other).find((one) => resources.includes(one));
      if (other === undefined || resource === undefined) continue;
      report({
        object: scaler,
        at: ['spec', 'targetRef', 'name'],
        id: 'vertical',
        data: { resource, workload: describeObject(workload), other: describeObject(other) },
        severity: appliedTogether(scaler, other, unit) ? 'warning' : 'info',
        why:
          'the utilization is a percentage of the requests: when they are raised it falls ' +
          'and pods are removed, whose load raises the requests of the others; the ' +
          'documentation of both says not to use them on one resource',
        help:
          'let the vertical one only recommend (updateMode: Off), or leave it the other ' +
          'resource (controlledResources)',
        related: [targetOf(other)],
      });
    }
  },
});

function targetOf(object: ClusterObject): Place & { readonly message: string } {
  return { object, at: ['spec', 'scaleTargetRef', 'name'], message: 'scales the same workload' };
}
