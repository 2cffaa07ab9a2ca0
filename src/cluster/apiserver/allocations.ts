/**
 * What Services of one cluster take from each other: node ports and cluster IPs
 * (pkg/registry/core/service/{ipallocator,portallocator}).
 */
import type { Service } from 'kubernetes-types/core/v1';
import type { ClusterOptions, MinorVersion } from '../options.ts';
import { FieldErrors } from './field-errors.ts';
import { FieldPath } from './field-path.ts';
import { type CIDR, contains, parseCIDR, parseIP } from './ip-address.ts';
import type { Refusal } from './refusal.ts';

const specPath = FieldPath.of('spec');

/**
 * Addresses outside of the cluster's ranges, or reserved in them (`ipallocator.Allocator`); those
 * of a family without a range are left alone.
 */
export function refuseOutside(
  { spec }: Service,
  { kubernetesMinor, serviceRanges }: ClusterOptions,
): readonly Refusal[] {
  const errors = new FieldErrors(kubernetesMinor);
  const ranges = serviceRanges.flatMap((text) => parseCIDR(text) ?? []);
  if (ranges.length === 0) return [];
  for (const ip of clusterIPsOf(spec)) {
    const address = parseIP(ip);
    const isIPv4 = address?.family === 'IPv4';
    const own = ranges.filter((range) => range.isIPv4 === isIPv4);
    if (address === undefined || own.length === 0) continue;
    if (own.some((range) => isGiven(range, address.bytes))) continue;
    const list = own.map(({ canonical }) => canonical).join(', ');
    errors.invalid(
      specPath.child('clusterIPs'),
      [ip],
      `failed to allocate IP ${ip}: the provided IP (${ip}) is not in the valid range. The ` +
        `range of valid IPs is ${list}`,
      { at: specPath.child(spec?.clusterIP === undefined ? 'clusterIPs' : 'clusterIP') },
    );
    break;
  }
  return errors.refusals;
}

/**
 * The first address of a range is the network's, the last one of IPv4 the broadcast's
 * (ipallocator.go `NewIPAllocator`).
 */
function isGiven(range: CIDR, bytes: readonly number[]): boolean {
  if (!contains(range, bytes, range.isIPv4)) return false;
  const isFirst = range.network.every((byte, index) => byte === bytes[index]);
  const hostBits = (range.isIPv4 ? 32 : 128) - range.prefix;
  return !isFirst && !(range.isIPv4 && isAllOnes(bytes, hostBits));
}

function isAllOnes(bytes: readonly number[], bits: number): boolean {
  return bytes.every((byte, index) => {
    const mask = 0xff >> Math.min(8, Math.max(0, 128 - bits - index * 8));
    return (byte & mask) === mask;
  });
}

function clusterIPsOf(spec: Service['spec']): readonly string[] {
  const given = spec?.clusterIPs ?? (spec?.clusterIP === undefined ? [] : [spec.clusterIP]);
  return given.filter((ip) => parseIP(ip) !== undefined);
}

/** However it is written. */
function keyOf(ip: string): string {
  return parseIP(ip)?.bytes.join() ?? ip;
}

/** Service default/kubernetes, which the API server makes. */
const apiServer = '/Service/default/kubernetes';

export class Allocations {
  /** By number alone: two Services cannot share a node port even with different protocols. */
  readonly #nodePorts = new Map<number, string>();
  readonly #clusterIPs = new Map<string, string>();
  /** What each Service has. */
  readonly #held = new Map<string, { readonly ips: string[]; readonly ports: number[] }>();

  /**
   * `serviceRanges` are those of the cluster, where they are known: the first address of the first
   * is its own.
   */
  constructor(serviceRanges: readonly string[] = []) {
    const first = parseCIDR(serviceRanges[0] ?? '');
    if (first === undefined) return;
    const bytes = [...first.network];
    bytes[15] = (bytes[15] ?? 0) + 1;
    this.#clusterIPs.set(bytes.join(), apiServer);
  }

  /**
   * Takes what a Service asks for by name. `identity` tells it from the others: applied again it
   * keeps what it has. Gives the first refusal, as the allocators do; then nothing is taken.
   */
  take(identity: string, { spec }: Service, minor: MinorVersion): readonly Refusal[] {
    const errors = new FieldErrors(minor);
    const clusterIPs = clusterIPsOf(spec);
    const takenIP = clusterIPs.find((ip) => this.#isTaken(this.#clusterIPs, keyOf(ip), identity));
    if (takenIP !== undefined) {
      const detail = `failed to allocate IP ${takenIP}: provided IP is already allocated`;
      errors.invalid(specPath.child('clusterIPs'), [takenIP], detail, {
        at: specPath.child(spec?.clusterIP === undefined ? 'clusterIPs' : 'clusterIP'),
      });
      return errors.refusals;
    }
    const ports = spec?.ports ?? [];
    const nodePorts = ports
      .map(({ nodePort }) => nodePort)
      .filter((port) => typeof port === 'number' && port !== 0) as number[];
    const index = ports.findIndex(
      ({ nodePort }) =>
        typeof nodePort === 'number' && this.#isTaken(this.#nodePorts, nodePort, identity),
    );
    if (index !== -1) {
      errors.invalid(
        specPath.child('ports').index(index).child('nodePort'),
        ports[index]?.nodePort,
        'provided port is already allocated',
      );
      return errors.refusals;
    }
    this.#release(identity);
    const ips = clusterIPs.map(keyOf);
    for (const ip of ips) this.#clusterIPs.set(ip, identity);
    for (const port of nodePorts) this.#nodePorts.set(port, identity);
    this.#held.set(identity, { ips, ports: nodePorts });
    return [];
  }

  /** A Service that is applied again has what it asks for now. */
  #release(identity: string): void {
    const { ips = [], ports = [] } = this.#held.get(identity) ?? {};
    for (const ip of ips) this.#clusterIPs.delete(ip);
    for (const port of ports) this.#nodePorts.delete(port);
  }

  #isTaken<K>(taken: ReadonlyMap<K, string>, key: K, identity: string): boolean {
    return taken.has(key) && taken.get(key) !== identity;
  }
}
