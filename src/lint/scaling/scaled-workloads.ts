/** Which workload an autoscaler scales. */
import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { groupOf } from '../../kubernetes/group-version.ts';
import { asText, fieldAt, type Json } from '../../kubernetes/json.ts';

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
export function kedaScaled(
  cluster: Cluster,
): { readonly scaler: ClusterObject; readonly workload: ClusterObject }[] {
  return cluster.objects.ofKind('keda.sh', 'ScaledObject').flatMap((scaler) => {
    const target = fieldAt(scaler.value, 'spec', 'scaleTargetRef');
    const workload = workloadOf(target, scaler, cluster, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
    });
    return workload === undefined ? [] : [{ scaler, workload }];
  });
}

/** The workload that a VerticalPodAutoscaler is for. */
export function verticalTarget(scaler: ClusterObject, cluster: Cluster): ClusterObject | undefined {
  return workloadOf(fieldAt(scaler.value, 'spec', 'targetRef'), scaler, cluster);
}

function workloadOf(
  target: Json | undefined,
  { namespace }: ClusterObject,
  { objects }: Cluster,
  usual = { apiVersion: '', kind: '' },
): ClusterObject | undefined {
  const group = groupOf(asText(fieldAt(target, 'apiVersion')) ?? usual.apiVersion);
  const kind = asText(fieldAt(target, 'kind')) ?? usual.kind;
  return objects.findOfKind(group, kind, namespace, asText(fieldAt(target, 'name')) ?? '');
}
