/** prometheus-operator: every kind becomes a StatefulSet of its own name with a prefix, behind one governing Service for all of a kind. */
import type { ContainerPort } from 'kubernetes-types/core/v1';
import type { LabelValue } from '../labels.ts';
import type { CustomResource, Made, Operator, OperatorTable } from './made.ts';
import { inert, statefulSetLabels } from './made.ts';
import { asText, container, countAt, fieldAt, labelsOf, mergeContainers, product } from './read.ts';

const managed = {
  'app.kubernetes.io/managed-by': 'prometheus-operator',
  'app.kubernetes.io/version': null,
} as const;

interface Server {
  readonly app: string;
  /** Of the container, and of the label that older kinds have. */
  readonly name: string;
  readonly web: number;
  readonly others?: readonly ContainerPort[];
  readonly governing: string;
  readonly labels: Readonly<Record<string, LabelValue>>;
}

/** What the resource's `podMetadata` says never overrides the operator's own labels. */
function server(
  { name, value }: CustomResource,
  { app, name: called, web, others = [], governing, labels: more }: Server,
): Made {
  const spec = fieldAt(value, 'spec');
  const labels = {
    ...labelsOf(fieldAt(spec, 'podMetadata', 'labels')),
    'app.kubernetes.io/name': app,
    'app.kubernetes.io/instance': name,
  };
  const port: ContainerPort = {
    name: asText(fieldAt(spec, 'portName')) ?? 'web',
    containerPort: web,
    protocol: 'TCP',
  };
  const thanos =
    fieldAt(spec, 'thanos') === undefined ? [] : [container('thanos-sidecar', thanosPorts)];
  const own = [
    container(called, fieldAt(spec, 'listenLocal') === true ? others : [port, ...others]),
    container('config-reloader', [{ name: 'reloader-web', containerPort: 8080, protocol: 'TCP' }]),
    ...thanos,
  ];
  const subdomain = asText(fieldAt(spec, 'serviceName')) ?? governing;
  const services = [subdomain];
  const daemonSet = fieldAt(spec, 'mode') === 'DaemonSet';
  const replicas = product(
    countAt(fieldAt(spec, 'replicas'), 1),
    countAt(fieldAt(spec, 'shards'), 1),
  );
  return {
    pods: [
      {
        labels: { ...labels, ...managed, ...more, ...statefulSetLabels },
        // Until 0.50 there was a label `app` too.
        maybe: { app },
        domains: ['operator.prometheus.io'],
        spec: { containers: mergeContainers(fieldAt(spec, 'containers'), own) },
        ...(!daemonSet && replicas !== undefined && { replicas }),
        subdomain,
      },
    ],
    services,
  };
}

const thanosPorts: readonly ContainerPort[] = [
  { name: 'http', containerPort: 10902, protocol: 'TCP' },
  { name: 'grpc', containerPort: 10901, protocol: 'TCP' },
];

/** prometheus-operator pkg/prometheus/server/statefulset.go `makeStatefulSetSpec`. */
const prometheus: Operator = (resource) =>
  server(resource, {
    app: 'prometheus',
    name: 'prometheus',
    web: 9090,
    governing: 'prometheus-operated',
    labels: {
      prometheus: resource.name,
      'operator.prometheus.io/name': resource.name,
      'operator.prometheus.io/shard': null,
    },
  });

/** prometheus-operator pkg/prometheus/agent/statefulset.go, labels.go. */
const prometheusAgent: Operator = (resource) =>
  server(resource, {
    app: 'prometheus-agent',
    name: 'prometheus',
    web: 9090,
    governing: 'prometheus-agent-operated',
    labels: { 'operator.prometheus.io/name': resource.name },
  });

/** prometheus-operator pkg/alertmanager/statefulset.go `makeStatefulSetSpec`. */
const alertmanager: Operator = (resource) =>
  server(resource, {
    app: 'alertmanager',
    name: 'alertmanager',
    web: 9093,
    others: [
      { name: 'mesh-tcp', containerPort: 9094, protocol: 'TCP' },
      { name: 'mesh-udp', containerPort: 9094, protocol: 'UDP' },
    ],
    governing: 'alertmanager-operated',
    labels: { alertmanager: resource.name },
  });

/** prometheus-operator pkg/thanos/statefulset.go `makeStatefulSetSpec`. */
const thanosRuler: Operator = (resource) =>
  server(resource, {
    app: 'thanos-ruler',
    name: 'thanos-ruler',
    web: 10902,
    others: [{ name: 'grpc', containerPort: 10901, protocol: 'TCP' }],
    governing: 'thanos-ruler-operated',
    labels: { 'thanos-ruler': resource.name },
  });

export const prometheusOperator: OperatorTable = {
  'monitoring.coreos.com': {
    Prometheus: prometheus,
    PrometheusAgent: prometheusAgent,
    Alertmanager: alertmanager,
    ThanosRuler: thanosRuler,
    ...inert('ServiceMonitor PodMonitor Probe PrometheusRule ScrapeConfig AlertmanagerConfig'),
  },
};
