import type { NetworkPolicy, NetworkPolicyPeer } from 'kubernetes-types/networking/v1';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { rulesOf } from '../../src/cluster/policy-rules.ts';
import type { Path } from '../../src/kubernetes/json.ts';
import { purposeOfRange } from '../../src/lint/ports/pod-ranges.ts';
import { defineRule, type RuleContext, type Words } from '../../src/lint/rule.ts';

const messages = {
  range: ({ cidr }: { cidr: string }) => `${cidr} is every address, pods of the cluster included`,
  beside: ({ cidr }: { cidr: string }) =>
    `${cidr} is every address: the other peers of this rule add nothing to it`,
  pods: ({ cidr, what }: Record<'cidr' | 'what', string>) =>
    `${cidr} looks like ${what}: addresses there are given out anew with every pod`,
  services: ({ cidr }: { cidr: string }) =>
    `${cidr} looks like the addresses of Services, which are changed to those of pods before ` +
    'a policy sees a packet',
  anything: () => 'a rule without peers and ports admits everybody to every port',
  unseen: ({ cidr }: { cidr: string }) =>
    `${cidr} looks like the addresses of Services, which no packet has when a policy sees it: ` +
    'the rule lets nothing out to their pods',
  namespaces: () => 'an empty namespaceSelector is every pod of every namespace',
};

export const networkPolicyOpen = defineRule({
  meta: {
    id: 'network-policy-open',
    category: 'security',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: ['NetworkPolicy'],
    title: 'lets in more than it seems to',
    summary: 'A NetworkPolicy admits every address, every namespace, or pods by their addresses',
    why:
      'rules are added up, so that the widest one decides: a policy that admits every address ' +
      'beside its callers isolates nothing; and the addresses of pods and Services change',
    fixable: false,
  },
  messages,
  check({ cluster, report }) {
    for (const policy of cluster.policies.all) {
      checkIngress(policy, report);
      checkEgress(policy, report);
    }
  },
});

type Report = RuleContext<typeof messages>['report'];

function checkIngress(policy: ClusterObject<NetworkPolicy>, report: Report): void {
  for (const { peers, ports, path } of rulesOf(policy, 'Ingress')) {
    // For all pods of a namespace it is the way to say that nothing is isolated.
    if (peers.length + ports.length === 0 && !isDefault(policy))
      report({
        object: policy,
        at: path,
        id: 'anything',
        data: undefined,
        severity: 'info',
        help: 'name who calls with from, and where with ports; or leave the policy out',
      });
    for (const [index, peer] of peers.entries()) {
      const at = [...path, 'from', index];
      const words = ofEverybody(peer, peers.length > 1, policy);
      if (words !== undefined) report({ object: policy, ...words, at: [...at, ...words.at] });
      const given = ofGivenAddress(peer);
      if (given !== undefined) report({ object: policy, at: [...at, 'ipBlock', 'cidr'], ...given });
    }
  }
}

function checkEgress(policy: ClusterObject<NetworkPolicy>, report: Report): void {
  for (const { peers, path } of rulesOf(policy, 'Egress'))
    for (const [index, { ipBlock: { cidr = '' } = {} }] of peers.entries())
      if (purposeOfRange(cidr) === 'Services')
        report({
          object: policy,
          at: [...path, 'to', index, 'ipBlock', 'cidr'],
          id: 'unseen',
          data: { cidr },
          title: 'allows addresses that no packet has',
          severity: 'info',
          help: 'select the pods behind the Service by their labels and namespace',
        });
}

/** A peer that is every address, or every pod. */
function ofEverybody(
  { ipBlock, namespaceSelector, podSelector }: NetworkPolicyPeer,
  isBeside: boolean,
  policy: ClusterObject<NetworkPolicy>,
): (Words<typeof messages> & { readonly at: Path; readonly part?: 'key' }) | undefined {
  const { cidr = '', except = [] } = ipBlock ?? {};
  if (/^(0\.0\.0\.0|::)\/0$/.test(cidr) && except.length === 0)
    return {
      at: ['ipBlock', 'cidr'],
      id: isBeside ? 'beside' : 'range',
      data: { cidr },
      severity: isBeside || isDefault(policy) ? 'warning' : 'info',
      help: 'name the pods and namespaces that call, or the networks of the clients',
    };
  const isEmpty = namespaceSelector && Object.keys(namespaceSelector).length === 0;
  if (podSelector !== undefined || isEmpty !== true) return undefined;
  return {
    at: ['namespaceSelector'],
    part: 'key',
    id: 'namespaces',
    data: undefined,
    severity: 'info',
    help: 'name the namespaces that call, as kubernetes.io/metadata.name: NAME',
  };
}

/** A range that addresses of pods or Services are given from. */
function ofGivenAddress({ ipBlock }: NetworkPolicyPeer): Words<typeof messages> | undefined {
  const { cidr = '' } = ipBlock ?? {};
  const given = purposeOfRange(cidr);
  if (given === undefined) return undefined;
  const help = 'select pods by their labels and namespaces; ipBlock is for outside';
  return given === 'Services'
    ? { id: 'services', data: { cidr }, help }
    : { id: 'pods', data: { cidr, what: given }, severity: 'info', help };
}

/** It is about all pods of its namespace. */
function isDefault({ value }: ClusterObject<NetworkPolicy>): boolean {
  const { matchLabels = {}, matchExpressions = [] } = value.spec?.podSelector ?? {};
  return Object.keys(matchLabels).length + matchExpressions.length === 0;
}
