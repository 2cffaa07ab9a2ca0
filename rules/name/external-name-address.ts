import { parseIP } from '../../src/cluster/apiserver/ip-address.ts';
import { defineRule } from '../../src/lint/rule.ts';

export const externalNameAddress = defineRule({
  meta: {
    id: 'external-name-address',
    category: 'name',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: ['Service'],
    title: 'stands for an address, not for a name',
    summary: 'The externalName of a Service is an IP address',
    why:
      'the API server takes the digits for a host name, but cluster DNS can answer with an ' +
      'alias (CNAME) for a name only: CoreDNS leaves the Service out and answers NXDOMAIN',
    fixable: false,
  },
  messages: {
    address: ({ address }: { address: string }) =>
      `externalName "${address}" is an address, for which cluster DNS has no answer`,
  },
  check({ cluster, report }) {
    for (const { object, spec } of cluster.services) {
      const address = spec.externalName;
      if (spec.type !== 'ExternalName' || address === undefined || !isAddress(address)) continue;
      report({
        object,
        at: ['spec', 'externalName'],
        id: 'address',
        data: { address },
        help:
          'take type and externalName out, give the Service ports, and write an ' +
          'EndpointSlice with the address for it; or write a host name',
      });
    }
  },
});

/** The final dot of a name that is fully qualified does not make one of it. */
function isAddress(text: string): boolean {
  return parseIP(text.replace(/\.$/, '')) !== undefined;
}
