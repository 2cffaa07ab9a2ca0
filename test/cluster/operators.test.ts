import { describe, expect, it } from 'vitest';
import { type Cluster, predict } from '../../src/cluster/cluster.ts';
import { serviceName } from '../../src/cluster/operators/operator.ts';
import { defaultClusterOptions } from '../../src/cluster/options.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { SourceFile } from '../../src/manifest/source.ts';

function clusterOf(text: string): Cluster {
  return predict(
    readManifest(new SourceFile('manifest.yaml', text)).objects,
    defaultClusterOptions,
  );
}

const containers =
  'spec: { containers: [{ name: main, image: main, ports: [{ name: http, containerPort: 8080 }] }] }';
const template = `template: { metadata: { labels: { app: web } }, ${containers} }`;
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { replicas: 0, selector: { matchLabels: { app: web } }, ${template} }
`;

function resource(apiVersion: string, kind: string, spec: string, metadata = 'name: web'): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { ${metadata} }\nspec: { ${spec} }\n`;
}

/** `kind×count:port,port` of every set that the selector takes for certain. */
function selected(cluster: Cluster, selector: Readonly<Record<string, string>>): string[] {
  return cluster.pods
    .select(selector, 'default')
    .filter(({ truth }) => truth === 'yes')
    .map(({ members: { set, count } }) => {
      const ports = set.spec.containers
        .flatMap((container) => container.ports ?? [])
        .map(({ name, containerPort }) => name ?? containerPort);
      return `${set.workload.kind}×${set.countKnown ? count : '?'}:${ports.join(',')}`;
    });
}

