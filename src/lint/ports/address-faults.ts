/** Addresses of hand-written endpoints that the API server takes but that do not work. */
import { parseIP } from '../../cluster/apiserver/ip-address.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterOptions, IPFamily } from '../../cluster/options.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { fieldAt } from '../../kubernetes/json.ts';
import { type WrittenAddress, writtenAddresses } from './hand-written-addresses.ts';

export type AddressFault = { readonly written: WrittenAddress } &
  /** A host name, in a slice. */
  (
    | { readonly type: 'fqdn' }
    /** `what`: `a multicast address`. */
    | { readonly type: 'group'; readonly what: string }
    | { readonly type: 'clusterIP'; readonly other: ServicePicture }
    | { readonly type: 'family'; readonly family: IPFamily }
    /** Behind another one in the same endpoint. */
    | { readonly type: 'further'; readonly first: string }
  );

export function addressFaults(cluster: Cluster): AddressFault[] {
  const clusterIPs = servicesByIP(cluster);
  return writtenAddresses(cluster).flatMap((written): AddressFault[] => {
    const { service, address, fqdn, first } = written;
    const isProxied = !service.headless && service.spec.type !== 'ExternalName';
    if (fqdn) return isProxied ? [{ type: 'fqdn', written }] : [];
    const ip = parseIP(address);
    if (ip === undefined) return [];
    const what = unusable(ip.bytes, ip.family);
    if (what !== undefined) return [{ type: 'group', written, what }];
    if (!isProxied) return [];
    const other = clusterIPs.get(ip.canonical);
    if (other !== undefined) return [{ type: 'clusterIP', written, other }];
    if (isWrongFamily(ip.family, service, cluster.options))
      return [{ type: 'family', written, family: ip.family }];
    return first === undefined ? [] : [{ type: 'further', written, first }];
  });
}

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

/**
 * What the API server takes although no host has it (`ValidateEndpointIP` looks for loopback and
 * link-local ones).
 */
function unusable(bytes: readonly number[], family: IPFamily): string | undefined {
  const [a = 0, b = 0, c = 0, d = 0] = family === 'IPv4' ? bytes.slice(12) : bytes;
  if (family === 'IPv6') return a === 0xff ? 'a multicast address' : undefined;
  if (a === 255 && b === 255 && c === 255 && d === 255) return 'the broadcast address';
  if (a >= 224 && a <= 239) return 'a multicast address';
  if (a === 0) return 'an address of "this network" (0.0.0.0/8)';
  return undefined;
}

/**
 * Only where the families are written, or those of the cluster are said: what it gives otherwise is
 * not known.
 */
function isWrongFamily(
  family: IPFamily,
  { object, spec }: ServicePicture,
  { ipFamiliesAssumed }: ClusterOptions,
): boolean {
  const isWritten = Array.isArray(fieldAt(object.source.value, 'spec', 'ipFamilies'));
  return (isWritten || !ipFamiliesAssumed) && !(spec.ipFamilies ?? []).includes(family);
}
