/**
 * `prometheus.io/port` at pods and Services: what the usual configuration of a Prometheus dials in
 * place of every declared port.
 *
 * @source prometheus/prometheus documentation/examples/prometheus-kubernetes.yml
 *   `kubernetes-pods`, `kubernetes-service-endpoints` @v2.53.0
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { asText, fieldAt, type Json, type Path } from '../../kubernetes/json.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { groupsOf, perBackends } from '../selectors/services-of.ts';
import { type BackendPort, backendPorts, portsOfPods } from './backend-ports.ts';
import { isConfigured } from './configured-ports.ts';
import { isMentioned } from './mentioned.ts';
import { isDigitOff } from './port-slip.ts';

export type StrayScrape = {
  readonly object: ClusterObject;
  readonly at: Path;
  readonly written: string;
} &
  /** Not a number, which the usual configuration passes over; the port of that name, if any. */
  (
    | { readonly sign: 'word'; readonly meant: BackendPort | undefined }
    /** The number in front of a Service that leads to another one in the pods. */
    | { readonly sign: 'service'; readonly service: ServicePicture; readonly index: number }
    /** No container declares it; another port is named for metrics, or has nearly its digits. */
    | { readonly sign: 'declared'; readonly meant: BackendPort }
    /** No container declares it, and none of these is like it. */
    | { readonly sign: 'none'; readonly declared: readonly BackendPort[] }
  );

/** Istio's agent answers there in every pod of a mesh, and no manifest declares it. */
const meshMetrics = 15020;

const scrape = 'prometheus.io/scrape';
const portKey = 'prometheus.io/port';

export function* strayScrapes(cluster: Cluster): Iterable<StrayScrape> {
  for (const set of cluster.pods.all) {
    const at = [...set.templatePath, 'metadata', 'annotations'];
    const written = portOf(fieldAt(set.workload.value, ...at));
    if (written === undefined) continue;
    yield* judge({ object: set.workload, at: [...at, portKey], written }, portsOfPods([set]), {
      services: groupsOf(cluster, set).flatMap((group) => group.services.slice(0, 1)),
      isTold: (number) => mayListen(number, set, cluster),
    });
  }
  for (const service of cluster.services) {
    const { object, backends } = service;
    const at = ['metadata', 'annotations'];
    const written = portOf(fieldAt(object.value, ...at));
    if (written === undefined) continue;
    yield* judge({ object, at: [...at, portKey], written }, backendPorts(service, true), {
      services: [service],
      isTold: (number) =>
        isToldBehind(service, number, () =>
          backends.some(({ members }) => mayListen(number, members.set, cluster)),
        ),
    });
  }
}

const isToldBehind = perBackends<boolean>();

/** What is scraped, where it is and no value is filled in later. */
function portOf(annotations: Json | undefined): string | undefined {
  const written = asText(fieldAt(annotations, portKey));
  const isScraped = asText(fieldAt(annotations, scrape)) === 'true';
  return isScraped && !isPlaceholder(written) ? written : undefined;
}

function* judge(
  place: Pick<StrayScrape, 'object' | 'at' | 'written'>,
  declared: readonly BackendPort[],
  by: {
    readonly services: readonly ServicePicture[];
    readonly isTold: (number: number) => boolean;
  },
): Iterable<StrayScrape> {
  const { written } = place;
  if (!/^\d+$/.test(written)) {
    yield { ...place, sign: 'word', meant: declared.find(({ port }) => port.name === written) };
    return;
  }
  const number = Number(written);
  // A number that is filled in later may be the one; a Service without pods that were read, any.
  const isOpen =
    number === meshMetrics ||
    declared.length === 0 ||
    declared.some(({ port }) => mayBe(port.containerPort, number));
  if (isOpen || by.isTold(number)) return;
  const front = inFront(number, declared, by.services);
  if (front !== undefined) {
    yield { ...place, sign: 'service', ...front };
    return;
  }
  const meant =
    declared.find(({ port }) => /metric|prom/.test(port.name ?? '')) ??
    declared.find(({ port }) => isDigitOff(number, port.containerPort));
  yield meant === undefined
    ? { ...place, sign: 'none', declared }
    : { ...place, sign: 'declared', meant };
}

function mayBe(port: unknown, number: number): boolean {
  return typeof port !== 'number' || port === number;
}

/** On the network of the host, or told of the number. */
function mayListen(number: number, { spec, workload }: PodSet, cluster: Cluster): boolean {
  return (
    spec.hostNetwork === true ||
    (spec.containers ?? []).some((container) => isMentioned(number, container, spec)) ||
    isConfigured(number, workload, cluster)
  );
}

/** A Service port with the number that leads to one that the pods declare. */
function inFront(
  number: number,
  declared: readonly BackendPort[],
  services: readonly ServicePicture[],
): { readonly service: ServicePicture; readonly index: number } | undefined {
  for (const service of services) {
    const index = service.ports.findIndex(({ port }) => port === number);
    const target = service.ports[index]?.targetPort ?? number;
    if (declared.some(({ port }) => port.containerPort === target || port.name === target))
      return { service, index };
  }
  return undefined;
}
