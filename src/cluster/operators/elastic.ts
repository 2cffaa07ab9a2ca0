/**
 * Elastic Cloud on Kubernetes: one label says which resource a pod is of, one which kind;
 * `podTemplate` may add more.
 */
import { asList, asText, fieldAt } from '../../kubernetes/json.ts';
import { makingNothing, type Operator, type OperatorTable } from './operator.ts';
import { partly } from './read.ts';

/**
 * The ports of the Service for HTTP, where the resource does not set them (`getDefaultPorts` and
 * the like of each kind).
 *
 * @source elastic/cloud-on-k8s pkg/controller/elasticsearch/services/services.go
 *   `NewExternalService` @0024cc46
 */
const httpPorts: ReadonlyMap<string, number> = new Map([
  ['es-http', 9200],
  ['kb-http', 5601],
  ['apm-http', 8200],
]);

/**
 * Secrets for whoever connects by HTTP.
 *
 * @source elastic/cloud-on-k8s pkg/controller/common/certificates/name.go
 *   `PublicCertsSecretName`, `InternalCertsSecretName` @v3.5.0
 * @source elastic/cloud-on-k8s pkg/apis/elasticsearch/v1/name.go `ElasticUserSecret` @v3.5.0
 */
function secretsOf(service: string): string[] {
  return [
    `${service}-certs-public`,
    `${service}-certs-internal`,
    ...(service.endsWith('-es-http') ? [service.replace(/http$/, 'elastic-user')] : []),
  ];
}

/**
 * @source elastic/cloud-on-k8s pkg/controller/elasticsearch/label/label.go `NewPodLabels` @v3.5.0
 */
const elastic =
  (type: string, nameLabel: string, services: readonly string[]): Operator =>
  (resource) => ({
    pods: [
      partly(resource, { 'common.k8s.elastic.co/type': type, [nameLabel]: resource.name }, [
        'k8s.elastic.co',
      ]),
    ],
    services: services.map((service) => {
      const name = `${resource.name}-${service}`;
      const port = httpPorts.get(service);
      const http = fieldAt(resource.value, 'spec', 'http');
      if (port === undefined || fieldAt(http, 'service', 'spec', 'ports') !== undefined)
        return name;
      const isPlain = fieldAt(http, 'tls', 'selfSignedCertificate', 'disabled') === true;
      return { name, ports: [{ name: isPlain ? 'http' : 'https', port, protocol: 'TCP' }] };
    }),
    secrets: services
      .filter((service) => httpPorts.has(service))
      .flatMap((service) => secretsOf(`${resource.name}-${service}`)),
  });

/**
 * Each node set has a headless Service of its StatefulSet's name.
 *
 * @source elastic/cloud-on-k8s pkg/apis/elasticsearch/v1/name.go
 *   `HTTPService`, `InternalHTTPService`, `TransportService`, `RemoteClusterService` @v3.5.0
 * @source elastic/cloud-on-k8s pkg/controller/elasticsearch/nodespec/statefulset.go
 *   `HeadlessServiceName` @v3.5.0
 */
const elasticsearch: Operator = (resource, objects) => {
  const sets = asList(fieldAt(resource.value, 'spec', 'nodeSets')).flatMap(
    (set) => asText(fieldAt(set, 'name')) ?? [],
  );
  const services = [
    'es-http',
    'es-internal-http',
    'es-transport',
    ...(fieldAt(resource.value, 'spec', 'remoteClusterServer', 'enabled') === true
      ? ['es-remote-cluster']
      : []),
    ...sets.map((set) => `es-${set}`),
  ];
  return elastic(
    'elasticsearch',
    'elasticsearch.k8s.elastic.co/cluster-name',
    services,
  )(resource, objects);
};

/**
 * Only a fleet server has a Service.
 *
 * @source elastic/cloud-on-k8s pkg/controller/agent/driver.go `FleetServerEnabled` @v3.5.0
 * @source elastic/cloud-on-k8s pkg/controller/agent/name.go `HTTPServiceName` @v3.5.0
 */
const agent: Operator = (resource, objects) =>
  elastic(
    'agent',
    'agent.k8s.elastic.co/name',
    fieldAt(resource.value, 'spec', 'fleetServerEnabled') === true ? ['agent-http'] : [],
  )(resource, objects);

/**
 * The names of types and Services are those of each kind's own package.
 *
 * @source elastic/cloud-on-k8s pkg/controller/kibana/label/label.go `KibanaNameLabelName` @v3.5.0
 * @source elastic/cloud-on-k8s pkg/controller/apmserver/labels.go `ApmServerNameLabelName` @v3.5.0
 * @source elastic/cloud-on-k8s pkg/controller/logstash/labels/labels.go `NameLabelName` @v3.5.0
 * @source elastic/cloud-on-k8s pkg/controller/maps/name.go `HTTPService` @v3.5.0
 * @source elastic/cloud-on-k8s pkg/controller/packageregistry/label/label.go
 *   `NameLabelName` @v3.5.0
 * @source elastic/cloud-on-k8s pkg/controller/autoops/expected.go `resourceLabelsFor` @v3.5.0
 */
export const eck: OperatorTable = {
  'elasticsearch.k8s.elastic.co': { Elasticsearch: elasticsearch },
  'kibana.k8s.elastic.co': { Kibana: elastic('kibana', 'kibana.k8s.elastic.co/name', ['kb-http']) },
  'apm.k8s.elastic.co': {
    ApmServer: elastic('apm-server', 'apm.k8s.elastic.co/name', ['apm-http']),
  },
  'beat.k8s.elastic.co': { Beat: elastic('beat', 'beat.k8s.elastic.co/name', []) },
  'agent.k8s.elastic.co': { Agent: agent },
  'logstash.k8s.elastic.co': {
    Logstash: elastic('logstash', 'logstash.k8s.elastic.co/name', ['ls-api']),
  },
  'enterprisesearch.k8s.elastic.co': {
    EnterpriseSearch: elastic('enterprise-search', 'enterprisesearch.k8s.elastic.co/name', [
      'ent-http',
    ]),
  },
  'maps.k8s.elastic.co': {
    ElasticMapsServer: elastic('maps', 'maps.k8s.elastic.co/name', ['ems-http']),
  },
  'packageregistry.k8s.elastic.co': {
    PackageRegistry: elastic('package-registry', 'packageregistry.k8s.elastic.co/name', [
      'epr-http',
    ]),
  },
  // An agent for each Elasticsearch that the policy selects.
  'autoops.k8s.elastic.co': {
    AutoOpsAgentPolicy: (resource) => ({
      pods: [
        partly(resource, { 'autoops.k8s.elastic.co/policy-name': resource.name }, [
          'k8s.elastic.co',
        ]),
      ],
    }),
  },
  'stackconfigpolicy.k8s.elastic.co': makingNothing('StackConfigPolicy'),
  'autoscaling.k8s.elastic.co': makingNothing('ElasticsearchAutoscaler'),
};