describe('pods that are known in full', () => {
  const prometheus = resource(
    'monitoring.coreos.com/v1',
    'Prometheus',
    'replicas: 2, shards: 3, podMetadata: { labels: { tier: ops } }',
  );
  const cases: readonly (readonly [
    title: string,
    yaml: string,
    selector: Record<string, string>,
    sets: readonly string[],
  ])[] = [
    [
      'Rollout: its template',
      resource('argoproj.io/v1alpha1', 'Rollout', `replicas: 3, ${template}`),
      { app: 'web' },
      ['Rollout×3:http'],
    ],
    [
      'Rollout: one replica unless it says more',
      resource('argoproj.io/v1alpha1', 'Rollout', template),
      { app: 'web' },
      ['Rollout×1:http'],
    ],
    [
      'Rollout: the template of the Deployment that it refers to',
      `${resource('argoproj.io/v1alpha1', 'Rollout', 'replicas: 4, workloadRef: { apiVersion: apps/v1, kind: Deployment, name: web }')}---\n${deployment}`,
      { app: 'web' },
      ['Deployment×0:http', 'Rollout×4:http'],
    ],
    [
      'Rollout: scaled by an autoscaler',
      `${resource('argoproj.io/v1alpha1', 'Rollout', `replicas: 1, ${template}`)}---\n${resource(
        'autoscaling/v2',
        'HorizontalPodAutoscaler',
        'scaleTargetRef: { apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: web }, minReplicas: 5, maxReplicas: 9',
      )}`,
      { app: 'web' },
      ['Rollout×5:http'],
    ],
    [
      'DeploymentConfig: the name of the configuration',
      resource('apps.openshift.io/v1', 'DeploymentConfig', `replicas: 2, ${template}`),
      { app: 'web', deploymentconfig: 'web' },
      ['DeploymentConfig×2:http'],
    ],
    [
      'DeploymentConfig of the time before API groups',
      resource('v1', 'DeploymentConfig', `replicas: 2, ${template}`),
      { deploymentconfig: 'web' },
      ['DeploymentConfig×2:http'],
    ],
    [
      'Knative Service: the port has another name, and the queue-proxy its own',
      resource(
        'serving.knative.dev/v1',
        'Service',
        `template: { metadata: { labels: { tier: front } }, ${containers} }`,
      ),
      { 'serving.knative.dev/service': 'web', tier: 'front' },
      ['Service×?:user-port,queue-port,http-autometric,http-usermetric,https-port'],
    ],
    [
      'LeaderWorkerSet: leaders by their index',
      resource(
        'leaderworkerset.x-k8s.io/v1',
        'LeaderWorkerSet',
        `replicas: 3, leaderWorkerTemplate: { size: 4, workerTemplate: { ${containers} } }`,
      ),
      {
        'leaderworkerset.sigs.k8s.io/name': 'web',
        'leaderworkerset.sigs.k8s.io/worker-index': '0',
      },
      ['LeaderWorkerSet×3:http'],
    ],
    [
      'LeaderWorkerSet: leaders and workers',
      resource(
        'leaderworkerset.x-k8s.io/v1',
        'LeaderWorkerSet',
        `replicas: 3, leaderWorkerTemplate: { size: 4, workerTemplate: { ${containers} } }`,
      ),
      { 'leaderworkerset.sigs.k8s.io/name': 'web' },
      ['LeaderWorkerSet×3:http', 'LeaderWorkerSet×9:http'],
    ],
    [
      'CloneSet',
      resource('apps.kruise.io/v1alpha1', 'CloneSet', `replicas: 2, ${template}`),
      { app: 'web' },
      ['CloneSet×2:http'],
    ],
    [
      "OpenKruise's StatefulSet: one pod by its name",
      resource('apps.kruise.io/v1beta1', 'StatefulSet', `replicas: 3, ${template}`),
      { 'statefulset.kubernetes.io/pod-name': 'web-2' },
      ['StatefulSet×1:http'],
    ],
    [
      "OpenKruise's DaemonSet",
      resource('apps.kruise.io/v1alpha1', 'DaemonSet', template),
      { app: 'web' },
      ['DaemonSet×?:http'],
    ],
    [
      'Prometheus: shards of replicas',
      prometheus,
      { prometheus: 'web', tier: 'ops', 'app.kubernetes.io/name': 'prometheus' },
      ['Prometheus×6:web,reloader-web'],
    ],
    [
      'Prometheus: podMetadata does not override the operator',
      resource(
        'monitoring.coreos.com/v1',
        'Prometheus',
        'podMetadata: { labels: { prometheus: mine } }',
      ),
      { prometheus: 'web' },
      ['Prometheus×1:web,reloader-web'],
    ],
    [
      'Prometheus: a port of another name, a container that is patched, a sidecar',
      resource(
        'monitoring.coreos.com/v1',
        'Prometheus',
        'portName: http, thanos: {}, containers: [{ name: prometheus, ports: [{ name: debug, containerPort: 6060 }] }, { name: auth, ports: [{ containerPort: 4180 }] }]',
      ),
      { prometheus: 'web' },
      ['Prometheus×1:debug,http,4180,reloader-web,http,grpc'],
    ],
    [
      'Alertmanager',
      resource('monitoring.coreos.com/v1', 'Alertmanager', 'replicas: 3'),
      { alertmanager: 'web' },
      ['Alertmanager×3:web,mesh-tcp,mesh-udp,reloader-web'],
    ],
    [
      'ThanosRuler that listens to itself only',
      resource('monitoring.coreos.com/v1', 'ThanosRuler', 'listenLocal: true'),
      { 'thanos-ruler': 'web' },
      ['ThanosRuler×1:grpc'],
    ],
    [
      'CloudNativePG Cluster: labels that are inherited',
      resource(
        'postgresql.cnpg.io/v1',
        'Cluster',
        'instances: 3, inheritedMetadata: { labels: { tier: data } }',
      ),
      { 'cnpg.io/cluster': 'web', 'cnpg.io/podRole': 'instance', tier: 'data' },
      ['Cluster×3:postgresql,metrics,status'],
    ],
    [
      'CloudNativePG Pooler',
      resource('postgresql.cnpg.io/v1', 'Pooler', 'instances: 2, cluster: { name: orders }'),
      { 'cnpg.io/poolerName': 'web', 'cnpg.io/cluster': 'orders' },
      ['Pooler×2:pgbouncer,metrics'],
    ],
    [
      'a placeholder for the number of replicas',
      resource('argoproj.io/v1alpha1', 'Rollout', `replicas: '\${REPLICAS}', ${template}`),
      { app: 'web' },
      ['Rollout×?:http'],
    ],
    [
      'a kind that nobody knows, with a pod template where Deployments have it',
      resource('shop.example/v1', 'Shop', template),
      { app: 'web' },
      ['Shop×?:http'],
    ],
  ];
  it.each(cases)('%s', (_title, yaml, selector, sets) => {
    expect(selected(clusterOf(yaml), selector)).toEqual(sets);
  });

  it('is silent on the hash of a Rollout, as on that of a Deployment', () => {
    const [match] = clusterOf(resource('argoproj.io/v1alpha1', 'Rollout', template)).pods.select(
      { app: 'web', 'rollouts-pod-template-hash': '5d4f9c' },
      'default',
    );
    expect(match?.truth).toBe('unknown');
  });

  it('does not read what is not of the expected form', () => {
    for (const spec of [
      'template: later',
      'template: { spec: { containers: later } }',
      'template: { metadata: { labels: later }, spec: { containers: [] } }',
      'workloadRef: later',
      'replicas: [], template: {}',
      'replicas: -1, template: { spec: { containers: [later] } }',
      'instances: 0.5, containers: [later, { name: web, ports: later }], template: { spec: { containers: [{ name: web, ports: later }] } }',
      'template: { spec: { volumes: later, containers: [{ name: web, readinessProbe: later }] } }',
      '',
    ]) {
      for (const [apiVersion, kind] of [
        ['argoproj.io/v1alpha1', 'Rollout'],
        ['serving.knative.dev/v1', 'Service'],
        ['leaderworkerset.x-k8s.io/v1', 'LeaderWorkerSet'],
        ['apps.kruise.io/v1beta1', 'StatefulSet'],
        ['monitoring.coreos.com/v1', 'Prometheus'],
        ['postgresql.cnpg.io/v1', 'Cluster'],
      ] as const) {
        expect(
          selected(clusterOf(resource(apiVersion, kind, spec)), { app: 'other' }),
          `${kind}: ${spec}`,
        ).toEqual([]);
      }
    }
  });
});

