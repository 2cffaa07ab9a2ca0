/**
 * prometheus-operator: every kind becomes a StatefulSet of its own name with a prefix, behind one
 * governing Service for all of a kind.
 */
import type { ContainerPort, PodSpec, ServicePort } from 'kubernetes-types/core/v1';
import { asText, fieldAt, type Json } from '../../kubernetes/json.ts';
import type { LabelValue } from '../labels.ts';
import {
  type Creation,
  type CustomResource,
  makingNothing,
  type Operator,
  type OperatorTable,
  statefulSetLabels,
} from './operator.ts';
import { container, countAt, labelsOf, mergeContainers, product } from './read.ts';

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

/**
 * What the resource's `podMetadata` says never overrides the operator's own labels. A governing
 * Service is made unless the resource names one, which must be there then and take the pods. No
 * other Services are made.
 *
 * @source prometheus-operator/prometheus-operator pkg/k8s/network.go
 *   `EnsureCustomGoverningService` @v0.92.0 (in pkg/k8sutil up to 0.85)
 * @source prometheus-operator/prometheus-operator pkg/operator/config_reloader.go
 *   `CreateConfigReloader` @v0.92.0
 */
function server(resource: CustomResource, what: Server): Creation {
  const { name, value } = resource;
  const spec = fieldAt(value, 'spec');
  const written = asText(fieldAt(spec, 'serviceName'));
  const replicas = product(
    countAt(fieldAt(spec, 'replicas'), 1),
    countAt(fieldAt(spec, 'shards'), 1),
  );
  const subdomain = written ?? what.governing;
  return {
    pods: [
      {
        labels: {
          ...labelsOf(fieldAt(spec, 'podMetadata', 'labels')),
          'app.kubernetes.io/name': what.app,
          'app.kubernetes.io/instance': name,
          ...managed,
          ...what.labels,
          ...statefulSetLabels,
        },
        // Up to 0.51 there was a label `app` too.
        maybe: { app: what.app },
        domains: ['operator.prometheus.io'],
        spec: containersOf(spec, what),
        sketched: true,
        ...(replicas !== undefined && { replicas }),
        subdomain,
        ...(written !== undefined && { subdomainAt: ['spec', 'serviceName'] }),
      },
    ],
    services: written === undefined ? [{ name: subdomain, ports: governedPorts(spec, what) }] : [],
    allServices: true,
  };
}

/**
 * The ports of a governing Service: that of the pages under its own name, and those between the
 * members or to other programs.
 *
 * @source prometheus-operator/prometheus-operator pkg/alertmanager/statefulset.go
 *   `makeStatefulSetService` @v0.92.0
 */
function governedPorts(spec: Json | undefined, { web, others = [] }: Server): ServicePort[] {
  const name = asText(fieldAt(spec, 'portName')) ?? 'web';
  const sidecar = fieldAt(spec, 'thanos') === undefined ? [] : thanosPorts.slice(1);
  return [
    { name, port: web, protocol: 'TCP' },
    ...[...others, ...sidecar].map(({ name: own = '', containerPort, protocol = 'TCP' }) => ({
      name: own.replace(/^mesh-(tcp|udp)$/, '$1-mesh'),
      port: containerPort,
      protocol,
    })),
  ];
}

function containersOf(
  spec: Json | undefined,
  { name, web, others = [] }: Pick<Server, 'name' | 'web' | 'others'>,
): PodSpec {
  const port: ContainerPort = {
    name: asText(fieldAt(spec, 'portName')) ?? 'web',
    containerPort: web,
    protocol: 'TCP',
  };
  const local = fieldAt(spec, 'listenLocal') === true;
  const reloader: ContainerPort = { name: 'reloader-web', containerPort: 8080, protocol: 'TCP' };
  const own = [
    container(name, local ? others : [port, ...others]),
    container('config-reloader', local ? [] : [reloader]),
    ...(fieldAt(spec, 'thanos') === undefined ? [] : [container('thanos-sidecar', thanosPorts)]),
  ];
  return { containers: mergeContainers(fieldAt(spec, 'containers'), own) };
}

const thanosPorts: readonly ContainerPort[] = [
  { name: 'http', containerPort: 10902, protocol: 'TCP' },
  { name: 'grpc', containerPort: 10901, protocol: 'TCP' },
];

/**
 * @source prometheus-operator/prometheus-operator pkg/prometheus/server/statefulset.go
 *   `makeStatefulSetSpec` @v0.92.0
 */
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

const prometheusAgent: Operator = (resource) => {
  const agent = {
    app: 'prometheus-agent',
    name: 'prometheus',
    web: 9090,
    governing: 'prometheus-agent-operated',
    labels: { 'operator.prometheus.io/name': resource.name },
  };
  const spec = fieldAt(resource.value, 'spec');
  return fieldAt(spec, 'mode') === 'DaemonSet'
    ? daemonSet(resource, agent)
    : server(resource, agent);
};

/**
 * One pod on every node, without a governing Service and without what a StatefulSet adds.
 *
 * @source prometheus-operator/prometheus-operator pkg/prometheus/agent/daemonset.go
 *   `makeDaemonSetSpec` @v0.92.0
 */
function daemonSet({ name, value }: CustomResource, what: Server): Creation {
  const spec = fieldAt(value, 'spec');
  return {
    pods: [
      {
        labels: {
          ...labelsOf(fieldAt(spec, 'podMetadata', 'labels')),
          'app.kubernetes.io/name': what.app,
          'app.kubernetes.io/instance': name,
          ...managed,
          ...what.labels,
          'controller-revision-hash': null,
          'pod-template-generation': null,
        },
        domains: ['operator.prometheus.io'],
        spec: containersOf(spec, what),
        sketched: true,
      },
    ],
    services: [],
    allServices: true,
  };
}

/**
 * @source prometheus-operator/prometheus-operator pkg/alertmanager/statefulset.go
 *   `makeStatefulSetSpec` @v0.92.0
 */
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

/**
 * The reloader is there with every ConfigMap of rules, of which there is always one, if an empty
 * one.
 *
 * @source prometheus-operator/prometheus-operator pkg/thanos/statefulset.go
 *   `makeStatefulSetSpec` @v0.92.0
 * @source prometheus-operator/prometheus-operator pkg/operator/rules.go
 *   `makeConfigMapsFromRules` @v0.92.0 (`makeRulesConfigMaps` of pkg/thanos up to 0.85)
 */
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
    ...makingNothing(
      'ServiceMonitor PodMonitor Probe PrometheusRule ScrapeConfig AlertmanagerConfig',
    ),
  },
};
