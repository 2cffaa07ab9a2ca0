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
  const open = rules.flatMap((rule) => portsOfDns(rule, from.namespace));
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
function portsOfDns({ ports, peers }: PolicyRule, own: string): NetworkPolicyPort[] {
  const numbers = new Set(
    peers.length === 0 ? everywhere : peers.flatMap((peer) => dnsNumbers(peer, own)),
  );
  if (ports.length === 0 && numbers.size > 0) return [{ protocol: 'UDP' }];
  return ports.filter((port) => [...numbers].some((number) => mayBe(number, port)));
}

/** A port is one of TCP unless it says otherwise. */
function isForDatagrams({ protocol }: NetworkPolicyPort): boolean {
  return protocol === 'UDP' || isPlaceholder(protocol);
}

/** A port that is named may be 53 wherever the name leads. */
function mayBe(dns: number, { port, endPort }: NetworkPolicyPort): boolean {
  return typeof port !== 'number' || (port <= dns && dns <= Number(endPort ?? port));
}

/** Where DNS may listen where it is not known whose it is. */
const everywhere = [dnsPort, openShiftPort];
/** Namespaces in which cluster DNS runs; OpenShift's is not in the first. */
const dnsNamespaces = ['kube-system', 'openshift-dns', 'kube-dns', 'coredns'];

/**
 * The numbers at which a peer may be cluster DNS. Pods of the same namespace are no DNS servers,
 * nor are those of a namespace that is named and is another; any other label may be one of theirs.
 */
function dnsNumbers(
  { ipBlock, namespaceSelector, podSelector = {} }: NetworkPolicyPeer,
  own: string,
): readonly number[] {
  const name = namespaceSelector?.matchLabels?.[namespaceNameLabel];
  if (name === 'kube-system') return [dnsPort];
  if (ipBlock !== undefined || dnsNamespaces.includes(own)) return everywhere;
  const mayBeDns =
    namespaceSelector === undefined
      ? Object.entries(podSelector.matchLabels ?? {}).some((pair) => /dns/i.test(pair.join('=')))
      : name === undefined || dnsNamespaces.includes(name) || isPlaceholder(name);
  return mayBeDns ? everywhere : [];
}
