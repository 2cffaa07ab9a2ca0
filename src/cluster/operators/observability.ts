/**
 * Jaeger, OpenTelemetry and VictoriaMetrics (Prometheus has a file of its own): the recommended
 * labels say of which resource a pod is.
 */
import type { ServicePort } from 'kubernetes-types/core/v1';
import { asJsonObject, asText, fieldAt, type Json } from '../../kubernetes/json.ts';
import type { CustomResource, Operator, OperatorTable } from './operator.ts';
import { containing, makingNothing } from './operator.ts';
import { partly } from './read.ts';

/**
 * @source jaegertracing/jaeger-operator pkg/util/util.go `Labels` @00e832bd
 */
const jaeger: Operator = (resource) => ({
  pods: [
    partly(resource, {
      app: 'jaeger',
      'app.kubernetes.io/name': containing(resource.name),
      'app.kubernetes.io/instance': resource.name,
      'app.kubernetes.io/component': null,
      'app.kubernetes.io/part-of': 'jaeger',
      'app.kubernetes.io/managed-by': 'jaeger-operator',
    }),
  ],
  services: ['query', 'collector', 'collector-headless', 'agent'].map(
    (service) => `${resource.name}-${service}`,
  ),
});

/**
 * The resource's own labels are passed on.
 *
 * @source open-telemetry/opentelemetry-operator internal/manifests/manifestutils/labels.go
 *   `Labels`, `SelectorLabels` @00d2a047
 * @source open-telemetry/opentelemetry-operator internal/naming/main.go
 *   `Service`, `HeadlessService`, `MonitoringService`, `TAService` @0075b135
 */
const openTelemetry =
  (...services: readonly string[]): Operator =>
  (resource) => ({
    pods: [
      partly(resource, {
        'app.kubernetes.io/name': containing(resource.name),
        'app.kubernetes.io/instance': `${resource.namespace}.${resource.name}`,
        'app.kubernetes.io/managed-by': 'opentelemetry-operator',
        'app.kubernetes.io/part-of': 'opentelemetry',
        'app.kubernetes.io/component': null,
        'app.kubernetes.io/version': null,
      }),
    ],
    services: services.map((service) => {
      const name = `${resource.name}-${service}`;
      const ports = service.startsWith('collector') ? receiverPorts(resource) : undefined;
      return ports === undefined || service === 'collector-monitoring' ? name : { name, ports };
    }),
  });

/**
 * The ports of a collector that has no receiver but OTLP, whose ports can be told from its
 * configuration.
 *
 * @source open-telemetry/opentelemetry-operator internal/components/receivers/helpers.go
 *   `ReceiverFor` @0075b135
 */
function receiverPorts({ value }: CustomResource): ServicePort[] | undefined {
  const receivers = asJsonObject(fieldAt(value, 'spec', 'config', 'receivers'));
  if (receivers === undefined || fieldAt(value, 'spec', 'ports') !== undefined) return undefined;
  const ports: ServicePort[] = [];
  for (const [receiver, settings] of Object.entries(receivers)) {
    if (receiver !== 'otlp') return undefined;
    for (const [protocol, usual] of [
      ['grpc', 4317],
      ['http', 4318],
    ] as const) {
      const own = fieldAt(settings, 'protocols', protocol);
      if (own === undefined && !isEmpty(fieldAt(settings, 'protocols'), protocol)) continue;
      const endpoint = asText(fieldAt(own, 'endpoint')) ?? `:${usual}`;
      const port = Number(/:(\d{1,5})$/.exec(endpoint)?.[1]);
      if (!(port > 0)) return undefined;
      ports.push({ name: `otlp-${protocol}`, port, protocol: 'TCP' });
    }
  }
  return ports.length === 0 ? undefined : ports;
}

/** `grpc:` with nothing behind it. */
function isEmpty(protocols: Json | undefined, protocol: string): boolean {
  return Object.hasOwn(asJsonObject(protocols) ?? {}, protocol);
}

/**
 * Names are those of the resource behind its kind.
 *
 * @source VictoriaMetrics/operator api/operator/v1beta1/vmcluster_types.go
 *   `VMSelectSelectorLabels`, `VMAuthLBSelectorLabels` @d12b76b6
 */
