/** Knative Serving: a Service becomes revisions, each with pods behind a queue-proxy. */
import type { ContainerPort, PodSpec } from 'kubernetes-types/core/v1';
import { asJsonObject, asList, asText, fieldAt } from '../../kubernetes/json.ts';
import type { LabelValue } from '../labels.ts';
import {
  type Creation,
  type CustomResource,
  makingNothing,
  type Operator,
  type OperatorTable,
} from './operator.ts';
import { container, templateAt } from './read.ts';

/**
 * Pods carry the labels of their revision, which has those of the template. How many there are is
 * the autoscaler's affair.
 *
 * @source knative/serving pkg/reconciler/revision/resources/meta.go `makeLabels` @v0.51.0
 */
const service = ({ kind, name, value }: CustomResource): Creation => {
  const path = kind === 'Revision' ? [] : ['spec', 'template'];
  const template = templateAt(value, path);
  if (template === undefined) return { services: [name] };
  const revision =
    kind === 'Revision' ? name : (asText(fieldAt(value, ...path, 'metadata', 'name')) ?? null);
  const labels: Record<string, LabelValue> = {
    app: revision,
    ...template.labels,
    'serving.knative.dev/configuration': kind === 'Revision' ? null : name,
    'serving.knative.dev/configurationGeneration': null,
    'serving.knative.dev/configurationUID': null,
    'serving.knative.dev/revision': revision,
    'serving.knative.dev/revisionUID': null,
    'serving.knative.dev/routingState': null,
    'serving.knative.dev/service': kind === 'Service' ? name : null,
    'serving.knative.dev/serviceUID': null,
    'pod-template-hash': null,
  };
  const services = kind === 'Service' ? [name] : [];
  if (typeof revision === 'string') services.push(revision, `${revision}-private`);
  const spec =
    template.spec === undefined
      ? {}
      : { spec: revisionSpec(template.spec), sketched: true as const };
  return {
    pods: [{ labels, ...spec, templatePath: path, domains: ['serving.knative.dev'] }],
    services,
  };
};

/**
 * The user's port is renamed; probes move to the queue-proxy.
 *
 * @source knative/serving pkg/reconciler/revision/resources/deploy.go `makePodSpec` @v0.51.0
 * @source knative/serving pkg/reconciler/revision/resources/queue.go
 *   `makeQueueContainer` @012ffbb5 (the port http-queueadm up to 1.20)
 */
function revisionSpec(spec: PodSpec): PodSpec {
  const containers = asList(spec.containers as never).flatMap((item) => asJsonObject(item) ?? []);
  let http2 = false;
  const users = containers.map((user, index) => {
    const port = fieldAt(user, 'ports', 0);
    const number = fieldAt(port, 'containerPort');
    if (fieldAt(port, 'name') === 'h2c') http2 = true;
    const serves = containers.length === 1 || port !== undefined;
    const ports: ContainerPort[] = serves
      ? [{ name: 'user-port', containerPort: typeof number === 'number' ? number : 8080 }]
      : [];
    return container(asText(fieldAt(user, 'name')) ?? `user-container-${index}`, ports);
  });
  const queue = container('queue-proxy', [
    { name: 'queue-port', containerPort: http2 ? 8013 : 8012 },
    { name: 'http-autometric', containerPort: 9090 },
    { name: 'http-usermetric', containerPort: 9091 },
    { name: 'https-port', containerPort: 8112 },
  ]);
  return { containers: [...users, queue] };
}

/** Brokers of RabbitMQ have pods of their own; those of other classes are served by one for all. */
const eventingPods = [{ labels: {}, domains: ['knative.dev'] }];
const eventing: Operator = () => ({ pods: eventingPods });

/** `<broker>-kne-trigger`, `<channel>-kn-channel`: what it is called begins with its own name. */
const named: Operator = ({ name }) => ({ services: [`${name}-kn-channel`] });

/**
 * @source knative/eventing pkg/reconciler/broker/resources/channel.go `BrokerChannelName` @bdecb869
 */
const broker: Operator = (resource) => ({
  pods: eventingPods,
  services: [`${resource.name}-kne-trigger-kn-channel`],
});

export const knative: OperatorTable = {
  'eventing.knative.dev': {
    ...makingNothing('EventPolicy EventType'),
    Broker: broker,
    Trigger: eventing,
  },
  'messaging.knative.dev': {
    ...makingNothing('Subscription'),
    Channel: named,
    InMemoryChannel: named,
  },
  'sources.knative.dev': makingNothing('PingSource SinkBinding'),
  'serving.knative.dev': {
    Service: service,
    Configuration: service,
    Revision: service,
    Route: ({ name }) => ({ services: [name] }),
    DomainMapping: ({ name }) => ({ services: [name] }),
  },
};
