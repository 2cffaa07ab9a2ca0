import { defineRule } from '../../src/lint/rule.ts';

export const externalIps = defineRule({
  meta: {
    id: 'external-ips',
    category: 'security',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: ['Service'],
    title: 'takes traffic of addresses that it claims',
    summary: 'A Service claims external IPs',
    why:
      'every node sends what its pods and itself send to an address in externalIPs to this ' +
      'Service, whoever the address belongs to; Kubernetes does not check that ' +
      '(CVE-2020-8554), and the field is deprecated since 1.36',
    fixable: false,
  },
  messages: {
    claimed: ({ address }: { address: string }) =>
      `connections to ${address} from anywhere in the cluster end at this Service`,
  },
  check({ cluster, report }) {
    for (const { object, spec } of cluster.services) {
      for (const [index, address] of (spec.externalIPs ?? []).entries())
        report({
          object,
          at: ['spec', 'externalIPs', index],
          id: 'claimed',
          data: { address },
          help:
            'use type LoadBalancer or a Gateway, and deny externalIPs by a policy ' +
            '(DenyServiceExternalIPs)',
        });
    }
  },
});
