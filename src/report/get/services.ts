/** `get services`: what is stored, and what each port leads to. */
import type { ServicePort, ServiceSpec } from 'kubernetes-types/core/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { dialledPort } from '../../cluster/proxy.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { none, pairsOr, placeOf, type View } from './row.ts';

export function servicesView(cluster: Cluster, wide: boolean): View {
  const rows = cluster.services.map((service) => ({
    namespace: service.object.namespace ?? '',
    name: service.object.name,
    cells: [
      service.spec.type ?? 'ClusterIP',
      service.spec.type === 'ExternalName' ? none : clusterIPText(service.spec),
      externalIPText(service.spec),
      service.ports.map((port) => portText(port, service.spec)).join(',') || none,
      service.ports.map((port) => targetText(service, port)).join(',') || none,
      ...(wide ? [pairsOr(none, service.selector), placeOf(service.object)] : []),
    ],
  }));
  const columns = ['TYPE', 'CLUSTER-IP', 'EXTERNAL-IP', 'PORT(S)', 'TARGETS'];
  return { columns: [...columns, ...(wide ? ['SELECTOR', 'MANIFEST'] : [])], rows };
}

/** `<assigned>`: an address that the cluster will choose. */
export function clusterIPText({ type, clusterIP, externalName }: ServiceSpec): string {
  if (type === 'ExternalName') return externalName ?? none;
  return clusterIP === undefined || clusterIP === '' ? '<assigned>' : clusterIP;
}

/** `<pending>`: a load balancer has to give one. */
function externalIPText({ type, externalName, externalIPs = [] }: ServiceSpec): string {
  if (type === 'ExternalName') return externalName ?? none;
  return externalIPs.join(',') || (type === 'LoadBalancer' ? '<pending>' : none);
}

/** `80/TCP`, `80:30080/TCP`. */
export function portText(
  { port, nodePort, protocol = 'TCP' }: ServicePort,
  { type, allocateLoadBalancerNodePorts }: ServiceSpec,
): string {
  const allocates =
    type === 'NodePort' || (type === 'LoadBalancer' && allocateLoadBalancerNodePorts !== false);
  const node =
    nodePort !== undefined && nodePort !== 0 ? `:${nodePort}` : allocates ? ':<assigned>' : '';
  return `${port}${node}/${protocol}`;
}

/** The numbers that are dialled for a port: `8080`, `http→8080`, `http→<none>`. */
function targetText(service: ServicePicture, port: ServicePort): string {
  const numbers = [...new Set(dialledPorts(service, port))].sort((a, b) => a - b).join('|');
  const target = port.targetPort ?? port.port;
  if (!service.automatic) return numbers || none;
  if (typeof target === 'number') return String(target);
  return `${target}→${numbers || none}`;
}

/** One number for each slice of the Service that has the port. */
function dialledPorts(
  { slices, mirrored, manualSlices }: ServicePicture,
  port: ServicePort,
): number[] {
  const lists = [
    ...slices.map(({ ports }) => ports),
    ...mirrored.map(({ ports }) => ports),
    ...manualSlices.map(({ value }) => value.ports ?? []),
  ];
  return lists.map((ports) => dialledPort(port, ports)).filter((number) => number !== undefined);
}
