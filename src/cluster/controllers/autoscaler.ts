/** What a HorizontalPodAutoscaler does to a replica count before it has seen a single metric. */
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { type ClusterObject, groupOf, type ObjectIndex } from '../objects.ts';

/** How many pods, and why not as many as one would think. */
export interface Replicas {
  readonly count: number;
  readonly known: boolean;
  readonly reason?: string;
}

interface Limits {
  readonly name: string;
  readonly min: number;
  readonly max: number;
}

export class Autoscalers {
  readonly #limits = new Map<string, Limits>();

  constructor(objects: ObjectIndex) {
    for (const { namespace, name, value } of objects.of('HorizontalPodAutoscaler')) {
      const { scaleTargetRef: target, minReplicas, maxReplicas } = value.spec ?? {};
      if (target === undefined) continue;
      const min = typeof minReplicas === 'number' ? minReplicas : 1;
      const max = typeof maxReplicas === 'number' ? maxReplicas : Infinity;
      this.#limits.set(targetKey(namespace, target.apiVersion ?? 'v1', target.kind, target.name), {
        name,
        min,
        max,
      });
    }
  }

  /** `replicas: 0` switches the autoscaler off; otherwise the limits hold (podautoscaler/horizontal.go `reconcileAutoscaler`). */
  scale(workload: ClusterObject, replicas: number | string | undefined): Replicas {
    if (isPlaceholder(replicas)) return { count: 1, known: false };
    const wanted = typeof replicas === 'number' ? replicas : 1;
    if (wanted === 0) return { count: 0, known: true, reason: 'spec.replicas is 0' };
    const limits = this.#limits.get(
      targetKey(workload.namespace, workload.apiVersion, workload.kind, workload.name),
    );
    if (limits === undefined) return { count: wanted, known: true };
    const count = Math.min(Math.max(wanted, limits.min), limits.max);
    return count === wanted
      ? { count, known: true }
      : {
          count,
          known: true,
          reason: `HorizontalPodAutoscaler ${limits.name} keeps it at ${count}`,
        };
  }
}

/** The API server finds the target's scale subresource by group and kind; the version may be any. */
function targetKey(
  namespace: string | undefined,
  apiVersion: string,
  kind: string,
  name: string,
): string {
  return `${namespace ?? ''}/${groupOf(apiVersion)}/${kind}/${name}`;
}
