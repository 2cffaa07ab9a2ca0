/** Ports of nodes that two pods, or two containers of one, would need at the same time. */
import type { PodSpec } from 'kubernetes-types/core/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { type HostPort, hostPorts, overlaps, placedWith } from '../../cluster/host-ports.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { hostnameLabel } from '../../kubernetes/labels.ts';
import { addTo } from '../../multimap.ts';

interface TakenPort {
  readonly set: PodSet;
  readonly port: HostPort;
}

export type HostPortConflict = TakenPort &
  (
    | { readonly type: 'pod'; readonly twin: HostPort }
    /** All pods go to one node. */
    | { readonly type: 'pinned' }
    /** A DaemonSet has it on every node that these pods can run on. */
    | { readonly type: 'everywhere'; readonly other: TakenPort }
  );

export function hostPortConflicts(cluster: Cluster): HostPortConflict[] {
  const taken = cluster.pods.all
    .filter(({ assumed, hook }) => !assumed && hook === undefined)
    .flatMap((set) => hostPorts(set).map((port, index, ports) => ({ set, port, index, ports })));
  const onEveryNode = new Map<string, TakenPort[]>();
  for (const { set, port } of taken) {
    if (set.workload.kind === 'DaemonSet' && set.count > 0)
      addTo(onEveryNode, portKey(port), { set, port });
  }
  const seen = new Set<PodSet>();
  return taken.flatMap(({ set, port, index, ports }): HostPortConflict[] => {
    seen.add(set);
    const twin = ports
      .slice(0, index)
      .find((other) => overlaps(other, port) && other.container !== port.container);
    if (twin !== undefined && set.spec.hostNetwork === true)
      return [{ type: 'pod', set, port, twin }];
    if (set.countKnown && set.count > 1 && isPinned(set.spec))
      return [{ type: 'pinned', set, port }];
    const other = (onEveryNode.get(portKey(port)) ?? []).find(
      (one) =>
        one.set.workload !== set.workload &&
        // Of two DaemonSets the later one finds it taken.
        (set.workload.kind !== 'DaemonSet' || seen.has(one.set)) &&
        overlaps(one.port, port) &&
        placedWith(one.set.spec, set.spec),
    );
    return other === undefined || set.count === 0 ? [] : [{ type: 'everywhere', set, port, other }];
  });
}

const portKey = ({ number, protocol }: HostPort): string => `${number}/${protocol}`;

/** `80`, `53/UDP`. */
export function formatHostPort(port: HostPort): string {
  return port.protocol === 'TCP' ? String(port.number) : portKey(port);
}

/** All pods go to one node, whatever the cluster is like. */
function isPinned({ nodeName, nodeSelector = {} }: PodSpec): boolean {
  return nodeName !== undefined || nodeSelector[hostnameLabel] !== undefined;
}
