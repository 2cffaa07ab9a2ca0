/** RabbitMQ, and Kafka by Koperator (Strimzi has a file of its own). */
import type { Operator, OperatorTable } from './made.ts';
import { inert } from './made.ts';
import { partly } from './read.ts';

/** rabbitmq/cluster-operator internal/metadata/label.go, internal/resource/{service,headless_service}.go: the resource's own labels are passed on. */
const rabbitmq: Operator = (resource) => ({
  pods: [
    partly(
      resource,
      {
        'app.kubernetes.io/name': resource.name,
        'app.kubernetes.io/component': 'rabbitmq',
        'app.kubernetes.io/part-of': null,
      },
      ['rabbitmq.com'],
    ),
  ],
  services: [resource.name, `${resource.name}-nodes`],
});

/** banzaicloud/koperator api/util/kafka `LabelsForKafka`, pkg/resources/kafka/pod.go. */
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
    ...inert(
      'Binding Exchange Federation OperatorPolicy Permission Policy Queue SchemaReplication Shovel SuperStream TopicPermission User Vhost',
    ),
  },
  'kafka.banzaicloud.io': { KafkaCluster: koperator, ...inert('KafkaTopic KafkaUser') },
};
