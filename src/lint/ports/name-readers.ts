/**
 * Who looks the ports of a headless Service up. Nobody dials through it: DNS answers with the pods,
 * and clients choose the port themselves. Only what reads EndpointSlices or SRV records misses a
 * port that is not in them.
 */
import type { ServicePort } from 'kubernetes-types/core/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { labelsFrom, matchesSelector } from '../../cluster/labels.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { asList, asText, fieldAt } from '../../kubernetes/json.ts';
import { remembered } from '../../memo.ts';
import { appSettings } from '../hosts/app-settings.ts';
import { matchesPortName, type Monitor, monitors } from '../monitors/monitors.ts';
import { ingressServices } from '../routes/ingress-backends.ts';
import { routeBackends } from '../routes/route-backends.ts';

interface Readers {
  /**
   * `shop/web`: Services behind an Ingress or a route, whose controllers send requests to
   * endpoints.
   */
  readonly routed: ReadonlySet<string>;
  /** `_http._tcp.web`: what an SRV record is asked for. */
  readonly records: ReadonlySet<string>;
  readonly monitors: readonly { readonly monitor: Monitor; readonly ports: readonly string[] }[];
}

const readersOf = remembered(readersIn);

/**
 * Whether something that was read looks this port of a headless Service up, by name or as an
 * endpoint.
 */
export function isPortRead(
  { object }: ServicePicture,
  { name = '', protocol = 'TCP' }: ServicePort,
  cluster: Cluster,
): boolean {
  const readers = readersOf(cluster);
  const namespace = object.namespace ?? cluster.options.namespace;
  const labels = labelsFrom(object.value.metadata?.labels);
  return (
    readers.routed.has(`${namespace}/${object.name}`) ||
    readers.records.has(`_${name}._${protocol.toLowerCase()}.${object.name}`) ||
    readers.monitors.some(
      ({ monitor: { namespaces, selector }, ports }) =>
        namespaces?.includes(namespace) !== false &&
        ports.some((port) => matchesPortName(port, name)) &&
        matchesSelector(selector, labels) !== 'no',
    )
  );
}

function readersIn(cluster: Cluster): Readers {
  const routed = new Set<string>();
  for (const ingress of cluster.objects.of('Ingress'))
    for (const { name } of ingressServices(ingress))
      routed.add(`${ingress.namespace ?? cluster.options.namespace}/${name}`);
  for (const { namespace, name } of routeBackends(cluster)) routed.add(`${namespace}/${name}`);
  const records = new Set<string>();
  for (const { text } of appSettings(cluster))
    for (const [record] of text.matchAll(/_[a-z0-9-]{1,63}\._(?:tcp|udp|sctp)\.[a-z0-9-]{1,63}/g))
      records.add(record);
  return {
    routed,
    records,
    monitors: monitors(cluster, 'ServiceMonitor').map((monitor) => ({
      monitor,
      ports: asList(fieldAt(monitor.object.value, 'spec', 'endpoints')).flatMap(
        (endpoint) => asText(fieldAt(endpoint, 'port')) ?? [],
      ),
    })),
  };
}
