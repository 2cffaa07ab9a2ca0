/**
 * The Services that the routes of proxies with kinds of their own name, as the table of references
 * has them.
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { type Reference, referencesOf } from '../../kubernetes/references.ts';
import { isSlip } from '../../text/slip.ts';
import { isAttachment, namingsOf } from '../references/namings.ts';

interface Proxy {
  readonly groups: readonly string[];
  readonly kinds: readonly string[];
  /** What its clients see where a route leads to no Service, or to a port that it lacks. */
  readonly consequence: string;
  /** How its routes reach a Service of another namespace, if they can. */
  readonly reach?: (namespace: string) => string;
}

const proxies: readonly Proxy[] = [
  {
    groups: ['traefik.io', 'traefik.containo.us'],
    kinds: ['IngressRoute', 'IngressRouteTCP', 'IngressRouteUDP', 'TraefikService', 'Middleware'],
    // @source traefik/traefik pkg/provider/kubernetes/crd/kubernetes_http.go
    //   `loadIngressRouteConfiguration` @3c007159
    consequence:
      'Traefik logs an error and leaves the route out: HTTP requests for it are answered ' +
      'with status 404, connections are closed',
    reach: (namespace) =>
      `add namespace: ${namespace}, which Traefik follows with allowCrossNamespace only`,
  },
  {
    groups: ['projectcontour.io'],
    kinds: ['HTTPProxy', 'ExtensionService'],
    // @source projectcontour/contour internal/dag/httpproxy_processor.go `computeRoutes` @4ebb5179
    consequence:
      'Contour sets the condition Valid of the HTTPProxy to false, and requests for the ' +
      'route are answered with status 503',
  },
  {
    groups: ['configuration.konghq.com'],
    kinds: ['TCPIngress', 'UDPIngress'],
    // @source Kong/kubernetes-ingress-controller internal/dataplane/translator/ingressrules.go
    //   `populateServices` @40841ce0
    consequence: 'the Kong controller makes no upstream for it, and connections are closed',
  },
  {
    groups: ['k8s.nginx.org'],
    kinds: ['VirtualServer', 'VirtualServerRoute', 'TransportServer'],
    // @source nginx/kubernetes-ingress internal/configs/virtualserver.go
    //   `generateUpstream` @fc14f541
    consequence: 'the NGINX controller answers requests for the upstream with status 502',
  },
  {
    groups: ['monitoring.coreos.com'],
    kinds: ['Prometheus'],
    consequence: 'Prometheus finds no Alertmanager there, and its alerts reach nobody',
  },
  {
    groups: ['policy.linkerd.io'],
    kinds: ['HTTPRoute'],
    consequence: 'the proxies of the mesh answer requests for the route with an error',
  },
  {
    groups: ['http.keda.sh'],
    kinds: ['HTTPScaledObject'],
    consequence: 'the interceptor of KEDA answers with status 502',
  },
  {
    groups: ['elbv2.k8s.aws'],
    kinds: ['TargetGroupBinding'],
    // @source kubernetes-sigs/aws-load-balancer-controller pkg/backend/endpoint_resolver.go
    //   `ResolvePodEndpoints` @v2.8.0
    consequence:
      'the AWS Load Balancer Controller registers no targets, and the load balancer answers ' +
      'with status 503',
  },
  {
    groups: ['apisix.apache.org'],
    kinds: ['ApisixRoute'],
    // @source apache/apisix-ingress-controller internal/adc/translator/apisixroute.go
    //   `translateApisixRouteBackendResolveGranularityEndpoint` @0a09330c
    consequence: 'the APISIX controller leaves the backend out, and requests for the route fail',
  },
  {
    groups: ['gloo.solo.io', 'gateway.solo.io'],
    kinds: ['Upstream', 'VirtualService', 'RouteTable'],
    consequence: 'Gloo has nothing behind it, and answers its requests with status 503',
    reach: (namespace) => `add namespace: ${namespace}`,
  },
  {
    groups: ['zalando.org'],
    kinds: ['RouteGroup'],
    // @source zalando/skipper dataclients/kubernetes/routegroup.go `explicitGroupRoutes` @017f25db
    consequence: 'Skipper ignores the route, and requests for it get status 404',
  },
  {
    groups: ['cilium.io'],
    kinds: ['CiliumNetworkPolicy', 'CiliumEnvoyConfig', 'CiliumLocalRedirectPolicy'],
    consequence: 'Cilium finds no such Service, and the rule is for no traffic at all',
    reach: (namespace) => `add namespace: ${namespace}`,
  },
  {
    groups: ['eventing', 'messaging', 'flows', 'sources', 'serving'].map(
      (part) => `${part}.knative.dev`,
    ),
    kinds: ['Broker', 'DomainMapping', 'Parallel', 'PingSource', 'Subscription', 'Trigger'],
    consequence: 'Knative cannot resolve the address of the subscriber, and no event is delivered',
    reach: (namespace) => `add namespace: ${namespace}`,
  },
];

/** Any other custom resource, of which only the name of a field says that it means a Service. */
const other: Proxy = {
  groups: [],
  kinds: [],
  consequence: 'its controller finds no such Service or port, and sends nothing there',
};

export interface ProxyBackend extends Reference {
  readonly route: ClusterObject;
  readonly proxy: Proxy;
}

/** Every Service that such a route names, and what was written in place of the kind Service. */
export function proxyBackends(cluster: Cluster): {
  readonly services: readonly ProxyBackend[];
  readonly misspelt: readonly ProxyBackend[];
} {
  const services: ProxyBackend[] = [];
  const misspelt: ProxyBackend[] = [];
  for (const proxy of proxies)
    for (const group of proxy.groups)
      for (const kind of proxy.kinds)
        for (const route of cluster.objects.ofKind(group, kind))
          for (const reference of backendsOf(route, cluster)) {
            const backend = { ...reference, route, proxy };
            if (reference.kind === 'Service') services.push(backend);
            else if (isSlip(reference.kind, 'Service')) misspelt.push(backend);
          }
  for (const { object: route, reference } of namingsOf(cluster, '', 'Service'))
    if (reference.common === true && !isAttachment(reference))
      services.push({ ...reference, route, proxy: other });
  return { services, misspelt };
}

const notBackends: ReadonlySet<string> = new Set(['ConfigMap', 'Namespace', 'Secret']);

/** References to core kinds: TraefikServices and the like are of the route's own group. */
function backendsOf(route: ClusterObject, cluster: Cluster): Reference[] {
  const namespace = route.namespace ?? cluster.options.namespace;
  return referencesOf({
    apiVersion: route.apiVersion,
    kind: route.kind,
    namespace,
    value: route.value,
  }).filter(
    ({ group, kind, path }) =>
      group === '' && !notBackends.has(kind) && !path.includes('parentRefs'),
  );
}
