/**
 * References of resources that operators and clouds read, where the field does not tell what it
 * names (those that do are found by src/lint/references/custom-references.ts).
 *
 * From the API types of each project: strimzi api, cloudnative-pg api/v1, tektoncd/triggers
 * pkg/apis, knative eventing pkg/apis, aws-load-balancer-controller apis/elbv2, GKE's ingress
 * annotations.
 */
import {
  annotated,
  below,
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
  [`${cnpg}/Cluster`]: [
    ...each('Secret', ['spec.bootstrap.initdb.secret.name', 'spec.superuserSecret.name']),
    to(`${cnpg}/ImageCatalog`, 'spec.imageCatalogRef.name', typed),
  ],
};

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

const argoproj = 'argoproj.io';
const argo: Tables = {
  // Argo CD makes the project "default" itself.
  [`${argoproj}/Application`]: [
    to(`${argoproj}/AppProject`, 'spec.project', { except: ['default'] }),
  ],
  [`${argoproj}/ApplicationSet`]: [
    to(`${argoproj}/AppProject`, 'spec.template.spec.project', { except: ['default'] }),
  ],
  [`${argoproj}/Sensor`]: [
    to(`${argoproj}/EventSource`, 'spec.dependencies[].eventSourceName'),
    to('ServiceAccount', 'spec.template.serviceAccountName'),
  ],
};

const velero = 'velero.io';
const backup: readonly ReferenceRow[] = [
  to(`${velero}/BackupStorageLocation`, 'storageLocation'),
  to(`${velero}/VolumeSnapshotLocation`, 'volumeSnapshotLocations[]'),
  to('Namespace', 'includedNamespaces[]', { except: ['*'] }),
];
const backups: Tables = {
  [`${velero}/Backup`]: below(['spec'], backup),
  [`${velero}/Schedule`]: below(['spec.template'], backup),
  [`${velero}/Restore`]: [
    to(`${velero}/Backup`, 'spec.backupName'),
    to(`${velero}/Schedule`, 'spec.scheduleName'),
  ],
};

const metallb = 'metallb.io';
const addressPools = to(`${metallb}/IPAddressPool`, 'spec.ipAddressPools[]');
const loadBalancers: Tables = {
  [`${metallb}/L2Advertisement`]: [addressPools],
  [`${metallb}/BGPAdvertisement`]: [addressPools, to(`${metallb}/BGPPeer`, 'spec.peers[]')],
  [`${metallb}/BGPPeer`]: [
    to(`${metallb}/BFDProfile`, 'spec.bfdProfile'),
    to('Secret', 'spec.passwordSecret.name'),
  ],
};

const stores: Tables = {
  'external-secrets.io/PushSecret': [
    to('external-secrets.io/SecretStore', 'spec.secretStoreRefs[].name', typed),
    to('Secret', 'spec.selector.secret.name'),
  ],
  'external-secrets.io/SecretStore': [
    'vault.auth.kubernetes',
    'aws.auth.jwt',
    'azurekv',
    'gcpsm.auth.workloadIdentity',
  ].map((provider) => to('ServiceAccount', `spec.provider.${provider}.serviceAccountRef.name`)),
};

const openshift: Tables = {
  'build.openshift.io/BuildConfig': [
    to('image.openshift.io/ImageStream', 'spec.output.to.name', {
      typed: true,
      kinds: ['ImageStreamTag'],
      form: 'tag',
    }),
  ],
};

/** Where events go: any object that has an address. */
const sunk: More = { ...typed, ...reaches };
const knative: Tables = {
  ...alike('sources.knative.dev', 'ApiServerSource ContainerSource KafkaSource PingSource', [
    to('', 'spec.sink.ref.name', sunk),
  ]),
  'serving.knative.dev/DomainMapping': [to('', 'spec.ref.name', sunk)],
  'eventing.knative.dev/Broker': [to('', 'spec.delivery.deadLetterSink.ref.name', sunk)],
  'flows.knative.dev/Parallel': [
    to('', 'spec.branches[].subscriber.ref.name', sunk),
    to('', 'spec.reply.ref.name', sunk),
  ],
  'messaging.knative.dev/Subscription': [
    to('messaging.knative.dev/Channel', 'spec.channel.name', typed),
    to('', 'spec.subscriber.ref.name', sunk),
  ],
  'eventing.knative.dev/Trigger': [
    to('eventing.knative.dev/Broker', 'spec.broker'),
    to('', 'spec.subscriber.ref.name', sunk),
  ],
};

const clouds: Tables = {
  'elbv2.k8s.aws/TargetGroupBinding': [to('Service', 'spec.serviceRef.name', { ports: ['port'] })],
  'networking.gke.io/MultiClusterIngress': each('networking.gke.io/MultiClusterService', [
    'spec.template.spec.backend.serviceName',
    'spec.template.spec.rules[].http.paths[].backend.serviceName',
  ]),
};

/** What a binding puts to use. */
const admission = 'admissionregistration.k8s.io';
const bindings: Tables = Object.fromEntries(
  ['ValidatingAdmissionPolicy', 'MutatingAdmissionPolicy'].map((kind) => [
    `${admission}/${kind}Binding`,
    [to(`${admission}/${kind}`, 'spec.policyName')],
  ]),
);

export const operatorTables: Tables = {
  ...bindings,
  ...strimzi,
  ...cloudNativePg,
  ...tekton,
  ...knative,
  ...clouds,
  ...argo,
  ...backups,
  ...loadBalancers,
  ...stores,
  ...openshift,
};

/** What an Ingress asks of a cloud's load balancer, by annotations of GKE. */
export const loadBalancerRows: readonly ReferenceRow[] = [
  annotated('networking.gke.io/ManagedCertificate', 'networking.gke.io/managed-certificates', {
    form: 'list',
  }),
  annotated('networking.gke.io/FrontendConfig', 'networking.gke.io/v1beta1.FrontendConfig'),
];
