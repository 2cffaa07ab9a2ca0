/** What NetworkPolicies write: their rules, one direction at a time. */
import type {
  NetworkPolicy,
  NetworkPolicyEgressRule,
  NetworkPolicyIngressRule,
  NetworkPolicyPeer,
  NetworkPolicyPort,
} from 'kubernetes-types/networking/v1';
import type { Path } from '../kubernetes/json.ts';
import type { ClusterObject } from './objects.ts';

export type Direction = 'Ingress' | 'Egress';

/** A rule of either direction, with its peers under one name. */
export interface PolicyRule {
  /** Empty: any source or destination, outside of the cluster too. */
  readonly peers: readonly NetworkPolicyPeer[];
  /** Empty: any port. */
  readonly ports: readonly NetworkPolicyPort[];
  /** From the policy to the rule. */
  readonly path: Path;
}

export function rulesOf(
  policy: ClusterObject<NetworkPolicy>,
  direction: Direction,
): readonly PolicyRule[] {
  let rules = knownRules[direction].get(policy);
  if (rules === undefined)
    knownRules[direction].set(policy, (rules = readRules(policy, direction)));
  return rules;
}

/** Read once: every pod that a policy selects asks for them. */
const knownRules: Readonly<Record<Direction, WeakMap<ClusterObject, readonly PolicyRule[]>>> = {
  Ingress: new WeakMap(),
  Egress: new WeakMap(),
};

function readRules({ value }: ClusterObject<NetworkPolicy>, direction: Direction): PolicyRule[] {
  const { ingress = [], egress = [] } = value.spec ?? {};
  return direction === 'Ingress'
    ? ingress.map(({ from = [], ports = [] }: NetworkPolicyIngressRule, index) => ({
        peers: from,
        ports,
        path: ['spec', 'ingress', index],
      }))
    : egress.map(({ to = [], ports = [] }: NetworkPolicyEgressRule, index) => ({
        peers: to,
        ports,
        path: ['spec', 'egress', index],
      }));
}
