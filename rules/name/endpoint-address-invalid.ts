import { type AddressFault, addressFaults } from '../../src/lint/ports/address-faults.ts';
import { defineRule, type Words } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

const messages = {
  group: ({ address, what }: { address: string; what: string }) =>
    `${address} is ${what}: no connection can be made to it`,
  clusterIP: ({ address, service }: { address: string; service: string }) =>
    `${address} is the cluster IP of ${service}`,
  family: ({ address, family, families }: { address: string; family: string; families: string }) =>
    `${address} is an ${family} address, but the Service is ${families} only`,
  fqdn: ({ address }: { address: string }) =>
    `"${address}" is a host name, and proxies pass slices with addressType FQDN over`,
  further: ({ address, first }: { address: string; first: string }) =>
    `kube-proxy uses the first address of an endpoint only, ${first}, never ${address}`,
};

export const endpointAddressInvalid = defineRule({
  meta: {
    id: 'endpoint-address-invalid',
    category: 'name',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Endpoints', 'EndpointSlice'],
    title: 'has an address that nothing can reach',
    summary:
      'A hand-written endpoint has an address that the API server takes but that does not work',
    why:
      'the API server refuses loopback and link-local addresses of endpoints only; any other ' +
      'address is taken, and tried',
    fixable: false,
  },
  messages,
  check({ cluster, report }) {
    for (const fault of addressFaults(cluster)) {
      const { object, service, at } = fault.written;
      report({
        object,
        at,
        dependsOn: [service.object],
        ...(object.kind === 'Endpoints' && { title: 'have an address that nothing can reach' }),
        ...wordsFor(fault),
      });
    }
  },
});

function wordsFor(fault: AddressFault): Words<typeof messages> {
  const { address } = fault.written;
  switch (fault.type) {
    case 'fqdn':
      return {
        id: 'fqdn',
        data: { address },
        severity: 'warning',
        help:
          `write a Service with type: ExternalName and externalName: ${address}, or the ` +
          'addresses themselves',
      };
    case 'group':
      return {
        id: 'group',
        data: { address, what: fault.what },
        help: 'write the address of the host that listens',
      };
    case 'clusterIP':
      return ofClusterIP(fault);
    case 'family':
      return ofFamily(fault);
    case 'further':
      return {
        id: 'further',
        data: { address, first: fault.first },
        severity: 'warning',
        why:
          'the addresses of one endpoint are alternatives for the same backend: kube-proxy ' +
          'takes the first',
        help: 'make an endpoint of its own for each address',
      };
  }
}

function ofClusterIP({
  written: { address, service },
  other: { object },
}: AddressFault & { type: 'clusterIP' }): Words<typeof messages> {
  return {
    id: 'clusterIP',
    data: { address, service: describeObject(object) },
    why:
      'kube-proxy rewrites a connection once: what it sends to the cluster IP of another ' +
      "Service is not sent on to that one's endpoints",
    help:
      object === service.object
        ? 'write the addresses that the Service must lead to'
        : 'write the addresses behind it, or a Service with type: ExternalName that names it',
    related: [{ object, at: ['spec', 'clusterIP'], message: 'given here' }],
  };
}

function ofFamily({
  written: { address, service },
  family,
}: AddressFault & { type: 'family' }): Words<typeof messages> {
  const families = (service.spec.ipFamilies ?? []).join(', ');
  const { object } = service;
  const at = ['spec', 'ipFamilies'];
  return {
    id: 'family',
    data: { address, family, families },
    why: 'a proxy takes endpoints of the families of the cluster IPs only',
    help:
      `write an ${families} address, or add ${family} to ipFamilies with ` +
      'ipFamilyPolicy: PreferDualStack',
    related: [{ object, at, part: 'key', message: 'the families of the Service' }],
  };
}
