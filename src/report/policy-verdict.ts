/** What NetworkPolicies let through to a port of a Service, in the words of `describe`. */
import type { ServicePort } from 'kubernetes-types/core/v1';
import type { NetworkPolicy, NetworkPolicyPeer } from 'kubernetes-types/networking/v1';
import type { Cluster } from '../cluster/cluster.ts';
import { formatSelector } from '../cluster/labels.ts';
import type { ClusterObject } from '../cluster/objects.ts';
import { type PodSet, workloadText } from '../cluster/pods.ts';
import { type PolicyVerdict } from '../cluster/policy.ts';
import { allowsPort } from '../cluster/policy-ports.ts';
import { type Direction, rulesOf } from '../cluster/policy-rules.ts';
import { findPort, slicesSeeSidecars } from '../cluster/ports.ts';
import type { ServicePicture } from '../cluster/service.ts';

/** undefined: no policy isolates any of the pods. */
export function policyText(
  service: ServicePicture,
  port: ServicePort,
  cluster: Cluster,
): string | undefined {
  const sidecars = slicesSeeSidecars(cluster.options.kubernetesMinor);
  const protocol = port.protocol ?? 'TCP';
  const texts = new Map<string, PodSet[]>();
  let isolated = false;
  for (const { members } of service.backends) {
    const target = findPort(members.set.spec, port, sidecars);
    if (typeof target !== 'number') continue;
    const verdict = cluster.policies.verdict(members.set, target, protocol);
    isolated ||= verdict.policies.length > 0;
    const text = verdictText(verdict, members.set, target, protocol);
    texts.set(text, [...(texts.get(text) ?? []), members.set]);
  }
  if (!isolated) return undefined;
  const [[only] = []] = texts;
  if (texts.size === 1) return only;
  return [...texts]
    .map(([text, sets]) => `${sets.map(workloadText).join(', ')}: ${text}`)
    .join('; ');
}

/** What a verdict means for whoever connects, with the policies that it is made of. */
export function verdictText(
  { state, policies }: PolicyVerdict,
  set: PodSet,
  port: number,
  protocol: string,
): string {
  if (policies.length === 0) return 'open: no NetworkPolicy isolates the pods';
  const names = `NetworkPolicy ${policies.map(({ name }) => name).join(', ')}`;
  switch (state) {
    case 'open':
      return `open to everybody (${names})`;
    case 'denied':
      return `denied: no rule allows ${protocol} ${port} from anywhere (${names})`;
    case 'unknown':
      return (
        `unknown: it depends on what is filled in later, on the node's network or on ` +
        `policies of another kind (${names})`
      );
    case 'restricted':
      return (
        `restricted to ${peersText(policies, 'Ingress', set, port, protocol) ?? 'nobody'} ` +
        `(${names})`
      );
  }
}

/** Whom the rules about a port name, at most four; undefined where there is no such rule. */
export function peersText(
  policies: readonly ClusterObject<NetworkPolicy>[],
  direction: Direction,
  set: PodSet,
  port: number,
  protocol: string,
): string | undefined {
  const peers = policies.flatMap((policy) =>
    rulesOf(policy, direction).flatMap((rule) =>
      allowsPort(rule, set, port, protocol) === 'no' ? [] : rule.peers.map(peerText),
    ),
  );
  const shown = [...new Set(peers)];
  return shown.length === 0
    ? undefined
    : `${shown.slice(0, 4).join('; ')}${shown.length > 4 ? `; and ${shown.length - 4} more` : ''}`;
}

function peerText({ podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer): string {
  if (ipBlock !== undefined)
    return [
      ipBlock.cidr,
      ...(ipBlock.except?.length ? [`but ${ipBlock.except.join(', ')}`] : []),
    ].join(' ');
  const pods = formatSelector(podSelector ?? {});
  const podText = pods === '' ? 'all pods' : `pods ${pods}`;
  if (namespaceSelector === undefined) return `${podText} of the same namespace`;
  const namespaces = formatSelector(namespaceSelector);
  if (namespaces === '') return `${podText} of all namespaces`;
  const name = /^kubernetes\.io\/metadata\.name=([^,]+)$/.exec(namespaces)?.[1];
  return `${podText} of ${name === undefined ? `namespaces ${namespaces}` : `namespace ${name}`}`;
}
