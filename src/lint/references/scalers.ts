/** What is said of autoscalers, and of what they cannot scale. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { allWorkloads } from '../../kubernetes/kinds.ts';
import { horizontal, keda, type ScalerKind, vertical } from '../../kubernetes/scalers.ts';
import type { Wanted } from './nearest-object.ts';

export interface Scaler extends ScalerKind {
  /** It changes replicas through the scale subresource, so that the target must have one. */
  readonly scales: boolean;
  readonly why: string;
}

export const scalers: readonly Scaler[] = [
  {
    ...horizontal,
    scales: true,
    why:
      'the autoscaler asks for the scale of its target by API group, kind and name in its ' +
      'own namespace; where it gets none (FailedGetScale) it never scales',
  },
  {
    ...keda,
    scales: true,
    why:
      'KEDA makes a HorizontalPodAutoscaler for the target (a Deployment unless it says ' +
      'otherwise); where it is missing the ScaledObject is not Ready and nothing scales',
  },
  {
    ...vertical,
    scales: false,
    why:
      'the recommender finds the pods through the controller that targetRef names; where it ' +
      'is missing there are no recommendations',
  },
];

/** Groups that kinds of workloads were in once, or are taken to be in by mistake. */
export const formerGroups = new Set(['', 'apps', 'batch', 'extensions', 'autoscaling']);

/** A workload of another kind that has the very name. */
export function otherKind(
  { kind, namespace, name }: Wanted,
  { scales }: Scaler,
  { objects }: Cluster,
): ClusterObject | undefined {
  for (const { kind: other, group, scalable } of allWorkloads) {
    if (other === kind || (scales && scalable !== true)) continue;
    const found = objects.findOfKind(group, other, namespace, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
