/** `get endpoints`: who takes the connections, or why nobody does. */
import type { Endpoints } from 'kubernetes-types/core/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import type { EndpointsGroup } from '../../cluster/controllers/endpoints.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { whyNone } from '../../lint/endpoints/why-none.ts';
import type { Unseen } from '../../lint/unseen/unseen.ts';
import { addressText, withPorts } from '../members.ts';
import { none, pairsOr, type Row, type View, withReason } from './row.ts';

export function endpointsView(cluster: Cluster, unseen: Unseen, wide: boolean): View {
  const cells = (endpoints: string, notReady: string, selector: string, reason = ''): string[] =>
    wide ? [endpoints, notReady, selector, reason] : [withReason(endpoints, reason)];
  const written = (value: Endpoints, reason?: string): string[] =>
    cells(writtenCell(value), writtenCell(value, 'notReadyAddresses'), none, reason);
  const rows = cluster.services.flatMap((service): Row[] => {
    const { object, endpoints, manualEndpoints, selector } = service;
    const row = { namespace: object.namespace ?? '', name: object.name };
    if (endpoints !== undefined) {
      const { text, reason } = readyText(service, endpoints, cluster, unseen);
      return [
        { ...row, cells: cells(text, notReadyText(endpoints), pairsOr(none, selector), reason) },
      ];
    }
    if (manualEndpoints === undefined) return [];
    const { value } = manualEndpoints;
    const isEmpty = writtenCell(value) === none;
    const reason = isEmpty ? whyNone(service, cluster, unseen).reason : undefined;
    return [{ ...row, cells: written(value, reason) }];
  });
  for (const { namespace = '', name, value } of cluster.unattachedEndpoints)
    rows.push({ namespace, name, cells: written(value, 'no Service has this name') });
  return { columns: wide ? ['ENDPOINTS', 'NOT READY', 'SELECTOR', 'REASON'] : ['ENDPOINTS'], rows };
}

function readyText(
  service: ServicePicture,
  { subsets, truncated }: EndpointsGroup,
  cluster: Cluster,
  unseen: Unseen,
): { text: string; reason: string } {
  const ready = subsets.flatMap(({ ports, addresses }) => withPorts(addresses, ports));
  if (ready.length === 0) {
    const { state, reason } = whyNone(service, cluster, unseen);
    return { text: `<${state}>`, reason };
  }
  const open =
    service.possible.length > 0 ||
    service.backends.some(({ resolved }) => resolved.unknown.length > 0);
  return {
    text: `${ready.join(',')}${open ? ',<unknown>' : ''}`,
    reason: truncated ? 'Endpoints hold 1000 addresses at most' : '',
  };
}

function notReadyText({ subsets }: EndpointsGroup): string {
  return (
    subsets
      .flatMap(({ ports, notReadyAddresses }) => withPorts(notReadyAddresses, ports))
      .join(',') || none
  );
}

/** Addresses that somebody wrote, as they stand. */
export function writtenCell(
  { subsets = [] }: Endpoints,
  field: 'addresses' | 'notReadyAddresses' = 'addresses',
): string {
  const texts = subsets.flatMap((subset) => {
    const addresses = subset[field] ?? [];
    const ports = subset.ports ?? [];
    return ports.length === 0
      ? addresses.map(({ ip }) => ip)
      : ports.flatMap(({ port }) => addresses.map(({ ip }) => addressText(ip, port)));
  });
  return texts.join(',') || none;
}
