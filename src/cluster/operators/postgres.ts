/**
 * PostgreSQL by Zalando and by Crunchy Data (CloudNativePG has a file of its own). Patroni says
 * which pod leads.
 */
import { fieldAt } from '../../kubernetes/json.ts';
import { makingNothing, type Operator, type OperatorTable } from './operator.ts';
import { partly } from './read.ts';

/**
 * All of these labels have another name or value if the operator is set up so: `cluster_labels`,
 * `cluster_name_label`, `inherited_labels`.
 *
 * @source zalando/postgres-operator pkg/cluster/util.go
 *   `labelsSet`, `connectionPoolerLabelsSelector`, `needConnectionPoolerWorker` @d24c1285
 */
const zalando: Operator = (resource) => {
  const own = {
    application: null,
    'cluster-name': null,
    'spilo-role': null,
    team: null,
    'connection-pooler': null,
    version: null,
  };
  const spec = fieldAt(resource.value, 'spec');
  const asked = fieldAt(spec, 'enableConnectionPooler');
  const poolers = [
    ...((asked ?? fieldAt(spec, 'connectionPooler') !== undefined) === false ? [] : ['-pooler']),
    ...(fieldAt(spec, 'enableReplicaConnectionPooler') === true ? ['-pooler-repl'] : []),
  ];
  return {
    pods: [partly(resource, own)],
    services: ['', '-repl', '-config', ...poolers].map((suffix) => resource.name + suffix),
  };
};

/**
 * @source CrunchyData/postgres-operator internal/naming/labels.go `LabelCluster` @0015d0e6
 * @source CrunchyData/postgres-operator internal/naming/names.go
 *   `ClusterPrimaryService`, `ClusterReplicaService`, `ClusterPodService`, `PatroniScope` @0156a8a6
 */
const crunchy: Operator = (resource) => ({
  pods: [
    partly(resource, { 'postgres-operator.crunchydata.com/cluster': resource.name }, [
      'crunchydata.com',
    ]),
  ],
  services: ['primary', 'replicas', 'ha', 'ha-config', 'pods'].map(
    (service) => `${resource.name}-${service}`,
  ),
});

/**
 * Crunchy's pgAdmin and pgUpgrade.
 *
 * @source CrunchyData/postgres-operator internal/naming/names.go
 *   `StandalonePGAdminCommonLabels` @0156a8a6
 */
const crunchyTool: Operator = (resource) => ({ pods: [partly(resource, {}, ['crunchydata.com'])] });

export const postgres: OperatorTable = {
  'acid.zalan.do': { postgresql: zalando, ...makingNothing('OperatorConfiguration PostgresTeam') },
  'postgres-operator.crunchydata.com': {
    PostgresCluster: crunchy,
    PGAdmin: crunchyTool,
    PGUpgrade: crunchyTool,
    ...makingNothing('CrunchyBridgeCluster'),
  },
};
