/**
 * EndpointSlices that the endpointslice controller makes for one Service (k8s.io/endpointslice
 * reconciler.go, utils.go).
 */
import type { ServicePort } from 'kubernetes-types/core/v1';
import type { IPFamily } from '../options.ts';
import type { PodMembers, PodSet } from '../pods.ts';
import { type EndpointPort, portMapKey, type ResolvedPorts } from '../ports.ts';

/** Endpoints of one workload in a group of slices. */
export interface EndpointMembers extends PodMembers {
  /** publishNotReadyAddresses makes endpoints ready that are not serving. */
  readonly ready: boolean;
  readonly serving: boolean;
  /** The pods' hostname is in the slice, so DNS has a name for each. */
  readonly hostnames: boolean;
}

/** All slices of one Service that differ in their endpoints only: same family, same ports. */
export interface SliceGroup {
  readonly addressType: IPFamily;
  readonly ports: readonly EndpointPort[];
  /**
   * How many endpoints each slice has, largest first; `[0]` is the placeholder of a Service without
   * any.
   */
  readonly sizes: readonly number[];
  readonly members: readonly EndpointMembers[];
}

/** --max-endpoints-per-slice of kube-controller-manager. */
const maxEndpointsPerSlice = 100;

/** A pod set behind a Service with what each Service port leads to in it. */
export interface Backend {
  readonly members: PodMembers;
  readonly resolved: ResolvedPorts;
}

export interface SliceInput {
  readonly serviceName: string;
  readonly families: readonly IPFamily[];
  readonly podIPFamilies: readonly IPFamily[];
  readonly ports: readonly ServicePort[];
  readonly publishNotReadyAddresses: boolean;
  readonly backends: readonly Backend[];
}

/**
 * Per family, pods with an address of it are grouped by the ports they can be reached at (a pod
 * none of whose ports resolve is in a slice without ports); each group fills slices of 100. A
 * family without any endpoint gets one empty placeholder slice (reconciler.go
 * `reconcileByAddressType`).
 */
export function reconcileSlices(input: SliceInput): SliceGroup[] {
  return input.families.flatMap((family) => {
    const groups = input.podIPFamilies.includes(family) ? groupByPorts(input) : [];
    const slices = groups.map(({ ports, members }) => ({
      addressType: family,
      ports,
      members,
      sizes: pack(members.reduce((sum, { count }) => sum + count, 0)),
    }));
    return slices.length > 0
      ? slices
      : [{ addressType: family, ports: [], sizes: [0], members: [] }];
  });
}

function groupByPorts({
  backends,
  publishNotReadyAddresses,
  serviceName,
}: SliceInput): { ports: readonly EndpointPort[]; members: EndpointMembers[] }[] {
  const groups = new Map<string, { ports: readonly EndpointPort[]; members: EndpointMembers[] }>();
  for (const { members, resolved } of backends) {
    if (members.count === 0 || !members.set.hasAddress) continue;
    const key = portMapKey(resolved.ports);
    let group = groups.get(key);
    if (group === undefined) groups.set(key, (group = { ports: resolved.ports, members: [] }));
    group.members.push(endpointMembers(members, serviceName, publishNotReadyAddresses));
  }
  return [...groups.values()];
}

/**
 * utils.go `podToEndpoint`: the hostname is set only where the pod's subdomain is the Service's
 * name (`ShouldSetHostname`).
 */
export function endpointMembers(
  members: PodMembers,
  serviceName: string,
  publishNotReadyAddresses: boolean,
): EndpointMembers {
  const serving = members.set.notReady.length === 0;
  return {
    ...members,
    serving,
    ready: serving || publishNotReadyAddresses,
    hostnames: hasHostname(members.set) && members.set.subdomain === serviceName,
  };
}

/** StatefulSet and Indexed Job pods are given one; others have what their spec says. */
function hasHostname(set: PodSet): boolean {
  return (
    set.ordinals !== undefined || set.indexed !== undefined || (set.spec.hostname ?? '') !== ''
  );
}

/** A fresh reconciliation fills slices one after the other. */
function pack(count: number): number[] {
  const sizes: number[] = [];
  for (let left = count; left > 0; left -= maxEndpointsPerSlice)
    sizes.push(Math.min(left, maxEndpointsPerSlice));
  return sizes;
}
