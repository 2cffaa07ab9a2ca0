/** `get endpointslices`: slice by slice. */
import type { EndpointSlice } from 'kubernetes-types/discovery/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import type { EndpointMembers, SliceGroup } from '../../cluster/controllers/endpointslice.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { unresolvedText, whyNone } from '../../lint/endpoints/why-none.ts';
import type { Unseen } from '../../lint/unseen/unseen.ts';
import { membersTexts } from '../members.ts';
import { type Row, unset, type View, withReason } from './row.ts';

export function endpointSlicesView(cluster: Cluster, unseen: Unseen, wide: boolean): View {
  const rows = cluster.services.flatMap((service): Row[] => {
    const { object, slices, mirrored, manualSlices } = service;
    const namespace = object.namespace ?? '';
    const predicted: Slice[] = slices.flatMap((group): Slice[] => {
      const slice = {
        addressType: group.addressType,
        ports: portsText(group.ports),
        manager: 'endpointslice-controller',
      };
      if (group.members.length > 0)
        return packed(group).map((members) => ({
          ...slice,
          endpoints: membersList(members),
          reason: whyNoPorts(service, group, cluster),
        }));
      const { state, reason } = whyNone(service, cluster, unseen);
      return [{ ...slice, endpoints: state === 'none' ? unset : '<unknown>', reason }];
    });
    for (const { addressType, ports, endpoints } of mirrored) {
      const addresses = endpoints
        .map(({ address, ready }) => `${address.ip}${ready ? '' : ' (not ready)'}`)
        .join(',');
      predicted.push({
        addressType,
        ports: portsText(ports),
        endpoints: addresses,
        manager: 'endpointslicemirroring-controller',
        reason: '',
      });
    }
    const rows = predicted.map((slice, index) => ({
      namespace,
      name: `${object.name}-predicted-${index + 1}`,
      cells: cellsOf(slice, object.name, wide),
    }));
    return [...rows, ...manualSlices.map((slice) => writtenRow(slice, object.name, wide))];
  });
  for (const slice of cluster.unattachedSlices) rows.push(writtenRow(slice, '<none>', wide));
  return {
    columns: [
      'ADDRESSTYPE',
      'PORTS',
      'ENDPOINTS',
      ...(wide ? ['MANAGED BY', 'SERVICE', 'REASON'] : []),
    ],
    rows,
  };
}

interface Slice {
  readonly addressType: string;
  readonly ports: string;
  readonly endpoints: string;
  readonly manager: string;
  readonly reason: string;
}

function cellsOf(
  { addressType, ports, endpoints, manager, reason }: Slice,
  service: string,
  wide: boolean,
): readonly string[] {
  return wide
    ? [addressType, ports, endpoints, manager, service, reason]
    : [addressType, ports, withReason(endpoints, reason)];
}

/** Pods none of whose ports resolve are in a slice all the same: it has addresses and no ports. */
function whyNoPorts(
  service: ServicePicture,
  { ports, members }: SliceGroup,
  { options }: Cluster,
): string {
  if (ports.length > 0 || service.ports.length === 0) return '';
  const texts = members.flatMap(({ set }) =>
    service.ports.map((port) => unresolvedText(port, set, options.kubernetesMinor)),
  );
  return [...new Set(texts)].join('; ');
}

function writtenRow(
  { namespace = '', name, value }: ClusterObject<EndpointSlice>,
  service: string,
  wide: boolean,
): Row {
  const endpoints = (value.endpoints ?? []).flatMap(({ addresses, conditions }) =>
    addresses.map((address) => `${address}${conditions?.ready === false ? ' (not ready)' : ''}`),
  );
  return {
    namespace,
    name,
    cells: cellsOf(
      {
        addressType: value.addressType,
        ports: portsText(value.ports ?? []),
        endpoints: endpoints.join(',') || unset,
        manager: 'by hand',
        reason: '',
      },
      service,
      wide,
    ),
  };
}

function portsText(ports: readonly { readonly port?: number | undefined }[]): string {
  return ports.map(({ port }) => port ?? '*').join(',') || unset;
}

function membersList(members: readonly EndpointMembers[]): string {
  return membersTexts(members)
    .map((text, index) => `${text}${members[index]?.ready === true ? '' : ' (not ready)'}`)
    .join(',');
}

/** Fills the slices of a group one after the other. */
function packed({ sizes, members }: SliceGroup): EndpointMembers[][] {
  const left = members.map((member) => ({ ...member }));
  return sizes.map((size) => {
    const slice: EndpointMembers[] = [];
    for (let room = size; room > 0;) {
      const [first] = left;
      if (first === undefined) break;
      const count = Math.min(room, first.count);
      const rest = first.count - count;
      slice.push({
        ...first,
        count,
        ...(first.ordinals !== undefined && { ordinals: first.ordinals.slice(0, count) }),
      });
      if (rest === 0) left.shift();
      else
        left[0] = {
          ...first,
          count: rest,
          ...(first.ordinals !== undefined && { ordinals: first.ordinals.slice(count) }),
        };
      room -= count;
    }
    return slice;
  });
}
