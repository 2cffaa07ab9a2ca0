/** Workloads that several autoscalers scale. */
import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { asList, asText, fieldAt } from '../../kubernetes/json.ts';
import { kedaScaled, scaledWorkloads, verticalTarget } from './scaled-workloads.ts';
import { utilizationsOf } from './utilizations.ts';

export type SharedTarget = {
  readonly scaler: ClusterObject;
  readonly workload: ClusterObject;
  /** The autoscaler that scales it as well. */
  readonly other: ClusterObject;
} & (
  | { readonly by: 'horizontal' | 'keda' | 'twice'; readonly resource?: undefined }
  /** Both go by one resource. */
  | { readonly by: 'vertical'; readonly resource: string }
);

/**
 * Autoscalers that work against another one on one workload.
 *
 * @source kedacore/keda apis/keda/v1alpha1/scaledobject_webhook.go `verifyScaledObjects` @v2.21.0
 */
export function* sharedTargets(cluster: Cluster): Iterable<SharedTarget> {
  const first = new Map<ClusterObject, ClusterObject<HorizontalPodAutoscaler>>();
  for (const { scaler, workload } of scaledWorkloads(cluster)) {
    const other = first.get(workload);
    if (other === undefined) first.set(workload, scaler);
    else yield { by: 'horizontal', scaler, workload, other };
  }
  const firstOfKeda = new Map<ClusterObject, ClusterObject>();
  for (const { scaler, workload } of kedaScaled(cluster)) {
    const other = first.get(workload);
    const twin = firstOfKeda.get(workload);
    if (twin === undefined) firstOfKeda.set(workload, scaler);
    else yield { by: 'twice', scaler, workload, other: twin };
    // KEDA takes over the one that it is told of.
    if (other !== undefined && !isTransferred(scaler))
      yield { by: 'keda', scaler, workload, other };
  }
  for (const { scaler, workload, resources } of verticallyScaled(cluster)) {
    const other = first.get(workload);
    const utilized = other === undefined ? [] : utilizationsOf(other);
    const resource = utilized.find(({ source }) => resources.includes(source.name))?.source.name;
    if (other !== undefined && resource !== undefined)
      yield { by: 'vertical', scaler, workload, other, resource };
  }
}

/**
 * KEDA was told to take over a HorizontalPodAutoscaler that is there (keda pkg/scaling
 * `transfer-hpa-ownership`).
 */
function isTransferred({ value }: ClusterObject): boolean {
  const annotations = fieldAt(value, 'metadata', 'annotations');
  return fieldAt(annotations, 'scaledobject.keda.sh/transfer-hpa-ownership') !== undefined;
}

interface VerticallyScaled {
  readonly scaler: ClusterObject;
  readonly workload: ClusterObject;
  /** Whose requests it changes in some container. */
  readonly resources: readonly string[];
}

/**
 * What VerticalPodAutoscalers change while pods run (autoscaler vertical-pod-autoscaler/pkg/apis
 * `UpdateMode`, `ContainerResourcePolicy`).
 */
function verticallyScaled(cluster: Cluster): VerticallyScaled[] {
  const scalers = cluster.objects.ofKind('autoscaling.k8s.io', 'VerticalPodAutoscaler');
  return scalers.flatMap((scaler) => {
    const spec = fieldAt(scaler.value, 'spec');
    const workload = verticalTarget(scaler, cluster);
    const mode = asText(fieldAt(spec, 'updatePolicy', 'updateMode')) ?? 'Auto';
    if (workload === undefined || mode === 'Off' || mode === 'Initial') return [];
    const policies = asList(fieldAt(spec, 'resourcePolicy', 'containerPolicies')).filter(
      (policy) => fieldAt(policy, 'mode') !== 'Off',
    );
    const limited = policies.map((policy) =>
      asList(fieldAt(policy, 'controlledResources')).flatMap((one) => asText(one) ?? []),
    );
    const isLimited = limited.length > 0 && limited.every((list) => list.length > 0);
    return [{ scaler, workload, resources: isLimited ? limited.flat() : ['cpu', 'memory'] }];
  });
}
