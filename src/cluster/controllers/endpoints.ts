/**
 * The v1 Endpoints object of one Service (pkg/controller/endpoint/endpoints_controller.go;
 * pkg/api/v1/endpoints/util.go).
 */
import type { IPFamily } from '../options.ts';
import { type EndpointPort, portKey } from '../ports.ts';
import { type Backend, type EndpointMembers, endpointMembers } from './endpointslice.ts';

export interface SubsetGroup {
  /** Empty for a headless Service without ports. */
  readonly ports: readonly EndpointPort[];
  readonly addresses: readonly EndpointMembers[];
  readonly notReadyAddresses: readonly EndpointMembers[];
}

export interface EndpointsGroup {
  readonly subsets: readonly SubsetGroup[];
  /** More than 1000 addresses: the rest is left out (slices keep them all). */
  readonly truncated: boolean;
}

export interface EndpointsInput {
  readonly serviceName: string;
  readonly headless: boolean;
  readonly hasPorts: boolean;
  /** The Service's first family: Endpoints know only one. */
  readonly family: IPFamily | undefined;
  readonly podIPFamilies: readonly IPFamily[];
  readonly publishNotReadyAddresses: boolean;
  readonly backends: readonly Backend[];
}

const maxCapacity = 1000;

/**
 * One (address, port) entry for each port that resolves: unlike in slices a pod without any is not
 * there at all. Entries are then repacked: ports with the same addresses share a subset
 * (`syncService`, `RepackSubsets`).
 */
export function reconcileEndpoints(input: EndpointsInput): EndpointsGroup {
  if (input.family === undefined || !input.podIPFamilies.includes(input.family))
    return { subsets: [], truncated: false };
  const byPort = new Map<string, { port: EndpointPort | undefined; members: EndpointMembers[] }>();
  for (const { members, resolved } of input.backends) {
    if (members.count === 0 || !members.set.hasAddress) continue;
    const endpoint = endpointMembers(members, input.serviceName, input.publishNotReadyAddresses);
    const ports: readonly (EndpointPort | undefined)[] =
      input.headless && !input.hasPorts ? [undefined] : resolved.ports;
    for (const port of ports) {
      const key = port === undefined ? '' : portKey(port);
      const entry = byPort.get(key);
      if (entry === undefined) byPort.set(key, { port, members: [endpoint] });
      else entry.members.push(endpoint);
    }
  }
  return truncate(repack([...byPort.values()]));
}

function repack(
  entries: readonly { port: EndpointPort | undefined; members: readonly EndpointMembers[] }[],
): SubsetGroup[] {
  const ids = new Map<object, number>();
  const subsets = new Map<string, { ports: EndpointPort[]; members: readonly EndpointMembers[] }>();
  for (const { port, members } of entries) {
    const key = members.map(({ set }) => ids.get(set) ?? ids.set(set, ids.size).size - 1).join();
    const subset = subsets.get(key);
    if (subset === undefined)
      subsets.set(key, { ports: port === undefined ? [] : [port], members });
    else if (port !== undefined) subset.ports.push(port);
  }
  return [...subsets.values()].map(({ ports, members }) => ({
    ports,
    addresses: members.filter(({ ready }) => ready),
    notReadyAddresses: members.filter(({ ready }) => !ready),
  }));
}

const total = (members: readonly EndpointMembers[]): number =>
  members.reduce((sum, { count }) => sum + count, 0);

/**
 * Ready addresses first, each subset in proportion; the order of subsets is a hash's, so with
 * several of them a count may be off by one (`truncateEndpoints`).
 */
function truncate(subsets: readonly SubsetGroup[]): EndpointsGroup {
  const ready = subsets.reduce((sum, { addresses }) => sum + total(addresses), 0);
  const notReady = subsets.reduce(
    (sum, { notReadyAddresses }) => sum + total(notReadyAddresses),
    0,
  );
  if (ready + notReady <= maxCapacity) return { subsets, truncated: false };
  const readyShare = budget(ready, maxCapacity);
  const notReadyShare = budget(notReady, Math.max(0, maxCapacity - ready));
  const kept = subsets.map(({ ports, addresses, notReadyAddresses }) => ({
    ports,
    addresses: take(addresses, readyShare(total(addresses))),
    notReadyAddresses: take(notReadyAddresses, notReadyShare(total(notReadyAddresses))),
  }));
  return {
    subsets: kept.filter(
      ({ addresses, notReadyAddresses }) => addresses.length + notReadyAddresses.length > 0,
    ),
    truncated: true,
  };
}

/** Hands out at most `capacity` among parts of `all`, rounding up while there is any left. */
function budget(all: number, capacity: number): (part: number) => number {
  let left = capacity;
  return (part) => {
    const share = all <= capacity ? part : Math.min(left, Math.ceil((part / all) * capacity));
    left -= share;
    return share;
  };
}

function take(members: readonly EndpointMembers[], count: number): EndpointMembers[] {
  const taken: EndpointMembers[] = [];
  let left = count;
  for (const member of members) {
    if (left === 0) break;
    const size = Math.min(left, member.count);
    taken.push({
      ...member,
      count: size,
      ...(member.ordinals !== undefined && { ordinals: member.ordinals.slice(0, size) }),
    });
    left -= size;
  }
  return taken;
}
