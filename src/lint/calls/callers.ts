/**
 * Who connects to Services: pods that are given their names, and what other objects send there,
 * such as the controllers of Ingresses and Gateways, a Prometheus, and the API server itself.
 */
import type { ServicePort } from 'kubernetes-types/core/v1';
import type { Ingress } from 'kubernetes-types/networking/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { labelsFrom, matchesSelector } from '../../cluster/labels.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import type { Outsider } from '../../cluster/policy.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { monitoringGroup } from '../../kubernetes/groups.ts';
import { asText, fieldAt } from '../../kubernetes/json.ts';
import { describeObject } from '../../manifest/object-reference.ts';
import { remembered } from '../../memo.ts';
import { getOwn } from '../../own.ts';
import { hasPort } from '../monitors/monitor-ports.ts';
import { monitors } from '../monitors/monitors.ts';
import { namingsOf, wantedBy } from '../references/namings.ts';
import { namespaceOf } from '../references/reference.ts';
import { findServicePort } from '../references/service-port.ts';
import { ingressServices, mayBeAlb, unusedBackend } from '../routes/ingress-backends.ts';
import { itemsAt, routeBackends } from '../routes/route-backends.ts';
import type { Place } from '../rule.ts';
import { callsOf } from './calls.ts';
import { webhookKinds } from './webhooks.ts';

export interface Caller {
  /** `Deployment shop/web`, `the controller of Ingress shop/front`. */
  readonly words: string;
  readonly from: PodSet | Outsider;
  readonly service: ServicePicture;
  readonly port: ServicePort;
  /** What says that it connects. */
  readonly place: Place;
  /** It is certain that these pods connect: the name stands in their own manifest. */
  readonly own: boolean;
}

const known = remembered((cluster: Cluster): readonly Caller[] => [
  ...podCallers(cluster),
  ...ingressCallers(cluster),
  ...gatewayCallers(cluster),
  ...monitorCallers(cluster),
  ...serverCallers(cluster),
]);

/** All callers of Services that were read, as far as the port that they dial is known. */
export function callersOf(cluster: Cluster): readonly Caller[] {
  return known(cluster);
}

function* podCallers(cluster: Cluster): Generator<Caller> {
  for (const { from, service, port: written, place, own } of callsOf(cluster)) {
    const port = calledPort(service.ports, written);
    if (port !== undefined)
      yield { words: describeObject(from.workload), from, service, port, place, own };
  }
}

/** The port that is dialled: by number, or the only one there is. */
function calledPort(
  ports: readonly ServicePort[],
  port: number | undefined,
): ServicePort | undefined {
  return port === undefined
    ? (ports.find((one) => one.port === 80) ?? (ports.length === 1 ? ports[0] : undefined))
    : ports.find((one) => one.port === port);
}

/** Images of programs that serve Ingresses. */
const controllerImage =
  /ingress-nginx\/controller|nginx-ingress|(?:^|\/)traefik(?:[:@]|$)|haproxy-ingress|haproxytech\/kubernetes-ingress|kong\/(?:kong|kubernetes)|ingress-controller/;

function* ingressCallers(cluster: Cluster): Generator<Caller> {
  const ingresses = cluster.objects.of('Ingress');
  if (ingresses.length === 0) return;
  const controllers = cluster.pods.all.filter(({ spec }) =>
    (spec.containers ?? []).some(({ image }) => controllerImage.test(image ?? '')),
  );
  // Of several it is not known which one serves a class.
  if (controllers.length > 1) return;
  const [controller] = controllers;
  for (const ingress of ingresses)
    for (const backend of ingressServices(ingress)) {
      if (unusedBackend(backend) !== undefined) continue;
      const namespace = namespaceOf(ingress, cluster);
      const service = cluster.servicesByName.get(`${namespace}/${backend.name}`);
      const { name, number = 0 } = backend.port;
      const port =
        service === undefined
          ? undefined
          : findServicePort(service.ports, name === undefined ? { number } : { name });
      if (service === undefined || port === undefined) continue;
      const isOutside = callsPodsByAddress(ingress, cluster);
      yield {
        words: `the ${isOutside ? 'load balancer' : 'controller'} of ${describeObject(ingress)}`,
        from: isOutside ? { type: 'outsider', node: true } : (controller ?? { type: 'outsider' }),
        service,
        port,
        place: { object: ingress, at: [...backend.path, 'name'] },
        own: false,
      };
    }
}

