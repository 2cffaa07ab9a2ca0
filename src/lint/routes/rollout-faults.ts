/** What the controller of Argo Rollouts checks of the Services of a Rollout. */
import type { Cluster } from '../../cluster/cluster.ts';
import { hasValue, type LabelValue } from '../../cluster/labels.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import type { Path } from '../../kubernetes/json.ts';
import { remembered } from '../../memo.ts';
import { namespaceOf } from '../references/reference.ts';
import { albActionOf, ingressServices } from './ingress-backends.ts';
import {
  managedBy,
  managedServices,
  nameAt,
  rootService,
  servicePairs,
  trafficIngresses,
} from './rollout-services.ts';

interface Pair {
  readonly key: string;
  readonly value: string;
}

/** A pair of a Service's selector that the pods of its Rollout lack. */
interface LackingLabel extends Pair {
  readonly state: 'no';
  /** The value that they have instead. */
  readonly actual: LabelValue | undefined;
  readonly workload: ClusterObject;
}

/**
 * The first pair of the selector that the pods lack, or of which that is not known.
 * argo-rollouts pkg/apis/rollouts/validation/validation_references.go `ValidateService`.
 */
function lackingLabel(
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
 * The Services that a Rollout names: those that its controller points at its pods, and the one that
 * stands before them.
 */
export function namedServices(
  rollout: ClusterObject,
  cluster: Cluster,
): { readonly at: Path; readonly name: string; readonly managed: boolean }[] {
  const places = [
    ...managedServices.map((at) => ({ at, managed: true })),
    ...(isAction(rollout, cluster) ? [] : [{ at: rootService, managed: false }]),
  ];
  return places.flatMap((place) => {
    const name = nameAt(rollout, place.at);
    return name === undefined ? [] : [{ ...place, name }];
  });
}

/**
 * An Ingress of the AWS load balancer may name an action where others name a Service; the root
 * Service is what that one is called then.
 */
function isAction(rollout: ClusterObject, { objects }: Cluster): boolean {
  const name = nameAt(rollout, rootService);
  const ingresses = new Set(trafficIngresses(rollout).map((ingress) => ingress.name));
  return objects
    .of('Ingress')
    .filter((ingress) => ingress.namespace === rollout.namespace && ingresses.has(ingress.name))
    .flatMap(ingressServices)
    .some((backend) => backend.name === name && albActionOf(backend) !== undefined);
}

/** What is wrong with a Service that a Rollout manages. */
export type ManagedFault =
  | LackingLabel
  | (Pair & { readonly state: 'unknown' })
  /** Another Rollout has it. */
  | { readonly state: 'owned'; readonly owner: string };

export function managedFault(
  service: ServicePicture,
  rollout: ClusterObject,
  set: PodSet | undefined,
): ManagedFault | undefined {
  const lacking = lackingLabel(service, set);
  if (lacking !== undefined) return lacking;
  const owner = service.object.value.metadata?.annotations?.[managedBy];
  return owner === undefined || owner === rollout.name ? undefined : { state: 'owned', owner };
}

/** Services with a pair that the pods of their Rollout lack: that is said of the Rollout. */
export const lackedServices = remembered((cluster: Cluster): ReadonlySet<ServicePicture> => {
  return new Set(
    cluster.objects.ofKind('argoproj.io', 'Rollout').flatMap((rollout) => {
      const [set] = cluster.pods.ofWorkload(rollout);
      return namedServices(rollout, cluster).flatMap(({ name, managed }) => {
        const key = `${namespaceOf(rollout, cluster)}/${name}`;
        const service = managed ? cluster.servicesByName.get(key) : undefined;
        const isLacked = service !== undefined && lackingLabel(service, set)?.state === 'no';
        return isLacked ? [service] : [];
      });
    }),
  );
});

/**
 * Where one Service stands for two that must differ.
 *
 * @source argoproj/argo-rollouts pkg/apis/rollouts/validation/validation.go
 *   `ValidateRolloutStrategyCanary`, `ValidateRolloutStrategyBlueGreen` @v1.10.2
 */
export function equalServices(
  rollout: ClusterObject,
): { readonly at: Path; readonly other: Path; readonly service: string }[] {
  return servicePairs.flatMap(([other, at]) => {
    const service = nameAt(rollout, at);
    return service !== undefined && nameAt(rollout, other) === service
      ? [{ at, other, service }]
      : [];
  });
}
