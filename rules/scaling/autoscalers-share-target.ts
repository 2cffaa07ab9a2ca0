import type { ClusterObject } from '../../src/cluster/objects.ts';
import { appliedTogether } from '../../src/lint/applied-together.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { scaledWorkloads } from '../../src/lint/scaling.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

export const autoscalersShareTarget = defineRule({
  meta: {
    id: 'autoscalers-share-target',
    category: 'scaling',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['HorizontalPodAutoscaler'],
    title: 'scales what another one scales',
    summary: 'Two HorizontalPodAutoscalers scale one workload',
    why: 'each autoscaler writes the replica count that it wants; where two of them select the same pods, both report AmbiguousSelector and neither scales any more',
    fixable: false,
  },
  messages: {
    twice: ({ workload, other }: { workload: string; other: string }) =>
      `${workload} is scaled by ${other} as well, so neither of them scales`,
  },
  check({ cluster, unit, report }) {
    const first = new Map<ClusterObject, ClusterObject>();
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
        help: 'put all metrics into one of them; it takes the highest count that any metric asks for',
        related: [
          {
            object: other,
            at: ['spec', 'scaleTargetRef', 'name'],
            message: 'scales the same workload',
          },
        ],
      });
    }
  },
});
