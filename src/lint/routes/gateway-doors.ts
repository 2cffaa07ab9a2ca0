/**
 * Gateways of Istio and the Service in front of the pods that they select.
 *
 * @source istio/istio pkg/config/analysis/analyzers/gateway/gateway.go `analyzeGateway`
 *   @0a617ca9
 */
import type { Cluster } from '../../cluster/cluster.ts';
import { formatPairs } from '../../cluster/labels.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { fieldAt, type Path, textPairs } from '../../kubernetes/json.ts';
import { remembered } from '../../memo.ts';
import { entryOf } from '../../multimap.ts';
import { isBeside } from '../references/nearest-object.ts';
import { servicesOf } from '../selectors/services-of.ts';
import { itemsAt } from './route-backends.ts';

export interface ClosedDoor {
  readonly gateway: ClusterObject;
  readonly at: Path;
  readonly port: number;
  readonly service: ServicePicture;
}

/** Servers at ports that no Service in front of the gateway's pods has. */
export function* closedDoors(cluster: Cluster): Iterable<ClosedDoor> {
  for (const gateway of cluster.objects.everyOfKind('networking.istio.io', 'Gateway')) {
    const services = servicesBefore(gateway, cluster);
    const [service] = services;
    if (service === undefined) continue;
    const open = new Set(
      services.flatMap(({ ports }) => ports.flatMap(({ port, targetPort }) => [port, targetPort])),
    );
    // By name a port of the pods may be any.
    if ([...open].some((port) => typeof port === 'string')) continue;
    for (const { path, value } of itemsAt(gateway.value, ['spec', 'servers'])) {
      const port = fieldAt(value, 'port', 'number');
      if (typeof port === 'number' && !open.has(port))
        yield { gateway, at: [...path, 'port', 'number'], port, service };
    }
  }
}

/** Those in front of pods that the gateway selects, of any namespace. */
function servicesBefore(gateway: ClusterObject, cluster: Cluster): readonly ServicePicture[] {
  const selector = formatPairs(proxySelector(gateway));
  return entryOf(servicesBySelector(cluster), selector, () => [
    ...new Set(gatewayProxies(gateway, cluster).flatMap((set) => servicesOf(cluster, set))),
  ]);
}

const servicesBySelector = remembered((_: Cluster) => new Map<string, readonly ServicePicture[]>());
const proxiesBySelector = remembered((_: Cluster) => new Map<string, readonly PodSet[]>());

/** The pods that a gateway selects, of any namespace: one list for all with its selector. */
export function gatewayProxies(gateway: ClusterObject, cluster: Cluster): readonly PodSet[] {
  const selector = proxySelector(gateway);
  return entryOf(proxiesBySelector(cluster), formatPairs(selector), () =>
    selectedAnywhere(selector, cluster),
  );
}

/** Of an Istio Gateway: the labels of its proxies. */
export function proxySelector({ value }: ClusterObject): Readonly<Record<string, string>> {
  return textPairs(fieldAt(value, 'spec', 'selector'));
}

function selectedAnywhere(
  selector: Readonly<Record<string, string>>,
  { pods }: Cluster,
): readonly PodSet[] {
  const [first] = Object.entries(selector);
  if (first === undefined) return [];
  return pods
    .namespacesWith(...first)
    .flatMap((namespace) => pods.select(selector, namespace))
    .flatMap(({ truth, members }) => (truth === 'no' ? [] : members.set));
}

export interface NobodysGateway {
  readonly gateway: ClusterObject;
  readonly selector: Readonly<Record<string, string>>;
  /** The only proxy that was read, which nobody selects. */
  readonly proxy: PodSet;
}

/**
 * Gateways of Istio that select no pod, beside the one deployment of a gateway's proxy that no
 * Gateway selects.
 *
 * @source istio/istio manifests/charts/gateway/templates/deployment.yaml
 *   `podAnnotations` @0098d99f
 */
export function* nobodysGateways(cluster: Cluster): Iterable<NobodysGateway> {
  const proxies = cluster.pods.all.filter(isProxy);
  if (proxies.length === 0) return;
  const gateways = cluster.objects
    .everyOfKind('networking.istio.io', 'Gateway')
    .map((gateway) => ({ gateway, sets: gatewayProxies(gateway, cluster) }));
  if (gateways.some(({ sets }) => sets.length > 0)) return;
  const [egress, ingress] = [true, false].map((is) =>
    proxies.filter(({ workload }) => isEgress(workload.name) === is),
  );
  for (const { gateway } of gateways) {
    const selector = proxySelector(gateway);
    const [proxy, ...others] = (Object.values(selector).some(isEgress) ? egress : ingress) ?? [];
    if (proxy === undefined || others.length > 0 || Object.keys(selector).length === 0) continue;
    if (gateway.namespace === proxy.namespace || isBeside(gateway, proxy.workload))
      yield { gateway, selector, proxy };
  }
}

const isEgress = (text: string): boolean => text.includes('egress');

/** By what the webhook is to fill in, or by the label of Istio's own and the proxy that it runs. */
function isProxy({ workload, templatePath, labels, spec }: PodSet): boolean {
  const annotations = fieldAt(workload.value, ...templatePath, 'metadata', 'annotations');
  return (
    fieldAt(annotations, template) === 'gateway' ||
    (/gateway$/.test(String(labels.get('istio'))) &&
      spec.containers.some(({ image = '' }) => /\/proxyv2[:@]/.test(image)))
  );
}

const template = 'inject.istio.io/templates';
