/**
 * References of resources that operators and clouds read: databases, queues, search, pipelines,
 * events, load balancers.
 *
 * From the API types of each project: strimzi api, cloudnative-pg api/v1, cloud-on-k8s pkg/apis,
 * rabbitmq/messaging-topology-operator api/v1beta1, tektoncd/triggers pkg/apis, knative eventing
 * pkg/apis, argo-events pkg/apis, aws-load-balancer-controller apis/elbv2, karpenter pkg/apis,
 * GKE's ingress annotations.
 */
import {
  annotated,
  each,
  type More,
  reaches,
  type ReferenceRow,
  to,
  typed,
} from './reference-row.ts';

type Tables = Readonly<Record<string, readonly ReferenceRow[]>>;

/** The same rows for several kinds of a group. */
function alike(group: string, kinds: string, rows: readonly ReferenceRow[]): Tables {
  return Object.fromEntries(kinds.split(' ').map((kind) => [`${group}/${kind}`, rows]));
}

const kafka = 'kafka.strimzi.io';
/** Whose they are stands in a label. */
const ofCluster = (kind: string) => [
  to(`${kafka}/${kind}`, 'metadata.labels', { entry: 'strimzi.io/cluster' }),
];
const kafkaClient = each('Secret', [
  'spec.tls.trustedCertificates[].secretName',
  'spec.authentication.certificateAndKey.secretName',
  'spec.authentication.passwordSecret.secretName',
]);
const strimzi: Tables = {
  ...alike(kafka, 'KafkaTopic KafkaUser KafkaNodePool KafkaRebalance', ofCluster('Kafka')),
  [`${kafka}/KafkaConnector`]: ofCluster('KafkaConnect'),
  ...alike(kafka, 'KafkaConnect KafkaBridge', kafkaClient),
};

const cnpg = 'postgresql.cnpg.io';
const cloudNativePg: Tables = {
  ...alike(cnpg, 'Pooler Backup ScheduledBackup Database Publication Subscription', [
    to(`${cnpg}/Cluster`, 'spec.cluster.name'),
  ]),
  [`${cnpg}/Cluster`]: [
    ...each('Secret', ['spec.bootstrap.initdb.secret.name', 'spec.superuserSecret.name']),
    to(`${cnpg}/ImageCatalog`, 'spec.imageCatalogRef.name', typed),
  ],
};

const search = 'elasticsearch.k8s.elastic.co/Elasticsearch';
const kibana = 'kibana.k8s.elastic.co/Kibana';
/** A Secret says how to reach one that is not in the cluster. */
const associated = { ...reaches, unless: 'secretName' } as const;
const elastic: Tables = {
  [kibana]: [to(search, 'spec.elasticsearchRef.name', associated)],
  ...Object.fromEntries(
    ['apm.k8s.elastic.co/ApmServer', 'beat.k8s.elastic.co/Beat'].map((type) => [
      type,
      [
        to(search, 'spec.elasticsearchRef.name', associated),
        to(kibana, 'spec.kibanaRef.name', associated),
      ],
    ]),
  ),
  'agent.k8s.elastic.co/Agent': [
    to(search, 'spec.elasticsearchRefs[].name', associated),
    to(kibana, 'spec.kibanaRef.name', associated),
    to('agent.k8s.elastic.co/Agent', 'spec.fleetServerRef.name', associated),
  ],
  'logstash.k8s.elastic.co/Logstash': [to(search, 'spec.elasticsearchRefs[].name', associated)],
  ...alike('enterprisesearch.k8s.elastic.co', 'EnterpriseSearch', [
    to(search, 'spec.elasticsearchRef.name', associated),
  ]),
};

const rabbitmq = alike(
  'rabbitmq.com',
  'Binding Exchange Federation Permission Policy Queue SchemaReplication Shovel ' +
    'TopicPermission User Vhost',
  [to('rabbitmq.com/RabbitmqCluster', 'spec.rabbitmqClusterReference.name', reaches)],
);

const triggers = 'triggers.tekton.dev';
const tekton: Tables = {
  [`${triggers}/EventListener`]: [
    to('ServiceAccount', 'spec.serviceAccountName'),
    to(`${triggers}/TriggerBinding`, 'spec.triggers[].bindings[].ref', typed),
    to(`${triggers}/TriggerTemplate`, 'spec.triggers[].template.ref'),
    to(`${triggers}/Trigger`, 'spec.triggers[].triggerRef'),
  ],
  'tekton.dev/PipelineRun': [to('tekton.dev/Pipeline', 'spec.pipelineRef.name', typed)],
};

/** Where events go: any object that has an address. */
const sunk: More = { ...typed, ...reaches };
const knative: Tables = {
  ...alike('sources.knative.dev', 'ApiServerSource ContainerSource KafkaSource PingSource', [
    to('', 'spec.sink.ref.name', sunk),
  ]),
  'messaging.knative.dev/Subscription': [
    to('messaging.knative.dev/Channel', 'spec.channel.name', typed),
    to('', 'spec.subscriber.ref.name', sunk),
  ],
  'eventing.knative.dev/Trigger': [
    to('eventing.knative.dev/Broker', 'spec.broker'),
    to('', 'spec.subscriber.ref.name', sunk),
  ],
};

const argoEvents: Tables = {
  'argoproj.io/Sensor': [
    to('argoproj.io/EventSource', 'spec.dependencies[].eventSourceName'),
    to('argoproj.io/EventBus', 'spec.eventBusName', { except: ['default'] }),
  ],
  'argoproj.io/EventSource': [
    to('argoproj.io/EventBus', 'spec.eventBusName', { except: ['default'] }),
  ],
};

const clouds: Tables = {
  'elbv2.k8s.aws/TargetGroupBinding': [to('Service', 'spec.serviceRef.name', { ports: ['port'] })],
  'networking.gke.io/MultiClusterIngress': each('networking.gke.io/MultiClusterService', [
    'spec.template.spec.backend.serviceName',
    'spec.template.spec.rules[].http.paths[].backend.serviceName',
  ]),
  'karpenter.sh/NodePool': [
    to('karpenter.k8s.aws/EC2NodeClass', 'spec.template.spec.nodeClassRef.name', typed),
  ],
};

export const operatorTables: Tables = {
  ...strimzi,
  ...cloudNativePg,
  ...elastic,
  ...rabbitmq,
  ...tekton,
  ...knative,
  ...argoEvents,
  ...clouds,
};

/** What an Ingress asks of a cloud's load balancer, by annotations of GKE. */
export const loadBalancerRows: readonly ReferenceRow[] = [
  annotated('networking.gke.io/ManagedCertificate', 'networking.gke.io/managed-certificates', {
    form: 'list',
  }),
  annotated('networking.gke.io/FrontendConfig', 'networking.gke.io/v1beta1.FrontendConfig'),
];
