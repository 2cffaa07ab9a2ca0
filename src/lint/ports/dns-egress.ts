/** Whether pods may ask cluster DNS, as far as NetworkPolicies decide it. */
import type { NetworkPolicy, NetworkPolicyPort } from 'kubernetes-types/networking/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { rulesOf } from '../../cluster/policy.ts';
import type { Place } from '../rule.ts';

/** Where DNS servers listen: pods of OpenShift's take 5353 behind the Service port 53. */
const dnsPorts = [53, 5353];

export interface DnsDenied {
  /** Those that isolate the pods for egress; at least one. */
  readonly policies: readonly ClusterObject<NetworkPolicy>[];
  /** Where a rule would have to stand. */
  readonly place: Place;
}

/**
 * The policies by which pods may send nothing to port 53; undefined where some rule may allow it,
 * or nothing isolates them for certain.
 */
export function dnsDenied(from: PodSet, { policies }: Cluster): DnsDenied | undefined {
  const isolating = policies.isolating(from, 'Egress');
  const [first] = isolating.map(({ policy }) => policy);
  if (first === undefined || from.spec.hostNetwork === true) return undefined;
  if (isolating.every(({ truth }) => truth !== 'yes')) return undefined;
  const rules = isolating.flatMap(({ policy }) => rulesOf(policy, 'Egress'));
  if (rules.some(({ ports }) => ports.length === 0 || ports.some(mayBeDns))) return undefined;
  return {
    policies: isolating.map(({ policy }) => policy),
    place: {
      object: first,
      at: rules.length > 0 ? ['spec', 'egress'] : ['spec', 'podSelector'],
      part: 'key',
    },
  };
}

/** A port that is named may be 53 wherever the name leads. */
function mayBeDns({ port, endPort }: NetworkPolicyPort): boolean {
  if (typeof port !== 'number') return true;
  return dnsPorts.some((dns) => port <= dns && dns <= Number(endPort ?? port));
}
