/**
 * Strimzi: Kafka clusters and what belongs to them. Every pod says which cluster it is of; ports
 * depend on the listeners and on the version.
 */
import type { ServicePort } from 'kubernetes-types/core/v1';
import { asText, fieldAt } from '../../kubernetes/json.ts';
import {
  type Creation,
  type CustomResource,
  makingNothing,
  type Operator,
  type OperatorTable,
} from './operator.ts';
import { isCount, labelsOf, partly } from './read.ts';

/**
 * A label of the resource or of `spec.*.template` is passed on unless it is of Strimzi's own
 * domain.
 *
 * @source strimzi/strimzi-kafka-operator
 *   operator-common/src/main/java/io/strimzi/operator/common/model/Labels.java
 *   `withUserLabels` @07ea1ee5
 */
function pods(resource: CustomResource, cluster: string | null, kind: string | null): Creation {
  const labels = {
    'strimzi.io/cluster': cluster,
    'strimzi.io/kind': kind,
    'app.kubernetes.io/instance': cluster,
  };
  const recommended = {
    'app.kubernetes.io/name': /kafka|zookeeper|strimzi|operator|cruise/,
    'app.kubernetes.io/part-of': null,
    'app.kubernetes.io/managed-by': null,
  };
  return { pods: [partly(resource, labels, ['strimzi.io'], recommended)] };
}

/**
 * Services of listeners outside are named after the cluster as well.
 *
 * @source strimzi/strimzi-kafka-operator
 *   api/src/main/java/io/strimzi/api/kafka/model/kafka/KafkaResources.java
 *   `bootstrapServiceName`, `brokersServiceName` @0a669b8f
 */
const kafka: Operator = (resource) => {
  const ports = listenerPorts(resource);
  const bootstrap = `${resource.name}-kafka-bootstrap`;
  return {
    ...pods(resource, resource.name, 'Kafka'),
    services: [
      ports === undefined ? bootstrap : { name: bootstrap, ports },
      ...[
        'kafka-brokers',
        ...(fieldAt(resource.value, 'spec', 'zookeeper') === undefined
          ? []
          : ['zookeeper-client', 'zookeeper-nodes']),
        ...(fieldAt(resource.value, 'spec', 'cruiseControl') === undefined
          ? []
          : ['cruise-control']),
      ].map((service) => `${resource.name}-${service}`),
    ],
    ...(isAllInside(resource) && { allServices: true as const }),
    secrets: ['cluster-ca', 'cluster-ca-cert', 'clients-ca', 'clients-ca-cert'].map(
      (secret) => `${resource.name}-${secret}`,
    ),
  };
};

/**
 * One for replication, and those of the listeners inside; undefined of listeners in the form of
 * v1beta1.
 *
 * @source strimzi/strimzi-kafka-operator
 *   cluster-operator/src/main/java/io/strimzi/operator/cluster/model/KafkaCluster.java
 *   `getServicePorts` @8fa52330 (of the two listeners that there were then)
 */
function listenerPorts({ value }: CustomResource): ServicePort[] | undefined {
  const listeners = fieldAt(value, 'spec', 'kafka', 'listeners');
  if (!Array.isArray(listeners)) return undefined;
  const inside = listeners.flatMap((listener) => {
    const [name, port] = [asText(fieldAt(listener, 'name')), fieldAt(listener, 'port')];
    return fieldAt(listener, 'type') === 'internal' && name !== undefined && isCount(port)
      ? [{ name: `tcp-${portName(name)}`, port, protocol: 'TCP' }]
      : [];
  });
  return [{ name: 'tcp-replication', port: 9091, protocol: 'TCP' }, ...inside];
}

/** Every other listener has Services of its own, and an exporter had one. */
function isAllInside({ value }: CustomResource): boolean {
  const listeners = fieldAt(value, 'spec', 'kafka', 'listeners');
  return (
    Array.isArray(listeners) &&
    listeners.every((listener) => fieldAt(listener, 'type') === 'internal') &&
    fieldAt(value, 'spec', 'kafkaExporter') === undefined
  );
}

/** Names of ports were these before a listener had a name of its own. */
function portName(listener: string): string {
  return listener === 'plain' ? 'clients' : listener === 'tls' ? 'clientstls' : listener;
}

/**
 * A pool's pods are those of the cluster that its label names.
 *
 * @source strimzi/strimzi-kafka-operator
 *   cluster-operator/src/main/java/io/strimzi/operator/cluster/model/KafkaPool.java @0f21fb66
 */
const nodePool: Operator = (resource) =>
  pods(
    resource,
    labelsOf(fieldAt(resource.value, 'metadata', 'labels'))['strimzi.io/cluster'] ?? null,
    null,
  );

/**
 * Others of which the pods bear the resource's own name and kind; their one Service is named after
 * them with a suffix.
 */
const client =
  (service: string): Operator =>
  (resource) => ({
    ...pods(resource, resource.name, resource.kind),
    services: [`${resource.name}-${service}`],
  });

export const strimzi: OperatorTable = {
  'kafka.strimzi.io': {
    Kafka: kafka,
    KafkaNodePool: nodePool,
    KafkaConnect: client('connect-api'),
    KafkaMirrorMaker: (resource) => pods(resource, resource.name, 'KafkaMirrorMaker'),
    KafkaMirrorMaker2: client('mirrormaker2-api'),
    KafkaBridge: client('bridge-service'),
    ...makingNothing('KafkaTopic KafkaUser KafkaConnector KafkaRebalance'),
  },
  // Pods written out one by one; the operator makes such sets itself.
  'core.strimzi.io': {
    StrimziPodSet: (resource) => ({ pods: [partly(resource, {}, ['strimzi.io'])] }),
  },
  'access.strimzi.io': makingNothing('KafkaAccess'),
};