function victoria(
  { kind, ...resource }: CustomResource,
  parts: readonly string[],
  services: readonly string[] = parts,
): ReturnType<Operator> {
  return {
    pods: [
      partly(
        { kind, ...resource },
        {
          // Of the words of this file.
          // eslint-disable-next-line no-restricted-syntax
          'app.kubernetes.io/name': new RegExp(`^(${parts.join('|')})$`),
          'app.kubernetes.io/instance': resource.name,
          'app.kubernetes.io/component': 'monitoring',
          'managed-by': 'vm-operator',
        },
      ),
    ],
    services: services.map((part) => `${part}-${resource.name}`),
  };
}

const single: Operator = (resource) => victoria(resource, [resource.kind.toLowerCase()]);
/**
 * The balancer in front of a cluster's parts is a vmauth; the Services of what it balances are
 * moved aside.
 */
const cluster =
  (balancer: string, ...parts: readonly string[]): Operator =>
  (resource) => {
    const aside = parts.slice(0, 2).map((part) => `${part}int`);
    const services = [...parts, balancer, ...aside];
    return victoria(resource, [...parts, `${balancer}-vmauth-balancer`], services);
  };

/** Clusters, agents and a vmauth in front of them, each a resource of its own. */
const distributed: Operator = (resource) => ({
  pods: [
    partly(resource, {
      'app.kubernetes.io/name': /^v[lm]/,
      'app.kubernetes.io/instance': null,
      'app.kubernetes.io/component': 'monitoring',
      'managed-by': 'vm-operator',
    }),
  ],
});

/**
 * Every part has Services of its own. Early labels were of Loki's own domain.
 *
 * @source grafana/loki operator/internal/manifests/var.go
 *   `commonLabels`, `serviceNameQueryFrontendHTTP`, `serviceNameCompactorHTTP` @05851751
 */
const lokiStack: Operator = (resource) => ({
  pods: [
    partly(resource, { 'app.kubernetes.io/name': /^loki(?:stack)?$/ }, ['grafana.com'], {
      'app.kubernetes.io/instance': resource.name,
      'app.kubernetes.io/component': null,
      'app.kubernetes.io/managed-by': 'lokistack-controller',
      'app.kubernetes.io/created-by': 'lokistack-controller',
      'app.kubernetes.io/provider': 'openshift',
    }),
  ],
  services: ['gateway-http', 'query-frontend-http', 'query-frontend-grpc', 'compactor-http'].map(
    (suffix) => `${resource.name}-${suffix}`,
  ),
});

/**
 * Whatever its parts, the labels are the same but for the component.
 *
 * @source grafana/tempo-operator internal/manifests/manifestutils/labels.go
 *   `CommonLabels`, `ComponentLabels` @1240e91f
 */
const tempo: Operator = (resource) => ({
  pods: [
    partly(
      resource,
      {
        'app.kubernetes.io/name': 'tempo',
        'app.kubernetes.io/instance': resource.name,
        'app.kubernetes.io/managed-by': 'tempo-operator',
      },
      ['tempo.grafana.com'],
      { 'app.kubernetes.io/component': null },
    ),
  ],
});

export const observability: OperatorTable = {
  'tempo.grafana.com': { TempoMonolithic: tempo, TempoStack: tempo },
  'loki.grafana.com': { LokiStack: lokiStack },
  'jaegertracing.io': { Jaeger: jaeger },
  'opentelemetry.io': {
    OpenTelemetryCollector: openTelemetry(
      'collector',
      'collector-headless',
      'collector-monitoring',
    ),
    TargetAllocator: openTelemetry('targetallocator'),
    OpAMPBridge: openTelemetry('opamp-bridge'),
    ...makingNothing('Instrumentation ClusterObservability'),
  },
  'operator.victoriametrics.com': {
    VMAgent: single,
    VMAlert: single,
    VMAlertmanager: single,
    VMAnomaly: single,
    VMAuth: single,
    VMSingle: single,
    VLogs: single,
    VLSingle: single,
    VTSingle: single,
    VLAgent: single,
    VTAgent: single,
    VMEstimator: single,
    VMDistributed: distributed,
    VLDistributed: distributed,
    VMCluster: cluster('vmclusterlb', 'vmselect', 'vminsert', 'vmstorage'),
    VLCluster: cluster('vlclusterlb', 'vlselect', 'vlinsert', 'vlstorage'),
    VTCluster: cluster('vtclusterlb', 'vtselect', 'vtinsert', 'vtstorage'),
    ...makingNothing(
      'VMAlertmanagerConfig VMNodeScrape VMPodScrape VMProbe VMRule VMScrapeConfig ' +
        'VMServiceScrape VMStaticScrape VMUser VMAnomalyConfig VMStreamAggrRule',
    ),
  },
};
