/** Which workload an autoscaler scales. */
import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { groupOf } from '../../kubernetes/group-version.ts';
import { asText, fieldAt } from '../../kubernetes/json.ts';

/** Autoscalers with the workload that each scales, as far as it was read. */
export function scaledWorkloads({
  objects,
}: Cluster): { scaler: ClusterObject<HorizontalPodAutoscaler>; workload: ClusterObject }[] {
  return objects.of('HorizontalPodAutoscaler').flatMap((scaler) => {
    const { apiVersion = '', kind = '', name = '' } = scaler.value.spec?.scaleTargetRef ?? {};
    const workload = objects.findOfKind(groupOf(apiVersion), kind, scaler.namespace, name);
    return workload === undefined ? [] : [{ scaler, workload }];
  });
}

/** The same of KEDA, which scales a Deployment unless it is told another kind. */
export function kedaScaled({
  objects,
}: Cluster): { readonly scaler: ClusterObject; readonly workload: ClusterObject }[] {
  return objects.ofKind('keda.sh', 'ScaledObject').flatMap((scaler) => {
    const target = fieldAt(scaler.value, 'spec', 'scaleTargetRef');
    const group = groupOf(asText(fieldAt(target, 'apiVersion')) ?? 'apps/v1');
    const kind = asText(fieldAt(target, 'kind')) ?? 'Deployment';
    const name = asText(fieldAt(target, 'name')) ?? '';
    const workload = objects.findOfKind(group, kind, scaler.namespace, name);
    return workload === undefined ? [] : [{ scaler, workload }];
  });
}
