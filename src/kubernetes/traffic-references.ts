/** References of kinds that route traffic: of Gateway API, meshes and proxies. */
import { gatewayGroup } from './groups.ts';
import {
  annotated,
  called,
  each,
  type More,
  reaches,
  type ReferenceRow,
  to,
  typed,
} from './reference-row.ts';

/** Gateway API `BackendObjectReference`. */
export const backend = { typed: true, reaches: true, ports: ['port'] } as const;
const mirrored = 'filters[].requestMirror.backendRef.name';
export const route: readonly ReferenceRow[] = [
  to(`${gatewayGroup}/Gateway`, 'spec.parentRefs[].name', { ...typed, ...reaches }),
  ...each(
    'Service',
    [
      'spec.rules[].backendRefs[].name',
      `spec.rules[].${mirrored}`,
      `spec.rules[].backendRefs[].${mirrored}`,
    ],
    backend,
  ),
  // What it adds to Gateway API says its group and kind.
  ...each(
    '',
    [
      'spec.rules[].filters[].extensionRef.name',
      'spec.rules[].backendRefs[].filters[].extensionRef.name',
    ],
    typed,
  ),
];

const destination = { form: 'host', ports: ['port.number'] } as const;
export const virtualService = [
  ...['http', 'tls', 'tcp'].flatMap((list) => [
    to('Service', `spec.${list}[].route[].destination.host`, destination),
    to('Service', `spec.${list}[].mirrors[].destination.host`, destination),
  ]),
  to('Service', 'spec.http[].mirror.host', destination),
  to('networking.istio.io/VirtualService', 'spec.http[].delegate.name', reaches),
  ...each(
    'networking.istio.io/Gateway',
    [
      'spec.gateways[]',
      ...['http', 'tls', 'tcp'].map((list) => `spec.${list}[].match[].gateways[]`),
    ],
    { form: 'qualified', except: ['mesh'] },
  ),
];

const canary = 'spec.strategy.canary';
const blueGreen = 'spec.strategy.blueGreen';
const analyses = [
  `${canary}.analysis`,
  `${canary}.steps[].analysis`,
  `${blueGreen}.prePromotionAnalysis`,
  `${blueGreen}.postPromotionAnalysis`,
];
export const rollout = [
  ...each('Service', [
    `${canary}.stableService`,
    `${canary}.canaryService`,
    `${canary}.pingPong.pingService`,
    `${canary}.pingPong.pongService`,
    `${canary}.trafficRouting.alb.rootService`,
    `${blueGreen}.activeService`,
    `${blueGreen}.previewService`,
  ]),
  ...each('networking.k8s.io/Ingress', [
    `${canary}.trafficRouting.nginx.stableIngress`,
    `${canary}.trafficRouting.nginx.stableIngresses[]`,
    `${canary}.trafficRouting.alb.ingress`,
    `${canary}.trafficRouting.alb.ingresses[]`,
  ]),
  ...each('networking.istio.io/VirtualService', [
    `${canary}.trafficRouting.istio.virtualService.name`,
    `${canary}.trafficRouting.istio.virtualServices[].name`,
  ]),
  to('networking.istio.io/DestinationRule', `${canary}.trafficRouting.istio.destinationRule.name`),
  to('traefik.io/TraefikService', `${canary}.trafficRouting.traefik.weightedTraefikServiceName`),
  to('apps/Deployment', 'spec.workloadRef.name', typed),
  ...analyses.map((at) => to('argoproj.io/AnalysisTemplate', `${at}.templates[].templateName`)),
  to('argoproj.io/AnalysisTemplate', `${canary}.steps[].experiment.analyses[].templateName`),
];

