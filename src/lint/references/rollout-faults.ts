/** What the controller of Argo Rollouts checks of the Services of a Rollout. */
import type { Cluster } from '../../cluster/cluster.ts';
import { hasValue, type LabelValue } from '../../cluster/labels.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { albActionOf, ingressServices } from './ingress-backends.ts';
import { nameAt, rootService, trafficIngresses } from './rollout-services.ts';

interface Pair {
  readonly key: string;
  readonly value: string;
}

/** A pair of a Service's selector that the pods of its Rollout lack. */
export interface LackingLabel extends Pair {
  readonly state: 'no';
  /** The value that they have instead. */
  readonly actual: LabelValue | undefined;
  readonly workload: ClusterObject;
}

/**
 * The first pair of the selector that the pods lack, or of which that is not known.
 * argo-rollouts pkg/apis/rollouts/validation/validation_references.go `ValidateService`.
 */
export function lackingLabel(
  { selector = {} }: ServicePicture,
  set: PodSet | undefined,
): LackingLabel | (Pair & { readonly state: 'unknown' }) | undefined {
  for (const [key, value] of Object.entries(selector)) {
    if (key === 'rollouts-pod-template-hash') continue;
    const truth = set === undefined ? 'unknown' : hasValue(set.labels, key, value);
    if (set === undefined || truth === 'unknown' || (truth === 'no' && set.labelsOpen))
      return { state: 'unknown', key, value };
    if (truth === 'no')
      return { state: 'no', key, value, actual: set.labels.get(key), workload: set.workload };
  }
  return undefined;
}

/**
 * An Ingress of the AWS load balancer may name an action where others name a Service; the root
 * Service is what that one is called then.
 */
export function isAction(rollout: ClusterObject, { objects }: Cluster): boolean {
  const name = nameAt(rollout, rootService);
  const ingresses = new Set(trafficIngresses(rollout).map((ingress) => ingress.name));
  return objects
    .of('Ingress')
    .filter((ingress) => ingress.namespace === rollout.namespace && ingresses.has(ingress.name))
    .flatMap(ingressServices)
    .some((backend) => backend.name === name && albActionOf(backend) !== undefined);
}
