/** What a HorizontalPodAutoscaler does to a replica count before it has seen a single metric. */
import { horizontal, keda, scaleTarget } from '../../kubernetes/scalers.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { type ClusterObject, identityOf, type ObjectIndex } from '../objects.ts';
import type { CountCause } from '../pods.ts';

/** How many pods, and why not as many as one would think. */
export interface Replicas {
  readonly count: number;
  readonly known: boolean;
  readonly reason?: string;
  readonly cause?: CountCause;
}

interface Limits {
  readonly name: string;
  readonly min: number;
  readonly max: number;
}

export class Autoscalers {
  readonly #limits = new Map<string, Limits>();
  /**
   * What KEDA scales from zero to as many as there is work for (kedacore/keda
   * scaledobject_controller.go): how many, the cluster knows.
   */
  readonly #wakers = new Set<string>();

  constructor(objects: ObjectIndex) {
    for (const scaler of objects.of('HorizontalPodAutoscaler')) {
      const { name, value } = scaler;
      const { minReplicas, maxReplicas } = value.spec ?? {};
      const target = scaleTarget(horizontal, value);
      if (target === undefined) continue;
      const min = typeof minReplicas === 'number' ? minReplicas : 1;
      const max = typeof maxReplicas === 'number' ? maxReplicas : Infinity;
      this.#limits.set(identityOf({ ...scaler, ...target }), { name, min, max });
    }
    for (const scaler of objects.ofKind(keda.group, keda.kind)) {
      const target = scaleTarget(keda, scaler.value);
      if (target !== undefined) this.#wakers.add(identityOf({ ...scaler, ...target }));
    }
  }

  /** From how many to how many pods a workload is scaled; Infinity where that is not known. */
  limits(workload: ClusterObject): { readonly min: number; readonly max: number } | undefined {
    return this.#limits.get(identityOf(workload));
  }

  /**
   * `replicas: 0` switches the autoscaler off; otherwise the limits hold
   * (pkg/controller/podautoscaler/horizontal.go `reconcileAutoscaler`).
   */
  scale(workload: ClusterObject, replicas: number | string | undefined): Replicas {
    if (isPlaceholder(replicas)) return { count: 1, known: false };
    const wanted = typeof replicas === 'number' ? replicas : 1;
    if (wanted === 0)
      return this.#wakers.has(identityOf(workload))
        ? { count: 1, known: false }
        : {
            count: 0,
            known: true,
            reason: 'spec.replicas is 0',
            cause: { code: 'replicas', path: ['spec', 'replicas'] },
          };
    const limits = this.#limits.get(identityOf(workload));
    if (limits === undefined) return { count: wanted, known: true };
    const count = Math.min(Math.max(wanted, limits.min), limits.max);
    return count === wanted
      ? { count, known: true }
      : {
          count,
          known: true,
          reason: `HorizontalPodAutoscaler ${limits.name} keeps it at ${count}`,
          cause: { code: 'autoscaler', path: ['spec', 'replicas'] },
        };
  }
}