/**
 * With this annotation a load balancer of AWS, which is no pod, connects to the pods itself.
 *
 * @source kubernetes-sigs/aws-load-balancer-controller docs/guide/ingress/annotations.md
 *   `target-type` @00175c1e
 */
function callsPodsByAddress(ingress: ClusterObject<Ingress>, cluster: Cluster): boolean {
  const { annotations = {} } = ingress.value.metadata ?? {};
  const target = getOwn(annotations, 'alb.ingress.kubernetes.io/target-type');
  return target === 'ip' && mayBeAlb(ingress, cluster);
}

/**
 * The proxies of a Gateway run where its controller puts them: for some that is the namespace of
 * the Gateway.
 */
function* gatewayCallers(cluster: Cluster): Generator<Caller> {
  for (const { route, path, name, namespace, port: number } of routeBackends(cluster)) {
    const parents = itemsAt(route.value, ['spec', 'parentRefs']).filter(
      ({ value }) => (asText(fieldAt(value, 'kind')) ?? 'Gateway') === 'Gateway',
    );
    const isNear = parents.some(
      ({ value }) =>
        (asText(fieldAt(value, 'namespace')) ?? namespaceOf(route, cluster)) === namespace,
    );
    const service = cluster.servicesByName.get(`${namespace}/${name}`);
    if (service === undefined || parents.length === 0 || isNear) continue;
    const port =
      typeof number === 'number' ? findServicePort(service.ports, { number }) : undefined;
    if (port !== undefined)
      yield {
        words: `the Gateway of ${describeObject(route)}`,
        from: { type: 'outsider' },
        service,
        port,
        place: { object: route, at: [...path, 'name'] },
        own: false,
      };
  }
}

/** Where there is one Prometheus it is the one that scrapes. */
function* monitorCallers(cluster: Cluster): Generator<Caller> {
  const servers = ['Prometheus', 'PrometheusAgent'].flatMap((kind) =>
    cluster.objects.ofKind(monitoringGroup, kind),
  );
  const namespaces = new Set(servers.map((server) => namespaceOf(server, cluster)));
  const [namespace] = namespaces;
  if (namespace === undefined || namespaces.size > 1) return;
  for (const { object, selector, namespaces: wanted } of monitors(cluster, 'ServiceMonitor')) {
    const ports = itemsAt(object.value, ['spec', 'endpoints']).flatMap(({ value, path }) => {
      const port = asText(fieldAt(value, 'port'));
      return port === undefined ? [] : [{ port, path: [...path, 'port'] }];
    });
    if (ports.length === 0) continue;
    for (const service of cluster.services) {
      const { namespace: own = '', value } = service.object;
      if (wanted?.includes(own) === false) continue;
      if (matchesSelector(selector, labelsFrom(value.metadata?.labels)) !== 'yes') continue;
      for (const { port: written, path } of ports) {
        const port = service.ports.find((one) => hasPort([one], written));
        if (port !== undefined)
          yield {
            words: `the Prometheus of ${describeObject(object)}`,
            from: { type: 'outsider', namespace },
            service,
            port,
            place: { object, at: path },
            own: false,
          };
      }
    }
  }
}

/** Kinds by which the API server is told to call a Service. */
const called = new Set([...webhookKinds, 'APIService', 'CustomResourceDefinition']);

function* serverCallers(cluster: Cluster): Generator<Caller> {
  for (const naming of namingsOf(cluster, '', 'Service')) {
    const { object, reference } = naming;
    if (!called.has(object.kind)) continue;
    const { namespace = '', name } = wantedBy(naming, cluster);
    const service = cluster.servicesByName.get(`${namespace}/${name}`);
    const number = reference.port?.value ?? 443;
    if (service === undefined || typeof number !== 'number') continue;
    const port = findServicePort(service.ports, { number });
    if (port !== undefined)
      yield {
        words: `the API server, for ${describeObject(object)},`,
        from: { type: 'outsider', node: true },
        service,
        port,
        place: { object, at: reference.path },
        own: false,
      };
  }
}
