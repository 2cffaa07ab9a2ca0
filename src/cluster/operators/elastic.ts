/** Elastic Cloud on Kubernetes: one label says which resource a pod is of, one which kind; `podTemplate` may add more. */
import type { Operator, OperatorTable } from './made.ts';
import { inert } from './made.ts';
import { asList, asText, fieldAt, partly } from './read.ts';

/**
 * @source elastic/cloud-on-k8s pkg/controller/elasticsearch/label/label.go `NewPodLabels` @90352a6f
 */
const elastic =
  (type: string, nameLabel: string, services: readonly string[]): Operator =>
  (resource) => ({
    pods: [
      partly(resource, { 'common.k8s.elastic.co/type': type, [nameLabel]: resource.name }, [
        'k8s.elastic.co',
      ]),
    ],
    services: services.map((service) => `${resource.name}-${service}`),
  });

/**
 * Each node set has a headless Service of its StatefulSet's name.
 *
 * @source elastic/cloud-on-k8s pkg/apis/elasticsearch/v1/name.go
 */
const elasticsearch: Operator = (resource, objects) => {
  const sets = asList(fieldAt(resource.value, 'spec', 'nodeSets')).flatMap(
    (set) => asText(fieldAt(set, 'name')) ?? [],
  );
  const services = [
    'es-http',
    'es-internal-http',
    'es-transport',
    ...sets.map((set) => `es-${set}`),
  ];
  return elastic(
    'elasticsearch',
    'elasticsearch.k8s.elastic.co/cluster-name',
    services,
  )(resource, objects);
};

export const eck: OperatorTable = {
  'elasticsearch.k8s.elastic.co': { Elasticsearch: elasticsearch },
  'kibana.k8s.elastic.co': { Kibana: elastic('kibana', 'kibana.k8s.elastic.co/name', ['kb-http']) },
  'apm.k8s.elastic.co': {
    ApmServer: elastic('apm-server', 'apm.k8s.elastic.co/name', ['apm-http']),
  },
  'beat.k8s.elastic.co': { Beat: elastic('beat', 'beat.k8s.elastic.co/name', []) },
  'agent.k8s.elastic.co': { Agent: elastic('agent', 'agent.k8s.elastic.co/name', []) },
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
  'stackconfigpolicy.k8s.elastic.co': inert('StackConfigPolicy'),
  'autoscaling.k8s.elastic.co': inert('ElasticsearchAutoscaler'),
};
