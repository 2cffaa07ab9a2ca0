import type { NetworkPolicy } from 'kubernetes-types/networking/v1';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { rulesOf } from '../../src/cluster/policy-rules.ts';
import { isGivenAddress } from '../../src/lint/ports/pod-ranges.ts';
import { defineRule } from '../../src/lint/rule.ts';

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
  messages: {
    range: ({ cidr }: { cidr: string }) => `${cidr} is every address, pods of the cluster included`,
    beside: ({ cidr }: { cidr: string }) =>
      `${cidr} is every address: the other peers of this rule add nothing to it`,
    pods: ({ cidr, what }: Record<'cidr' | 'what', string>) =>
      `${cidr} looks like ${what}: addresses there are given out anew with every pod`,
    services: ({ cidr }: { cidr: string }) =>
      `${cidr} looks like the addresses of Services, which are changed to those of pods before ` +
      'a policy sees a packet',
    namespaces: () => 'an empty namespaceSelector is every pod of every namespace',
  },
  check({ cluster, report }) {
    for (const policy of cluster.policies.all)
      for (const { peers, path } of rulesOf(policy, 'Ingress')) {
        for (const [index, { ipBlock, namespaceSelector, podSelector }] of peers.entries()) {
          const at = [...path, 'from', index];
          const cidr = ipBlock?.cidr ?? '';
          const isAll = /^(0\.0\.0\.0|::)\/0$/.test(cidr) && (ipBlock?.except ?? []).length === 0;
          if (isAll)
            report({
              object: policy,
              at: [...at, 'ipBlock', 'cidr'],
              id: peers.length > 1 ? 'beside' : 'range',
              data: { cidr },
              severity: peers.length > 1 || isDefault(policy) ? 'warning' : 'info',
              help: 'name the pods and namespaces that call, or the networks of the clients',
            });
          else if (
            namespaceSelector !== undefined &&
            podSelector === undefined &&
            Object.keys(namespaceSelector).length === 0
          )
            report({
              object: policy,
              at: [...at, 'namespaceSelector'],
              part: 'key',
              id: 'namespaces',
              data: undefined,
              severity: 'info',
              help: 'name the namespaces that call, as kubernetes.io/metadata.name: NAME',
            });
          const given = isGivenAddress(cidr);
          if (given === undefined) continue;
          report({
            object: policy,
            at: [...at, 'ipBlock', 'cidr'],
            ...(given === 'Services'
              ? { id: 'services', data: { cidr } }
              : { id: 'pods', data: { cidr, what: given }, severity: 'info' }),
            help: 'select pods by their labels and namespaces; ipBlock is for outside',
          });
        }
      }
  },
});

/** It is about all pods of its namespace. */
function isDefault({ value }: ClusterObject<NetworkPolicy>): boolean {
  const { matchLabels = {}, matchExpressions = [] } = value.spec?.podSelector ?? {};
  return Object.keys(matchLabels).length + matchExpressions.length === 0;
}