const gloo = 'gloo.solo.io';
const glooGateway = 'gateway.solo.io';
const apisix = 'apisix.apache.org';
const cilium = 'cilium.io';
/** @param routes where the routes stand */
const glooRoutes = (routes: string): readonly ReferenceRow[] => [
  ...each(
    `${gloo}/Upstream`,
    [
      `${routes}.routeAction.single.upstream.name`,
      `${routes}.routeAction.multi.destinations[].destination.upstream.name`,
    ],
    reaches,
  ),
  ...each(
    'Service',
    [
      `${routes}.routeAction.single.kube.ref.name`,
      `${routes}.routeAction.multi.destinations[].destination.kube.ref.name`,
    ],
    reaches,
  ),
  to(`${glooGateway}/RouteTable`, `${routes}.delegateAction.ref.name`, reaches),
];
/** Proxies that have kinds of their own, and name Services in a way of their own. */
export const otherProxies: Readonly<Record<string, readonly ReferenceRow[]>> = {
  [`${glooGateway}/VirtualService`]: [
    ...glooRoutes('spec.virtualHost.routes[]'),
    to('Secret', 'spec.sslConfig.secretRef.name', reaches),
  ],
  [`${glooGateway}/RouteTable`]: glooRoutes('spec.routes[]'),
  [`${gloo}/Upstream`]: [to('Service', 'spec.kube.serviceName', { ports: ['servicePort'] })],
  [`${apisix}/ApisixRoute`]: [
    ...each(
      'Service',
      ['spec.http[].backends[].serviceName', 'spec.stream[].backend.serviceName'],
      {
        ports: ['servicePort'],
      },
    ),
    to(`${apisix}/ApisixPluginConfig`, 'spec.http[].plugin_config_name'),
    to(`${apisix}/ApisixUpstream`, 'spec.http[].upstreams[].name'),
  ],
  [`${apisix}/ApisixTls`]: [to('Secret', 'spec.secret.name', reaches)],
  'zalando.org/RouteGroup': [
    to('Service', 'spec.backends[].serviceName', { ports: ['servicePort'] }),
  ],
  [`${cilium}/CiliumNetworkPolicy`]: each(
    'Service',
    ['spec', 'specs[]'].map((spec) => `${spec}.egress[].toServices[].k8sService.serviceName`),
    reaches,
  ),
  [`${cilium}/CiliumEnvoyConfig`]: each(
    'Service',
    ['spec.services[].name', 'spec.backendServices[].name'],
    reaches,
  ),
  [`${cilium}/CiliumLocalRedirectPolicy`]: [
    to('Service', 'spec.redirectFrontend.serviceMatcher.serviceName', reaches),
  ],
  'getambassador.io/TLSContext': [to('Secret', 'spec.secret')],
  'configuration.konghq.com/KongPlugin': [
    to('Secret', 'configFrom.secretKeyRef.name', { key: 'key' }),
  ],
};

const kong = 'configuration.konghq.com';
/** What Kong does with requests, by annotations. */
export const kongRows = [
  annotated(`${kong}/KongPlugin`, 'konghq.com/plugins', { form: 'list' }),
  annotated(`${kong}/KongUpstreamPolicy`, 'konghq.com/upstream-policy'),
];
const nginxPolicy = 'k8s.nginx.org/Policy';
export const nginxUpstreams = [
  to('Service', 'spec.upstreams[].service', { ports: ['port'] }),
  ...each(
    nginxPolicy,
    ['spec.policies[].name', 'spec.routes[].policies[].name', 'spec.subroutes[].policies[].name'],
    reaches,
  ),
];

const middlewares = 'spec.routes[].middlewares[].name';
export const traefikTables = (group: string): Readonly<Record<string, readonly ReferenceRow[]>> => {
  const traefikService: More = {
    typed: true,
    reaches: true,
    ports: ['port'],
    also: [[group, 'TraefikService']],
  };
  return {
    [`${group}/IngressRoute`]: [
      to('Service', 'spec.routes[].services[].name', traefikService),
      // The name of a provider may stand behind it, and means one that is not in this namespace.
      to(`${group}/ServersTransport`, 'spec.routes[].services[].serversTransport'),
      to(`${group}/Middleware`, middlewares, reaches),
      to('Secret', 'spec.tls.secretName'),
      to(`${group}/TLSOption`, 'spec.tls.options.name', reaches),
      to(`${group}/TLSStore`, 'spec.tls.store.name', reaches),
    ],
    [`${group}/IngressRouteTCP`]: [
      to('Service', 'spec.routes[].services[].name', called),
      to(`${group}/MiddlewareTCP`, middlewares, reaches),
      to('Secret', 'spec.tls.secretName'),
      to(`${group}/TLSOption`, 'spec.tls.options.name', reaches),
      to(`${group}/TLSStore`, 'spec.tls.store.name', reaches),
    ],
    [`${group}/IngressRouteUDP`]: [to('Service', 'spec.routes[].services[].name', called)],
    [`${group}/TraefikService`]: each(
      'Service',
      ['spec.weighted.services[].name', 'spec.mirroring.name', 'spec.mirroring.mirrors[].name'],
      traefikService,
    ),
    [`${group}/Middleware`]: [
      to('Service', 'spec.errors.service.name', traefikService),
      to(`${group}/Middleware`, 'spec.chain.middlewares[].name', reaches),
      ...each('Secret', [
        'spec.basicAuth.secret',
        'spec.digestAuth.secret',
        'spec.forwardAuth.tls.caSecret',
        'spec.forwardAuth.tls.certSecret',
      ]),
    ],
    [`${group}/TLSOption`]: [to('Secret', 'spec.clientAuth.secretNames[]')],
    [`${group}/TLSStore`]: each('Secret', [
      'spec.defaultCertificate.secretName',
      'spec.certificates[].secretName',
    ]),
    [`${group}/ServersTransport`]: each('Secret', [
      'spec.rootCAsSecrets[]',
      'spec.certificatesSecrets[]',
    ]),
  };
};
