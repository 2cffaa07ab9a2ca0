/** Whether pods may ask cluster DNS, as far as NetworkPolicies decide it. */
import type {
  NetworkPolicy,
  NetworkPolicyPeer,
  NetworkPolicyPort,
} from 'kubernetes-types/networking/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { type PolicyRule, rulesOf } from '../../cluster/policy-rules.ts';
import { namespaceNameLabel } from '../../kubernetes/labels.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import type { Place } from '../rule.ts';

const dnsPort = 53;
/** Where the pods of OpenShift's DNS listen, behind the Service port 53. */
const openShiftPort = 5353;

export interface DnsDenied {
  /** Those that isolate the pods for egress; at least one. */
  readonly policies: readonly ClusterObject<NetworkPolicy>[];
  /** Where a rule would have to stand. */
  readonly place: Place;
  /** The port is open for TCP, by which no resolver asks first. */
  readonly isOpenForTcp: boolean;
}

/**
 * The policies by which pods may send no datagram to port 53; undefined where some rule may allow
 * it, or nothing isolates them for certain.
 */
export function dnsDenied(from: PodSet, { policies }: Cluster): DnsDenied | undefined {
  const isolating = policies.isolating(from, 'Egress');
  const [first] = isolating.map(({ policy }) => policy);
  if (first === undefined || from.spec.hostNetwork === true) return undefined;
  if (isolating.every(({ truth }) => truth !== 'yes')) return undefined;
  const rules = isolating.flatMap(({ policy }) => rulesOf(policy, 'Egress'));
  const open = rules.filter(({ peers }) => reachesDns(peers, from.namespace)).flatMap(dnsPorts);
  const asksByTcp = (from.spec.dnsConfig?.options ?? []).some(({ name }) => name === 'use-vc');
  if (open.some((port) => asksByTcp || isForDatagrams(port))) return undefined;
  return {
    policies: isolating.map(({ policy }) => policy),
    place: {
      object: first,
      at: rules.length > 0 ? ['spec', 'egress'] : ['spec', 'podSelector'],
      part: 'key',
    },
    isOpenForTcp: open.length > 0,
  };
}

/** The ports of a rule at which cluster DNS may listen; one without numbers opens them all. */
function dnsPorts({ ports, peers }: Pick<PolicyRule, 'ports' | 'peers'>): NetworkPolicyPort[] {
  if (ports.length === 0) return [{ protocol: 'UDP' }];
  const numbers = mayBeOpenShift(peers) ? [dnsPort, openShiftPort] : [dnsPort];
  return ports.filter((port) => numbers.some((number) => mayBe(number, port)));
}

/** A port is one of TCP unless it says otherwise. */
function isForDatagrams({ protocol }: NetworkPolicyPort): boolean {
  return protocol === 'UDP' || isPlaceholder(protocol);
}

/** A port that is named may be 53 wherever the name leads. */
function mayBe(dns: number, { port, endPort }: NetworkPolicyPort): boolean {
  return typeof port !== 'number' || (port <= dns && dns <= Number(endPort ?? port));
}

/** OpenShift's DNS is not in kube-system. */
function mayBeOpenShift(peers: readonly NetworkPolicyPeer[]): boolean {
  return (
    peers.length === 0 ||
    peers.some(
      ({ namespaceSelector }) =>
        namespaceSelector?.matchLabels?.[namespaceNameLabel] !== 'kube-system',
    )
  );
}

function reachesDns(peers: readonly NetworkPolicyPeer[], own: string): boolean {
  return peers.length === 0 || peers.some((peer) => mayServeDns(peer, own));
}

/** Namespaces in which cluster DNS runs. */
const dnsNamespaces = ['kube-system', 'openshift-dns', 'kube-dns', 'coredns'];

/**
 * Pods of the same namespace are no DNS servers, nor are those of a namespace that is named and is
 * another; any other label may be one of theirs.
 */
function mayServeDns(
  { ipBlock, namespaceSelector, podSelector = {} }: NetworkPolicyPeer,
  own: string,
): boolean {
  if (ipBlock !== undefined || dnsNamespaces.includes(own)) return true;
  if (namespaceSelector === undefined)
    return Object.entries(podSelector.matchLabels ?? {}).some(([key, value]) =>
      /dns/i.test(`${key}=${value}`),
    );
  const name = namespaceSelector.matchLabels?.[namespaceNameLabel];
  return name === undefined || dnsNamespaces.includes(name) || isPlaceholder(name);
}
