import { writtenAddresses } from '../../src/lint/ports/hand-written-addresses.ts';
import { purposeOfRange } from '../../src/lint/ports/pod-ranges.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { isReadFromCluster } from '../../src/lint/unseen/read-from-cluster.ts';

export const endpointAddressOfPod = defineRule({
  meta: {
    id: 'endpoint-address-of-pod',
    category: 'name',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Endpoints', 'EndpointSlice'],
    title: 'has the address of a pod',
    summary: 'A hand-written endpoint has the address that a pod had when somebody looked',
    why:
      'a pod that is replaced has another address, and nobody writes it into endpoints that were ' +
      'made by hand',
    fixable: false,
  },
  messages: {
    pod: ({ pod }: { pod: string }) => `pod "${pod}" had this address when it was copied`,
    range: ({ address, what }: { address: string; what: string }) =>
      `${address} is in ${what}: addresses there are given out anew with every pod`,
  },
  check({ cluster, report }) {
    for (const { object, service, address, at, pod } of writtenAddresses(cluster)) {
      const what = purposeOfRange(address) ?? 'Services';
      if ((pod === undefined && what === 'Services') || isReadFromCluster(object)) continue;
      report({
        object,
        at,
        ...(pod === undefined
          ? { id: 'range', data: { address, what }, severity: 'info' }
          : { id: 'pod', data: { pod } }),
        ...(object.kind === 'Endpoints' && { title: 'have the address of a pod' }),
        dependsOn: [service.object],
        help: `give Service "${service.object.name}" a selector that takes the pods`,
      });
    }
  },
});
