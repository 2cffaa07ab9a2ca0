/**
 * Stores of other sorts: Cassandra, ScyllaDB, CockroachDB, OpenSearch, Solr, Dragonfly, and EMQX
 * beside them.
 */
import { asText, fieldAt } from '../../kubernetes/json.ts';
import { containing, type Operator, type OperatorTable } from './operator.ts';
import { partly } from './read.ts';

/**
 * Services are named after the cluster and the datacenter, in letters that names may have.
 *
 * @source k8ssandra/cass-operator apis/cassandra/v1beta1/cassandradatacenter_types.go
 *   `GetDatacenterLabels`, `GetAllPodsServiceName`, `GetDatacenterServiceName` @515392ec
 */
const cassandra: Operator = (resource) => {
  const cluster = asText(fieldAt(resource.value, 'spec', 'clusterName')) ?? resource.name;
  const plain = cluster.toLowerCase().replace(/[^a-z0-9-]/g, '');
  return {
    pods: [
      partly(resource, {}, ['datastax.com'], {
        'app.kubernetes.io/name': null,
        'app.kubernetes.io/instance': null,
        'app.kubernetes.io/managed-by': null,
      }),
    ],
    services: [
      `${plain}-seed-service`,
      ...['service', 'all-pods-service', 'additional-seed-service'].map(
        (suffix) => `${plain}-${resource.name}-${suffix}`,
      ),
    ],
  };
};

/**
 * @source scylladb/scylla-operator pkg/naming/labels.go `ScyllaLabels`, `ClusterLabels` @c5769f1e
 * @source scylladb/scylla-operator pkg/naming/constants.go `ClusterNameLabel` @015f41fe
 * @source scylladb/scylla-operator pkg/naming/names.go `IdentityServiceName` @7ffae771
 */
const scylla: Operator = (resource) => ({
  pods: [
    partly(
      resource,
      {
        app: 'scylla',
        'app.kubernetes.io/name': 'scylla',
        'app.kubernetes.io/managed-by': 'scylla-operator',
        'scylla/cluster': resource.name,
      },
      ['scylla', 'scylladb.com'],
    ),
  ],
  services: [`${resource.name}-client`],
});

/**
 * The domain of the labels is that of the API group, which changed.
 *
 * @source opensearch-project/opensearch-k8s-operator
 *   opensearch-operator/pkg/helpers/constants.go `ClusterLabel` @6089077e
 * @source opensearch-project/opensearch-k8s-operator opensearch-operator/pkg/builders/cluster.go
 *   `DnsOfService`, `DiscoveryServiceName` @c949fb9e
 */
const openSearch: Operator = (resource) => {
  const service = asText(fieldAt(resource.value, 'spec', 'general', 'serviceName'));
  return {
    pods: [
      partly(resource, {}, [], {
        'opster.io/opensearch-cluster': resource.name,
        'opster.io/opensearch-nodepool': null,
        'opensearch.org/opensearch-cluster': resource.name,
        'opensearch.org/opensearch-nodepool': null,
        'opensearch.role': null,
      }),
    ],
    services: [...(service === undefined ? [] : [service]), `${resource.name}-discovery`],
  };
};

/**
 * Which pod leads is set while they run.
 *
 * @source dragonflydb/dragonfly-operator internal/resources/const.go
 *   `DragonflyNameLabelKey`, `Role` @505edc53
 */
const dragonfly: Operator = (resource) => ({
  pods: [
    partly(
      resource,
      {
        app: resource.name,
        'app.kubernetes.io/name': 'dragonfly',
        'app.kubernetes.io/part-of': 'dragonfly',
      },
      ['dragonflydb.io'],
      {
        role: null,
        'app.kubernetes.io/component': null,
        'app.kubernetes.io/instance': resource.name,
        'app.kubernetes.io/managed-by': null,
        'app.kubernetes.io/version': null,
      },
    ),
  ],
  services: [resource.name],
});

/**
 * @source emqx/emqx-operator apis/apps/v2beta1/const.go `LabelsInstanceKey` @6d119725
 * @source emqx/emqx-operator apis/apps/v2beta1/names.go
 *   `HeadlessServiceNamespacedName`, `DashboardServiceNamespacedName`,
 *   `ListenersServiceNamespacedName` @694e6144
 */
const emqx: Operator = (resource) => ({
  pods: [partly(resource, { 'apps.emqx.io/instance': resource.name }, ['emqx.io'])],
  services: ['headless', 'dashboard', 'listeners'].map((suffix) => `${resource.name}-${suffix}`),
});

/**
 * @source pravega/zookeeper-operator api/v1beta1/zookeepercluster_types.go
 *   `GetClientServiceName`, `GetAdminServerServiceName` @59671652
 */
const zooKeeper: Operator = (resource) => ({
  pods: [partly(resource, { app: resource.name, kind: 'ZookeeperMember' }, [], { release: null })],
  services: [`${resource.name}-client`, `${resource.name}-admin-server`],
});

/**
 * Beside its own pods there may be those of a ZooKeeper that it asks for.
 *
 * @source apache/solr-operator api/v1beta1/solrcloud_types.go
 *   `SharedLabelsWith`, `CommonServiceName` @71756759
 */
const solr: Operator = (resource) => ({
  pods: [
    partly(resource, { 'solr-cloud': resource.name }, ['solr.apache.org'], { technology: null }),
    {
      labels: { app: containing(resource.name), kind: 'ZookeeperMember' },
      maybe: { release: null },
    },
  ],
  services: [`${resource.name}-solrcloud-common`],
});

/**
 * @source cockroachdb/cockroach-operator pkg/resource/cluster.go
 *   `DiscoveryServiceName`, `PublicServiceName` @7e0a16c1
 */
const cockroach: Operator = (resource) => ({
  pods: [
    partly(resource, {}, ['cockroachlabs.com'], {
      'app.kubernetes.io/name': /cockroach/,
      'app.kubernetes.io/instance': resource.name,
      'app.kubernetes.io/component': null,
      'app.kubernetes.io/managed-by': null,
      'app.kubernetes.io/part-of': null,
      'app.kubernetes.io/version': null,
    }),
  ],
  services: [resource.name, `${resource.name}-public`],
});

const openSearchKinds = { OpenSearchCluster: openSearch };

export const stores: OperatorTable = {
  'cassandra.datastax.com': { CassandraDatacenter: cassandra },
  'scylla.scylladb.com': { ScyllaCluster: scylla, ScyllaDBDatacenter: scylla },
  'opensearch.opster.io': openSearchKinds,
  'opensearch.org': openSearchKinds,
  'solr.apache.org': { SolrCloud: solr },
  'zookeeper.pravega.io': { ZookeeperCluster: zooKeeper },
  'crdb.cockroachlabs.com': { CrdbCluster: cockroach },
  'dragonflydb.io': { Dragonfly: dragonfly },
  'apps.emqx.io': { EMQX: emqx },
};
