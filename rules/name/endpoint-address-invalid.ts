import type { Cluster } from '../../src/cluster/cluster.ts';
import { parseIP } from '../../src/cluster/apiserver/ip-address.ts';
import type { IPFamily } from '../../src/cluster/options.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import { writtenAddresses } from '../../src/lint/ports/hand-written-addresses.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

const clusterIPWhy =
  "kube-proxy rewrites a connection once: what it sends to the cluster IP of another Service is not sent on to that one's endpoints";

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
    why: 'the API server refuses loopback and link-local addresses of endpoints only; any other address is taken, and tried',
    fixable: false,
  },
  messages: {
    group: ({ address, what }: { address: string; what: string }) =>
      `${address} is ${what}: no connection can be made to it`,
    clusterIP: ({ address, service }: { address: string; service: string }) =>
      `${address} is the cluster IP of ${service}`,
    family: ({
      address,
      family,
      families,
    }: {
      address: string;
      family: string;
      families: string;
    }) => `${address} is an ${family} address, but the Service is ${families} only`,
    fqdn: ({ address }: { address: string }) =>
      `"${address}" is a host name, and proxies pass slices with addressType FQDN over`,
    further: ({ address, first }: { address: string; first: string }) =>
      `only the first address of an endpoint is used, ${first}, never ${address}`,
  },
  check({ cluster, report }) {
    const clusterIPs = servicesByIP(cluster);
    for (const { object, service, address, at, fqdn, first } of writtenAddresses(cluster)) {
      const place = {
        object,
        at,
        dependsOn: [service.object],
        ...(object.kind === 'Endpoints' && { title: 'have an address that nothing can reach' }),
      };
      const proxied = !service.headless && service.spec.type !== 'ExternalName';
      const ip = parseIP(address);
      if (fqdn) {
        const help = `write a Service with type: ExternalName and externalName: ${address}, or the addresses themselves`;
        if (proxied) report({ ...place, id: 'fqdn', data: { address }, severity: 'warning', help });
        continue;
      }
      if (ip === undefined) continue;
      const what = unusable(ip.bytes, ip.family);
      const other = clusterIPs.get(ip.canonical);
      if (what !== undefined) {
        report({
          ...place,
          id: 'group',
          data: { address, what },
          help: 'write the address of the host that listens',
        });
      } else if (other !== undefined && proxied) {
        report({
          ...place,
          id: 'clusterIP',
          data: { address, service: describeObject(other.object) },
          why: clusterIPWhy,
          help:
            other.object === service.object
              ? 'write the addresses that the Service shall lead to'
              : 'write the addresses behind it, or a Service with type: ExternalName that names it',
          related: [{ object: other.object, at: ['spec', 'clusterIP'], message: 'given here' }],
        });
      } else if (proxied && isWrongFamily(ip.family, service)) {
        const families = (service.spec.ipFamilies ?? []).join(', ');
        report({
          ...place,
          id: 'family',
          data: { address, family: ip.family, families },
          why: 'a proxy takes endpoints of the families of the cluster IPs only',
          help: `write an ${families} address, or add ${ip.family} to ipFamilies with ipFamilyPolicy: PreferDualStack`,
          related: [
            {
              object: service.object,
              at: ['spec', 'ipFamilies'],
              part: 'key',
              message: 'the families of the Service',
            },
          ],
        });
      } else if (proxied && first !== undefined) {
        const why =
          'the addresses of one endpoint are alternatives for the same backend: kube-proxy takes the first';
        report({
          ...place,
          id: 'further',
          data: { address, first },
          severity: 'warning',
          why,
          help: 'make an endpoint of its own for each address',
        });
      }
    }
  },
});

function servicesByIP({ services }: Cluster): Map<string, ServicePicture> {
  const written = services.flatMap((service) =>
    [service.spec.clusterIP, ...(service.spec.clusterIPs ?? [])].map((ip) => ({ ip, service })),
  );
  return new Map(
    written.flatMap(({ ip, service }) =>
      ip === undefined ? [] : [[parseIP(ip)?.canonical ?? ip, service] as const],
    ),
  );
}

/** What the API server takes although no host has it (`ValidateEndpointIP` looks for loopback and link-local ones). */
function unusable(bytes: readonly number[], family: IPFamily): string | undefined {
  const [a = 0, b = 0, c = 0, d = 0] = family === 'IPv4' ? bytes.slice(12) : bytes;
  if (family === 'IPv6') return a === 0xff ? 'a multicast address' : undefined;
  if (a === 255 && b === 255 && c === 255 && d === 255) return 'the broadcast address';
  if (a >= 224 && a <= 239) return 'a multicast address';
  if (a === 0) return 'an address of "this network" (0.0.0.0/8)';
  return undefined;
}

/** Only where the families are written: what a cluster gives otherwise is not known. */
function isWrongFamily(family: IPFamily, { object, spec }: ServicePicture): boolean {
  const written = (object.source.value['spec'] as { ipFamilies?: unknown } | undefined)?.ipFamilies;
  return Array.isArray(written) && !(spec.ipFamilies ?? []).includes(family);
}
