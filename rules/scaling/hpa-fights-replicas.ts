import type { ClusterObject } from '../../src/cluster/objects.ts';
import { fieldAt } from '../../src/kubernetes/json.ts';
import { scalableKinds } from '../../src/kubernetes/kinds.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { scaledWorkloads } from '../../src/lint/scaling/scaled-workloads.ts';
import { isReadFromCluster } from '../../src/lint/unseen/read-from-cluster.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

export const hpaFightsReplicas = defineRule({
  meta: {
    id: 'hpa-fights-replicas',
    category: 'scaling',
    severity: 'info',
    since: '0.1.0',
    scope: 'unit',
    kinds: scalableKinds,
    title: 'is resized by every apply',
    summary: 'A workload that an autoscaler scales says how many replicas it has',
    why:
      'kubectl apply writes spec.replicas as it stands in the manifest: pods that the ' +
      'autoscaler has added are deleted, and made again a moment later',
    fixable: false,
  },
  messages: {
    written: ({ replicas, scaler }: { replicas: number | string; scaler: string }) =>
      `every apply sets it back to ${replicas} ${replicas === 1 ? 'replica' : 'replicas'}, ` +
      `and ${scaler} scales it again`,
  },
  check({ cluster, report }) {
    const said = new Set<ClusterObject>();
    for (const { scaler, workload } of scaledWorkloads(cluster)) {
      // In a cluster it says what the autoscaler made of it.
      if (isReadFromCluster(workload) || said.has(workload)) continue;
      said.add(workload);
      // As written: the API server would fill in 1.
      const replicas = fieldAt(workload.source.value, 'spec', 'replicas');
      // Zero switches the autoscaler off, and that is meant.
      if ((typeof replicas !== 'number' && typeof replicas !== 'string') || replicas === 0)
        continue;
      report({
        object: workload,
        at: ['spec', 'replicas'],
        part: 'key',
        id: 'written',
        data: { replicas, scaler: describeObject(scaler) },
        help: 'take replicas out of the manifest; the autoscaler keeps at least minReplicas',
        related: [
          {
            object: scaler,
            at: ['spec', 'scaleTargetRef', 'name'],
            message: 'scales this workload',
          },
        ],
      });
    }
  },
});
