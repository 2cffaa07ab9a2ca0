/** Autoscalers, and what can be scaled. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { Path } from '../../kubernetes/json.ts';
import { allWorkloads } from '../../kubernetes/kinds.ts';
import type { Wanted } from './nearest-object.ts';

/** A kind of object that scales another one, and where it names it. */
export interface Scaler {
  readonly group: string;
  readonly kind: string;
  /** Of the reference in it. */
  readonly at: Path;
  /** What a reference means that leaves them out. */
  readonly defaults?: { readonly apiVersion: string; readonly kind: string };
  /** It changes replicas through the scale subresource, so that the target must have one. */
  readonly scales: boolean;
  readonly why: string;
}

export const scalers: readonly Scaler[] = [
  {
    group: 'autoscaling',
    kind: 'HorizontalPodAutoscaler',
    at: ['spec', 'scaleTargetRef'],
    scales: true,
    why:
      'the autoscaler asks for the scale of its target by API group, kind and name in its ' +
      'own namespace; where it gets none (FailedGetScale) it never scales',
  },
  {
    group: 'keda.sh',
    kind: 'ScaledObject',
    at: ['spec', 'scaleTargetRef'],
    defaults: { apiVersion: 'apps/v1', kind: 'Deployment' },
    scales: true,
    why:
      'KEDA makes a HorizontalPodAutoscaler for the target (a Deployment unless it says ' +
      'otherwise); where it is missing the ScaledObject is not Ready and nothing scales',
  },
  {
    group: 'autoscaling.k8s.io',
    kind: 'VerticalPodAutoscaler',
    at: ['spec', 'targetRef'],
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
