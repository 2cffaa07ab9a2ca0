/** RabbitMQ, NATS, and Kafka by Koperator (Strimzi has a file of its own). */
import { fieldAt } from '../../kubernetes/json.ts';
import {
  type CustomResource,
  type MadeService,
  makingNothing,
  type Operator,
  type OperatorTable,
} from './operator.ts';
import { labelsWithin, partly } from './read.ts';

/**
 * Only labels of an override reach the pods beside these: those of the resource itself do not.
 *
 * @source rabbitmq/cluster-operator internal/metadata/label.go `Label` @151ed7f7
 * @source rabbitmq/cluster-operator internal/resource/statefulset.go
 *   `podTemplateSpec` @6a8a87eb (since pull request 442; before it all labels of the resource)
 */
const rabbitmq: Operator = (resource) => ({
  pods: [
    {
      labels: {
        'app.kubernetes.io/name': resource.name,
        'app.kubernetes.io/component': 'rabbitmq',
        'app.kubernetes.io/part-of': null,
      },
      domains: ['rabbitmq.com'],
      written: labelsWithin(fieldAt(resource.value, 'spec') ?? null),
    },
  ],
  services: [clientService(resource), `${resource.name}-nodes`],
  secrets: [`${resource.name}-default-user`, `${resource.name}-erlang-cookie`],
});

/**
 * TLS and plugins bring further ports.
 *
 * @source rabbitmq/cluster-operator internal/resource/service.go
 *   `generateServicePortsMap` @6d5295b4
 */
function clientService({ name, value }: CustomResource): string | MadeService {
  const spec = fieldAt(value, 'spec');
  const further = [
    fieldAt(spec, 'tls'),
    fieldAt(spec, 'rabbitmq', 'additionalPlugins'),
    fieldAt(spec, 'override', 'service'),
  ];
  if (further.some((field) => field !== undefined)) return name;
  const ports = { amqp: 5672, management: 15672, prometheus: 15692 };
  return {
    name,
    ports: Object.entries(ports).map(([own, port]) => ({ name: own, port, protocol: 'TCP' })),
  };
}

/**
 * Every server is a pod of its own, labelled with the cluster; labels of `spec.pod` are passed on.
 *
 * @source nats-io/nats-operator pkg/util/kubernetes/kubernetes.go
 *   `ClientServiceName`, `ManagementServiceName` @00460cd3
 */
const nats: Operator = (resource) => ({
  pods: [
    partly(resource, { app: 'nats', nats_cluster: resource.name }, [], { nats_version: null }),
  ],
  services: [resource.name, `${resource.name}-mgmt`],
  allServices: true,
});

/**
 * @source banzaicloud/koperator api/util/util.go `LabelsForKafka` @dfc0824e
 */
const koperator: Operator = (resource) => ({
  pods: [
    partly(resource, { app: /kafka|cruise|envoy/ }, ['koperator.io', 'banzaicloud.io'], {
      kafka_cr: resource.name,
      brokerId: null,
      component: null,
    }),
  ],
});

export const messaging: OperatorTable = {
  'rabbitmq.com': {
    RabbitmqCluster: rabbitmq,
    ...makingNothing(
      'Binding Exchange Federation OperatorPolicy Permission Policy Queue ' +
        'SchemaReplication Shovel SuperStream TopicPermission User Vhost',
    ),
  },
  'nats.io': { NatsCluster: nats, ...makingNothing('NatsServiceRole') },
  'kafka.banzaicloud.io': { KafkaCluster: koperator, ...makingNothing('KafkaTopic KafkaUser') },
};
