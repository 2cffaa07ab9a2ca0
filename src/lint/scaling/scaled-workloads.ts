/** Which workload an autoscaler scales. */
import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { groupOf } from '../../kubernetes/group-version.ts';
import {
  horizontal,
  keda,
  type ScalerKind,
  scaleTarget,
  vertical,
} from '../../kubernetes/scalers.ts';

interface Scaled<Scaler = ClusterObject> {
  readonly scaler: Scaler;
  readonly workload: ClusterObject;
}

/** Autoscalers with the workload that each scales, as far as it was read. */
export function scaledWorkloads(
  cluster: Cluster,
): Scaled<ClusterObject<HorizontalPodAutoscaler>>[] {
  return scaledBy(horizontal, cluster.objects.of('HorizontalPodAutoscaler'), cluster);
}

/** The same of KEDA. */
export function kedaScaled(cluster: Cluster): Scaled[] {
  return scaledBy(keda, cluster.objects.ofKind(keda.group, keda.kind), cluster);
}

/** The workload that a VerticalPodAutoscaler is for. */
export function verticalTarget(scaler: ClusterObject, cluster: Cluster): ClusterObject | undefined {
  return scaledBy(vertical, [scaler], cluster)[0]?.workload;
}

function scaledBy<Scaler extends ClusterObject>(
  kind: ScalerKind,
  scalers: readonly Scaler[],
  { objects }: Cluster,
): Scaled<Scaler>[] {
  return scalers.flatMap((scaler) => {
    const target = scaleTarget(kind, scaler.value);
    const workload =
      target &&
      objects.findOfKind(groupOf(target.apiVersion), target.kind, scaler.namespace, target.name);
    return workload === undefined ? [] : [{ scaler, workload }];
  });
}