describe('pods that are known in part', () => {
  const kafka = [
    'kafka.strimzi.io/v1beta2',
    'Kafka',
    'kafka: { template: { pod: { metadata: { labels: { tier: data } } } } }',
  ] as const;
  const cases: readonly (readonly [
    title: string,
    resource: readonly [apiVersion: string, kind: string, spec: string],
    selector: Record<string, string>,
    possible: boolean,
  ])[] = [
    ['Strimzi: the cluster', kafka, { 'strimzi.io/cluster': 'web' }, true],
    ['Strimzi: another cluster', kafka, { 'strimzi.io/cluster': 'other' }, false],
    [
      "Strimzi: a label of the operator's own",
      kafka,
      { 'strimzi.io/cluster': 'web', 'strimzi.io/broker-role': 'true' },
      true,
    ],
    ['Strimzi: a label that the resource passes on', kafka, { tier: 'data' }, true],
    ['Strimzi: that label with another value', kafka, { tier: 'front' }, false],
    ['Strimzi: a label of somebody else', kafka, { app: 'web' }, false],
    [
      'ECK: the cluster',
      ['elasticsearch.k8s.elastic.co/v1', 'Elasticsearch', ''],
      { 'elasticsearch.k8s.elastic.co/cluster-name': 'web' },
      true,
    ],
    [
      'ECK: a role',
      ['elasticsearch.k8s.elastic.co/v1', 'Elasticsearch', ''],
      { 'elasticsearch.k8s.elastic.co/node-data': 'true' },
      true,
    ],
    [
      'ECK: a label of somebody else',
      ['elasticsearch.k8s.elastic.co/v1', 'Elasticsearch', ''],
      { app: 'elastic' },
      false,
    ],
    [
      'Zalando: the cluster',
      ['acid.zalan.do/v1', 'postgresql', ''],
      { application: 'spilo', 'cluster-name': 'web' },
      true,
    ],
    [
      'Zalando: a label of somebody else',
      ['acid.zalan.do/v1', 'postgresql', ''],
      { app: 'web' },
      false,
    ],
    [
      'Crunchy: whoever leads',
      ['postgres-operator.crunchydata.com/v1beta1', 'PostgresCluster', ''],
      { 'postgres-operator.crunchydata.com/role': 'master' },
      true,
    ],
    [
      'Rook: a daemon',
      ['ceph.rook.io/v1', 'CephCluster', ''],
      { app: 'rook-ceph-mgr', rook_cluster: 'default' },
      true,
    ],
    [
      'Rook: a label of somebody else',
      ['ceph.rook.io/v1', 'CephCluster', ''],
      { app: 'web' },
      false,
    ],
    [
      'RabbitMQ',
      ['rabbitmq.com/v1beta1', 'RabbitmqCluster', ''],
      { 'app.kubernetes.io/name': 'web' },
      true,
    ],
    [
      'RabbitMQ: another one',
      ['rabbitmq.com/v1beta1', 'RabbitmqCluster', ''],
      { 'app.kubernetes.io/name': 'other' },
      false,
    ],
    [
      'Redis of Spotahome',
      ['databases.spotahome.com/v1', 'RedisFailover', ''],
      { 'app.kubernetes.io/component': 'redis', 'redisfailovers-role': 'master' },
      true,
    ],
    [
      'Redis of Opstree',
      ['redis.redis.opstreelabs.in/v1beta2', 'RedisCluster', ''],
      { app: 'web-leader', role: 'leader' },
      true,
    ],
    [
      'Tekton',
      ['triggers.tekton.dev/v1beta1', 'EventListener', ''],
      { eventlistener: 'web' },
      true,
    ],
    [
      'Ray: a generated name',
      ['ray.io/v1', 'RayService', ''],
      { 'ray.io/cluster': 'web-raycluster-x7k2p', 'ray.io/node-type': 'head' },
      true,
    ],
    [
      'Ray: the name of a RayCluster',
      ['ray.io/v1', 'RayCluster', ''],
      { 'ray.io/cluster': 'other' },
      false,
    ],
    [
      'Gateway',
      ['gateway.networking.k8s.io/v1', 'Gateway', 'gatewayClassName: istio'],
      { 'gateway.networking.k8s.io/gateway-name': 'web' },
      true,
    ],
    [
      'Gateway: a label of somebody else',
      ['gateway.networking.k8s.io/v1', 'Gateway', 'gatewayClassName: istio'],
      { app: 'web' },
      false,
    ],
    [
      'Gateway in front of a Deployment that is there already',
      [
        'gateway.networking.k8s.io/v1',
        'Gateway',
        'gatewayClassName: istio, addresses: [{ type: Hostname, value: ingress.istio-gateways.svc.cluster.local }]',
      ],
      { 'gateway.networking.k8s.io/gateway-name': 'web' },
      false,
    ],
    [
      'Gateway of Istio with an address of its own choosing',
      [
        'gateway.networking.k8s.io/v1',
        'Gateway',
        'gatewayClassName: istio, addresses: [{ value: 192.0.2.1 }]',
      ],
      { 'gateway.networking.k8s.io/gateway-name': 'web' },
      true,
    ],
    [
      'Gateway of another class with a host name for an address',
      [
        'gateway.networking.k8s.io/v1',
        'Gateway',
        'gatewayClassName: nginx, addresses: [{ type: Hostname, value: web.example }]',
      ],
      { 'gateway.networking.k8s.io/gateway-name': 'web' },
      true,
    ],
    [
      'Canary of which the target was not read: any label',
      ['flagger.app/v1beta1', 'Canary', 'targetRef: { kind: Deployment, name: web }'],
      { tier: 'front' },
      true,
    ],
    [
      'RabbitMQ: labels of an override',
      [
        'rabbitmq.com/v1beta1',
        'RabbitmqCluster',
        'override: { statefulSet: { spec: { template: { metadata: { labels: { tier: a } } } } } }',
      ],
      { 'app.kubernetes.io/name': 'web', tier: 'a' },
      true,
    ],
    [
      'PrometheusAgent on every node: the label of a StatefulSet',
      ['monitoring.coreos.com/v1alpha1', 'PrometheusAgent', 'mode: DaemonSet'],
      { 'app.kubernetes.io/instance': 'other' },
      false,
    ],
    [
      'what a resource selects by is not given to its pods',
      [
        'operator.victoriametrics.com/v1beta1',
        'VMAgent',
        'podScrapeSelector: { matchLabels: { app: web } }',
      ],
      { app: 'web' },
      false,
    ],
    [
      'Metacontroller: any workload that it is told of',
      [
        'metacontroller.k8s.io/v1alpha1',
        'CompositeController',
        'childResources: [{ apiVersion: apps/v1, resource: deployments }]',
      ],
      { app: 'web' },
      true,
    ],
    [
      'Metacontroller: no workload',
      [
        'metacontroller.k8s.io/v1alpha1',
        'CompositeController',
        'childResources: [{ apiVersion: v1, resource: configmaps }]',
      ],
      { app: 'web' },
      false,
    ],
    [
      'MongoDB',
      ['mongodbcommunity.mongodb.com/v1', 'MongoDBCommunity', ''],
      { app: 'web-svc' },
      true,
    ],
    [
      'MongoDB: a Service of another name',
      ['mongodbcommunity.mongodb.com/v1', 'MongoDBCommunity', ''],
      { app: 'web-arb' },
      false,
    ],
    [
      'Percona: a backup of old',
      ['pxc.percona.com/v1', 'PerconaXtraDBCluster', ''],
      { cluster: 'web', type: 'xtrabackup' },
      true,
    ],
    [
      'Percona: a backup of another cluster',
      ['pxc.percona.com/v1', 'PerconaXtraDBCluster', ''],
      { cluster: 'shop', type: 'xtrabackup' },
      false,
    ],
    [
      'MySQL',
      ['mysql.oracle.com/v2', 'InnoDBCluster', ''],
      { 'mysql.oracle.com/cluster': 'web', 'mysql.oracle.com/cluster-role': 'PRIMARY' },
      true,
    ],
    [
      'Jaeger',
      ['jaegertracing.io/v1', 'Jaeger', ''],
      { app: 'jaeger', 'app.kubernetes.io/component': 'query' },
      true,
    ],
    [
      'OpenTelemetry',
      ['opentelemetry.io/v1beta1', 'OpenTelemetryCollector', ''],
      { 'app.kubernetes.io/instance': 'default.web' },
      true,
    ],
    [
      'VictoriaMetrics',
      ['operator.victoriametrics.com/v1beta1', 'VMCluster', ''],
      { 'app.kubernetes.io/name': 'vmselect' },
      true,
    ],
    [
      'VictoriaMetrics: a part of another sort',
      ['operator.victoriametrics.com/v1beta1', 'VMSingle', ''],
      { 'app.kubernetes.io/name': 'vmselect' },
      false,
    ],
    [
      'Percona',
      ['psmdb.percona.com/v1', 'PerconaServerMongoDB', ''],
      { 'app.kubernetes.io/instance': 'web', 'app.kubernetes.io/component': 'mongos' },
      true,
    ],
    [
      'Prometheus: a label that it had once',
      ['monitoring.coreos.com/v1', 'Prometheus', ''],
      { app: 'prometheus', prometheus: 'web' },
      true,
    ],
    [
      'Prometheus: a label of somebody else',
      ['monitoring.coreos.com/v1', 'Prometheus', ''],
      { app: 'web' },
      false,
    ],
    ['Helm release', ['helm.toolkit.fluxcd.io/v2', 'HelmRelease', ''], { app: 'web' }, true],
    [
      'Helm release into another namespace',
      ['helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'targetNamespace: shop'],
      { app: 'web' },
      false,
    ],
    [
      'Application',
      ['argoproj.io/v1alpha1', 'Application', 'destination: { namespace: default }'],
      { app: 'web' },
      true,
    ],
    [
      'Application into another namespace',
      ['argoproj.io/v1alpha1', 'Application', 'destination: { namespace: shop }'],
      { app: 'web' },
      false,
    ],
    [
      'Application that leaves the namespace to its manifests',
      ['argoproj.io/v1alpha1', 'Application', ''],
      { app: 'web' },
      true,
    ],
    [
      'Rollout of a Deployment that was not read',
      ['argoproj.io/v1alpha1', 'Rollout', 'workloadRef: { kind: Deployment, name: other }'],
      { app: 'web' },
      true,
    ],
    [
      'Rollout with ports that are filled in later',
      [
        'argoproj.io/v1alpha1',
        'Rollout',
        "template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, ports: '${PORTS}' }] } }",
      ],
      { app: 'web' },
      true,
    ],
    ['a kind that nobody knows', ['shop.example/v1', 'Shop', ''], { app: 'web' }, true],
  ];
  it.each(cases)('%s', (_title, [apiVersion, kind, spec], selector, possible) => {
    const { operators } = clusterOf(resource(apiVersion, kind, spec));
    expect(operators.mayBeSelected(selector, 'default')?.kind).toBe(possible ? kind : undefined);
  });

  it('looks at pods of the resource’s own namespace only', () => {
    const { operators } = clusterOf(
      resource('kafka.strimzi.io/v1beta2', 'Kafka', '', 'name: web, namespace: events'),
    );
    expect(operators.mayBeSelected({ 'strimzi.io/cluster': 'web' }, 'default')).toBeUndefined();
    expect(operators.mayBeSelected({ 'strimzi.io/cluster': 'web' }, 'events')?.name).toBe('web');
  });

  it('takes a name that is generated, or filled in later, for any', () => {
    for (const metadata of ['generateName: web-', "name: '${NAME}'"]) {
      const { operators } = clusterOf(resource('kafka.strimzi.io/v1beta2', 'Kafka', '', metadata));
      expect(
        operators.mayBeSelected({ 'strimzi.io/cluster': 'events' }, 'default')?.kind,
        metadata,
      ).toBe('Kafka');
    }
  });
});

describe('Services', () => {
  it.each([
    ['postgresql.cnpg.io/v1', 'Cluster', '', ['web-rw', 'web-ro', 'web-r', 'web-any']],
    [
      'postgresql.cnpg.io/v1',
      'Cluster',
      'managed: { services: { disabledDefaultServices: [ro, r], additional: [{ serviceTemplate: { metadata: { name: public } } }] } }',
      ['web-rw', 'web-any', 'public'],
    ],
    ['monitoring.coreos.com/v1', 'Prometheus', '', ['prometheus-operated']],
    ['monitoring.coreos.com/v1', 'Alertmanager', '', ['alertmanager-operated']],
    [
      'serving.knative.dev/v1',
      'Service',
      `template: { metadata: { name: web-v1 }, ${containers} }`,
      ['web', 'web-v1', 'web-v1-private'],
    ],
    [
      'kafka.strimzi.io/v1beta2',
      'Kafka',
      'zookeeper: {}',
      ['web-kafka-bootstrap', 'web-kafka-brokers', 'web-zookeeper-client', 'web-zookeeper-nodes'],
    ],
    [
      'elasticsearch.k8s.elastic.co/v1',
      'Elasticsearch',
      'nodeSets: [{ name: hot }]',
      ['web-es-http', 'web-es-internal-http', 'web-es-transport', 'web-es-hot'],
    ],
    ['gateway.networking.k8s.io/v1', 'Gateway', 'gatewayClassName: istio', ['web-istio']],
    ['gateway.networking.k8s.io/v1', 'Gateway', 'gatewayClassName: istio-waypoint', ['web']],
    ['gateway.networking.k8s.io/v1', 'Gateway', 'gatewayClassName: istio-agentgateway', ['web']],
    [
      'gateway.networking.k8s.io/v1',
      'Gateway',
      'gatewayClassName: istio-agentgateway-waypoint',
      ['web'],
    ],
    [
      'elasticsearch.k8s.elastic.co/v1',
      'Elasticsearch',
      'remoteClusterServer: { enabled: true }',
      ['web-es-http', 'web-es-internal-http', 'web-es-transport', 'web-es-remote-cluster'],
    ],
    ['agent.k8s.elastic.co/v1alpha1', 'Agent', 'fleetServerEnabled: true', ['web-agent-http']],
    [
      'acid.zalan.do/v1',
      'postgresql',
      'connectionPooler: {}',
      ['web', 'web-repl', 'web-config', 'web-pooler'],
    ],
    [
      'acid.zalan.do/v1',
      'postgresql',
      'enableConnectionPooler: false, enableReplicaConnectionPooler: true, connectionPooler: {}',
      ['web', 'web-repl', 'web-config', 'web-pooler-repl'],
    ],
    ['leaderworkerset.x-k8s.io/v1', 'LeaderWorkerSet', 'leaderWorkerTemplate: {}', ['web']],
    ['ceph.rook.io/v1', 'CephObjectStore', '', ['rook-ceph-rgw-web']],
  ] as const)('%s %s { %s }', (apiVersion, kind, spec, services) => {
    const { operators } = clusterOf(resource(apiVersion, kind, spec));
    expect(operators.all[0]?.made.services?.map(serviceName)).toEqual(services);
    expect(operators.makerOfService('default', services[0])?.kind).toBe(kind);
    expect(operators.makerOfService('other', services[0])).toBeUndefined();
  });

  it.each([
    ['postgresql.cnpg.io/v1', 'Cluster', '', 'web-ro', [5432]],
    ['postgresql.cnpg.io/v1', 'Pooler', '', 'web', [5432]],
    ['postgresql.cnpg.io/v1', 'Pooler', 'serviceTemplate: { spec: {} }', 'web', undefined],
    [
      'kafka.strimzi.io/v1beta2',
      'Kafka',
      'kafka: { listeners: [{ name: plain, port: 9092, type: internal }, { name: out, port: 9094, type: nodeport }] }',
      'web-kafka-bootstrap',
      [9091, 9092],
    ],
    [
      'kafka.strimzi.io/v1beta1',
      'Kafka',
      'kafka: { listeners: { plain: {} } }',
      'web-kafka-bootstrap',
      undefined,
    ],
    ['rabbitmq.com/v1beta1', 'RabbitmqCluster', '', 'web', [5672, 15672, 15692]],
    ['rabbitmq.com/v1beta1', 'RabbitmqCluster', 'tls: { secretName: x }', 'web', undefined],
    ['elasticsearch.k8s.elastic.co/v1', 'Elasticsearch', '', 'web-es-http', [9200]],
    [
      'kibana.k8s.elastic.co/v1',
      'Kibana',
      'http: { service: { spec: { ports: [{ port: 443 }] } } }',
      'web-kb-http',
      undefined,
    ],
    ['triggers.tekton.dev/v1beta1', 'EventListener', '', 'el-web', [8080, 9000]],
    ['triggers.tekton.dev/v1beta1', 'EventListener', 'resources: {}', 'el-web', undefined],
  ] as const)('%s %s { %s } %s has the ports %j', (apiVersion, kind, spec, name, ports) => {
    const { operators } = clusterOf(resource(apiVersion, kind, spec));
    const made = operators.knownIn('default', 'Service').get(name);
    expect(made?.object.kind).toBe(kind);
    expect(made?.ports?.map(({ port }) => port)).toEqual(ports);
  });

  it.each([
    ['postgresql.cnpg.io/v1', 'Cluster', 'web-app'],
    ['kafka.strimzi.io/v1beta2', 'Kafka', 'web-cluster-ca-cert'],
    ['rabbitmq.com/v1beta1', 'RabbitmqCluster', 'web-default-user'],
    ['elasticsearch.k8s.elastic.co/v1', 'Elasticsearch', 'web-es-elastic-user'],
    ['kibana.k8s.elastic.co/v1', 'Kibana', 'web-kb-http-certs-public'],
  ])('%s %s makes the Secret %s', (apiVersion, kind, name) => {
    const { operators } = clusterOf(resource(apiVersion, kind, ''));
    expect(operators.knownIn('default', 'Secret').get(name)?.object.kind).toBe(kind);
    expect(operators.knownIn('other', 'Secret').get(name)).toBeUndefined();
  });

  it('may be others that are named after the resource', () => {
    const { operators } = clusterOf(resource('kafka.strimzi.io/v1beta2', 'Kafka', ''));
    expect(operators.mayMake('Service', 'default', 'web-kafka-external-0')?.kind).toBe('Kafka');
    expect(operators.mayMake('Service', 'default', 'api')).toBeUndefined();
  });

  it.each([
    ['monitoring.coreos.com/v1', 'Prometheus', '', 'prometheus-web'],
    ['monitoring.coreos.com/v1', 'Prometheus', 'serviceName: mine', 'prometheus-operated'],
    ['monitoring.coreos.com/v1alpha1', 'PrometheusAgent', 'mode: DaemonSet', 'web'],
    ['jobset.x-k8s.io/v1alpha2', 'JobSet', 'network: { enableDNSHostnames: false }', 'web'],
    [
      'postgresql.cnpg.io/v1',
      'Cluster',
      'managed: { services: { disabledDefaultServices: [ro] } }',
      'web-ro',
    ],
    ['postgresql.cnpg.io/v1', 'Cluster', '', 'web-wr'],
    ['postgresql.cnpg.io/v1', 'Pooler', 'cluster: { name: orders }', 'web-rw'],
    ['databases.spotahome.com/v1', 'RedisFailover', '', 'rfr-web'],
    ['databases.spotahome.com/v1', 'RedisFailover', 'bootstrapNode: { host: a }', 'rfs-web'],
    ['grafana.integreatly.org/v1beta1', 'Grafana', 'external: { url: a }', 'web-service'],
    ['flagger.app/v1beta1', 'Canary', 'targetRef: { name: web }, service: { name: shop }', 'web'],
  ])('are all known: %s %s { %s } makes no %s', (apiVersion, kind, spec, name) => {
    const { operators } = clusterOf(resource(apiVersion, kind, spec));
    expect(operators.makerOfService('default', name)).toBeUndefined();
    expect(operators.mayMake('Service', 'default', name)).toBeUndefined();
  });

  it('are not all known where a fork of the operator puts a proxy in front', () => {
    const { operators } = clusterOf(
      resource('databases.spotahome.com/v1', 'RedisFailover', 'haproxy: { replicas: 2 }'),
    );
    expect(operators.mayMake('Service', 'default', 'haproxy-web')?.kind).toBe('RedisFailover');
  });

  it('may be counted up, whatever the resource is called', () => {
    const { operators } = clusterOf(resource('ceph.rook.io/v1', 'CephCluster', ''));
    expect(operators.makerOfService('default', 'rook-ceph-mon-b')?.kind).toBe('CephCluster');
  });

  it('names nothing after a Rollout: its Services are written by hand', () => {
    const { operators } = clusterOf(resource('argoproj.io/v1alpha1', 'Rollout', template));
    expect(operators.mayMake('Service', 'default', 'web-preview')).toBeUndefined();
  });
});

describe('kinds of which nothing comes', () => {
  it.each([
    ['cert-manager.io/v1', 'ClusterIssuer'],
    ['argoproj.io/v1alpha1', 'AppProject'],
    ['kind.x-k8s.io/v1alpha4', 'Cluster'],
    ['kustomize.config.k8s.io/v1beta1', 'Component'],
    ['kafka.strimzi.io/v1beta2', 'KafkaTopic'],
    ['monitoring.coreos.com/v1', 'ServiceMonitor'],
    ['gateway.networking.k8s.io/v1', 'HTTPRoute'],
    ['networking.istio.io/v1', 'VirtualService'],
    ['templates.gatekeeper.sh/v1', 'ConstraintTemplate'],
    ['generators.external-secrets.io/v1alpha1', 'Password'],
    ['s3.aws.upbound.io/v1beta1', 'Bucket'],
    ['storage.cnrm.cloud.google.com/v1beta1', 'StorageBucket'],
    ['route.openshift.io/v1', 'Route'],
    ['backstage.io/v1alpha1', 'Component'],
    ['skaffold/v4beta7', 'Config'],
  ])('%s %s', (apiVersion, kind) => {
    const { operators } = clusterOf(resource(apiVersion, kind, ''));
    expect(operators.anyIn(['default'])).toBeUndefined();
  });
});
