/** Hand-written Endpoints as slices (pkg/controller/endpointslicemirroring). */
import type { EndpointAddress, Endpoints, EndpointSubset } from 'kubernetes-types/core/v1';
import type { IPFamily } from '../options.ts';
import { type EndpointPort, endpointPort, portKey } from '../ports.ts';

export interface MirroredEndpoint {
  readonly address: EndpointAddress;
  readonly ready: boolean;
}

export interface MirroredSlice {
  readonly addressType: IPFamily;
  readonly ports: readonly EndpointPort[];
  readonly endpoints: readonly MirroredEndpoint[];
}

export const skipMirrorLabel = 'endpointslice.kubernetes.io/skip-mirror';
export const leaderAnnotation = 'control-plane.alpha.kubernetes.io/leader';

/** --mirroring-max-endpoints-per-subset of kube-controller-manager. */
const maxEndpointsPerSubset = 1000;

/**
 * Why Endpoints are left alone although their Service has no selector
 * (endpointslicemirroring_controller.go `shouldMirror`); undefined when they are mirrored.
 */
export function notMirroredReason({ metadata }: Endpoints): string | undefined {
  if (metadata?.labels?.[skipMirrorLabel] === 'true')
    return `the label ${skipMirrorLabel}: "true" asks not to mirror it`;
  if (metadata?.annotations?.[leaderAnnotation] !== undefined)
    return `the annotation ${leaderAnnotation} marks a leader election lock`;
  return undefined;
}

/**
 * One slice for each repacked subset and family that has addresses; no placeholder (reconciler.go
 * `reconcile`).
 */
export function mirrorEndpoints({ subsets = [] }: Endpoints): MirroredSlice[] {
  return repackSubsets(subsets).flatMap(({ ports, endpoints }) => {
    const mirrored = endpoints.slice(0, maxEndpointsPerSubset);
    return (['IPv4', 'IPv6'] as const)
      .map((family) => ({
        addressType: family,
        ports,
        endpoints: mirrored.filter(({ address }) => familyOf(address.ip) === family),
      }))
      .filter((slice) => slice.endpoints.length > 0);
  });
}

/** IPv4-mapped IPv6 counts as IPv4 (netutils `IsIPv6String`: `To4()` succeeds). */
function familyOf(ip: string): IPFamily {
  return !ip.includes(':') || /^::ffff:\d+\.\d+\.\d+\.\d+$/i.test(ip) ? 'IPv4' : 'IPv6';
}

/**
 * Explodes subsets to (port, address) entries and joins ports that have the very same addresses;
 * not ready beats ready (pkg/api/v1/endpoints `RepackSubsets`). Ready endpoints come first.
 */
function repackSubsets(
  subsets: readonly EndpointSubset[],
): { ports: EndpointPort[]; endpoints: MirroredEndpoint[] }[] {
  const byPort = new Map<
    string,
    { port: EndpointPort | undefined; endpoints: Map<string, MirroredEndpoint> }
  >();
  for (const { addresses = [], notReadyAddresses = [], ports = [] } of subsets) {
    for (const port of ports.length === 0
      ? [undefined]
      : ports.map((port) => endpointPort(port, port.port))) {
      const key = port === undefined ? '' : portKey(port);
      const entry = byPort.get(key) ?? { port, endpoints: new Map<string, MirroredEndpoint>() };
      byPort.set(key, entry);
      for (const address of notReadyAddresses)
        entry.endpoints.set(addressKey(address), { address, ready: false });
      for (const address of addresses)
        if (!entry.endpoints.has(addressKey(address)))
          entry.endpoints.set(addressKey(address), { address, ready: true });
    }
  }
  const packed = new Map<string, { ports: EndpointPort[]; endpoints: MirroredEndpoint[] }>();
  for (const { port, endpoints } of byPort.values()) {
    const key = [...endpoints]
      .map(([address, { ready }]) => `${address} ${ready}`)
      .sort()
      .join();
    const subset = packed.get(key);
    if (subset !== undefined) {
      if (port !== undefined) subset.ports.push(port);
      continue;
    }
    const sorted = [...endpoints.values()].sort((a, b) => Number(b.ready) - Number(a.ready));
    packed.set(key, { ports: port === undefined ? [] : [port], endpoints: sorted });
  }
  return [...packed.values()];
}

function addressKey({ ip, targetRef }: EndpointAddress): string {
  return `${ip} ${targetRef?.uid ?? ''}`;
}
