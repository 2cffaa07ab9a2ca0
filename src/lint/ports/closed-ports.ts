/** Ports of Services that NetworkPolicies close to everybody. */
import type { NetworkPolicy } from 'kubernetes-types/networking/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { rulesOf } from '../../cluster/policy-rules.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { remembered } from '../../memo.ts';
import {
  closedPort,
  hasOpenPort,
  servicePortSlips,
  slippedPorts,
  unresolvedNames,
} from './policy-ports.ts';

export interface ClosedServicePort {
  readonly service: ServicePicture;
  /** Of the port in the Service. */
  readonly index: number;
  /** What it leads to. */
  readonly targets: readonly number[];
  /** Those that isolate the pods. */
  readonly policies: readonly ClusterObject<NetworkPolicy>[];
  /** Those of them that let anything in. */
  readonly opening: readonly ClusterObject<NetworkPolicy>[];
  /**
   * Another port is open: this one may be closed on purpose. Where none is, what the policies allow
   * serves nobody.
   */
  readonly someOpen: boolean;
  /**
   * It is to be called from outside of the cluster, and others of its namespace are opened by
   * policies: its own was forgotten.
   */
  readonly isForgotten: boolean;
}

export function* closedServicePorts(cluster: Cluster): Iterable<ClosedServicePort> {
  if (cluster.policies.all.length === 0) return;
  const isSlipped = slippedPorts(servicePortSlips(cluster));
  const misnamed = new Set(unresolvedNames(cluster).map(({ policy }) => policy));
  for (const service of cluster.services) {
    if (!hasOnlyKnownBackends(service)) continue;
    for (const index of service.ports.keys()) {
      const closed = closedPort(service, index, cluster);
      // A rule that names the Service port, or a port that is none, is to blame itself, and
      // another finding.
      if (
        closed === undefined ||
        (misnamed.size > 0 && closed.policies.some((policy) => misnamed.has(policy))) ||
        isSlipped(service, index)
      )
        continue;
      const opening = closed.policies.filter((one) => rulesOf(one, 'Ingress').length > 0);
      const someOpen = hasOpenPort(service, cluster);
      const isForgotten = isOutward(service) && opened(cluster).has(service.object.namespace);
      yield { ...closed, service, index, opening, someOpen, isForgotten };
    }
  }
}

function isOutward({ spec }: ServicePicture): boolean {
  return spec.type === 'NodePort' || spec.type === 'LoadBalancer';
}

/** Namespaces in which some policy lets something in. */
const opened = remembered(
  ({ policies }: Cluster): ReadonlySet<string | undefined> =>
    new Set(
      policies.all
        .filter((policy) => rulesOf(policy, 'Ingress').length > 0)
        .map(({ namespace }) => namespace),
    ),
);

function hasOnlyKnownBackends({ backends, possible, manualSlices }: ServicePicture): boolean {
  return backends.length > 0 && possible.length === 0 && manualSlices.length === 0;
}

/** `TCP 8080`, `TCP web`, at most five. */
export function allowedPorts(policies: readonly ClusterObject<NetworkPolicy>[]): string[] {
  const texts = policies.flatMap((policy) =>
    rulesOf(policy, 'Ingress').flatMap(({ ports }) =>
      ports.map(
        ({ port, protocol = 'TCP', endPort }) =>
          `${protocol} ${port ?? 'ports'}${endPort === undefined ? '' : `–${endPort}`}`,
      ),
    ),
  );
  return [...new Set(texts)].sort().slice(0, 5);
}
