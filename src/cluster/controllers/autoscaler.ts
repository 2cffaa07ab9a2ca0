/** What a HorizontalPodAutoscaler does to a replica count before it has seen a single metric. */
import { groupOf } from '../../kubernetes/group-version.ts';
import { asText, fieldAt, type Json } from '../../kubernetes/json.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { type ClusterObject, type ObjectIndex } from '../objects.ts';
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
    for (const { namespace, value } of objects.ofKind('keda.sh', 'ScaledObject')) {
      const target = fieldAt(value, 'spec', 'scaleTargetRef');
      const { apiVersion = 'apps/v1', kind = 'Deployment', name } = texts(target);
      if (name !== undefined) this.#wakers.add(targetKey(namespace, apiVersion, kind, name));
    }
  }

  /** From how many to how many pods a workload is scaled; Infinity where that is not known. */
  limits(workload: ClusterObject): { readonly min: number; readonly max: number } | undefined {
    return this.#limits.get(identityKey(workload));
  }

  /**
   * `replicas: 0` switches the autoscaler off; otherwise the limits hold
   * (pkg/controller/podautoscaler/horizontal.go `reconcileAutoscaler`).
   */
  scale(workload: ClusterObject, replicas: number | string | undefined): Replicas {
    if (isPlaceholder(replicas)) return { count: 1, known: false };
    const wanted = typeof replicas === 'number' ? replicas : 1;
    if (wanted === 0)
      return this.#wakers.has(identityKey(workload))
        ? { count: 1, known: false }
        : {
            count: 0,
            known: true,
            reason: 'spec.replicas is 0',
            cause: { code: 'replicas', path: ['spec', 'replicas'] },
          };
    const limits = this.#limits.get(identityKey(workload));
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

/** The fields of a mapping that are texts. */
function texts(value: Json | undefined): { apiVersion?: string; kind?: string; name?: string } {
  const text = (key: string): string | undefined => asText(fieldAt(value, key));
  const [apiVersion, kind, name] = [text('apiVersion'), text('kind'), text('name')];
  return {
    ...(apiVersion !== undefined && { apiVersion }),
    ...(kind !== undefined && { kind }),
    ...(name !== undefined && { name }),
  };
}

function identityKey({ namespace, apiVersion, kind, name }: ClusterObject): string {
  return targetKey(namespace, apiVersion, kind, name);
}

/**
 * The API server finds the target's scale subresource by group and kind; the version may be any.
 */
function targetKey(
  namespace: string | undefined,
  apiVersion: string,
  kind: string,
  name: string,
): string {
  return `${namespace ?? ''}/${groupOf(apiVersion)}/${kind}/${name}`;
}
