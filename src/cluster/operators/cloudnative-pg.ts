/**
 * CloudNativePG: a Cluster is a set of instances, one of which is the primary; a Pooler is a
 * Deployment of PgBouncer.
 */
import { asList, asText, fieldAt } from '../../kubernetes/json.ts';
import { makingNothing, type Operator, type OperatorTable } from './operator.ts';
import { container, countAt, labelsOf, mergeContainers } from './read.ts';

const domains = ['cnpg.io'] as const;

/**
 * Before 1.28 there are only those of the operator's own domain.
 *
 * @source cloudnative-pg/cloudnative-pg pkg/specs/pods.go `buildInstance` @cd73556a (since 1.28)
 */
function recommendedLabels(instance: string, component: string): Record<string, string | null> {
  return {
    'app.kubernetes.io/managed-by': 'cloudnative-pg',
    'app.kubernetes.io/name': 'postgresql',
    'app.kubernetes.io/instance': instance,
    'app.kubernetes.io/component': component,
    'app.kubernetes.io/version': null,
  };
}

const postgresPorts = [{ name: 'postgres', port: 5432, protocol: 'TCP' }] as const;

/**
 * The role is set on whichever pod leads. Labels of the resource itself are inherited as the
 * operator's INHERITED_LABELS say.
 *
 * @source cloudnative-pg/cloudnative-pg pkg/specs/pods.go
 *   `NewInstance`, `createClusterPodSpec` @cd73556a (since 1.26)
 * @source cloudnative-pg/cloudnative-pg pkg/specs/services.go
 *   `CreateClusterReadService`, `CreateClusterReadOnlyService`, `CreateClusterReadWriteService`
 *   @086b7b3f
 * @source cloudnative-pg/cloudnative-pg api/v1/cluster_funcs.go
 *   `GetApplicationSecretName`, `GetSuperuserSecretName`, `GetServerCASecretName` @v1.25.0
 */
const cluster: Operator = ({ name, value }) => {
  const spec = fieldAt(value, 'spec');
  const instances = countAt(fieldAt(spec, 'instances'), 1);
  const disabled = asList(fieldAt(spec, 'managed', 'services', 'disabledDefaultServices'));
  const additional = asList(fieldAt(spec, 'managed', 'services', 'additional'));
  const services = ['rw', 'ro', 'r']
    .filter((service) => !disabled.includes(service))
    .map((service) => ({ name: `${name}-${service}`, ports: postgresPorts }));
  const ports = [
    { name: 'postgresql', containerPort: 5432 },
    { name: 'metrics', containerPort: 9187 },
    { name: 'status', containerPort: 8000 },
  ];
  return {
    pods: [
      {
        labels: {
          ...labelsOf(fieldAt(spec, 'inheritedMetadata', 'labels')),
          'cnpg.io/cluster': name,
          'cnpg.io/instanceName': null,
          'cnpg.io/instanceRole': null,
          'cnpg.io/podRole': 'instance',
          role: null,
        },
        maybe: {
          ...recommendedLabels(name, 'database'),
          ...labelsOf(fieldAt(value, 'metadata', 'labels')),
          postgresql: name,
        },
        domains,
        spec: { containers: [container('postgres', ports)] },
        sketched: true,
        ...(instances !== undefined && { replicas: instances }),
      },
    ],
    services: [
      ...services,
      // Only of operators that are told to make it, and of old ones.
      `${name}-any`,
      ...additional.flatMap(
        (item) => asText(fieldAt(item, 'serviceTemplate', 'metadata', 'name')) ?? [],
      ),
    ],
    allServices: true,
    // One for the application is made unless the resource names one.
    secrets: ['app', 'superuser', 'ca', 'server', 'replication', 'pooler'].map(
      (secret) => `${name}-${secret}`,
    ),
  };
};

/**
 * A Deployment of PgBouncer behind a Service of its own name.
 *
 * @source cloudnative-pg/cloudnative-pg pkg/specs/pgbouncer/deployments.go `Deployment` @04a7b7de
 * @source cloudnative-pg/cloudnative-pg pkg/specs/pgbouncer/services.go `Service` @094f9bb1
 */
const pooler: Operator = ({ name, value }) => {
  const spec = fieldAt(value, 'spec');
  const of = asText(fieldAt(spec, 'cluster', 'name'));
  const instances = countAt(fieldAt(spec, 'instances'), 1);
  const own = container('pgbouncer', [
    { name: 'pgbouncer', containerPort: 5432 },
    { name: 'metrics', containerPort: 9127 },
  ]);
  return {
    pods: [
      {
        labels: {
          ...labelsOf(fieldAt(spec, 'template', 'metadata', 'labels')),
          'cnpg.io/poolerName': name,
          'cnpg.io/podRole': 'pooler',
          'cnpg.io/cluster': of ?? null,
          'pod-template-hash': null,
        },
        maybe: {
          ...recommendedLabels(of ?? '', 'pooler'),
          ...labelsOf(fieldAt(value, 'metadata', 'labels')),
        },
        domains,
        spec: {
          containers: mergeContainers(fieldAt(spec, 'template', 'spec', 'containers'), [own]),
        },
        sketched: true,
        ...(instances !== undefined && { replicas: instances }),
      },
    ],
    services:
      fieldAt(spec, 'serviceTemplate') === undefined
        ? [{ name, ports: [{ name: 'pgbouncer', port: 5432, protocol: 'TCP' }] }]
        : [name],
    allServices: true,
  };
};

export const cloudNativePg: OperatorTable = {
  'postgresql.cnpg.io': {
    Cluster: cluster,
    Pooler: pooler,
    ...makingNothing(
      'Backup ScheduledBackup ImageCatalog ClusterImageCatalog Database DatabaseRole ' +
        'Publication Subscription FailoverQuorum',
    ),
  },
};
