/** PostgreSQL by Zalando and by Crunchy Data (CloudNativePG has a file of its own). Patroni says which pod leads. */
import type { Operator, OperatorTable } from './made.ts';
import { inert } from './made.ts';
import { fieldAt, partly } from './read.ts';

/**
 * All of these labels have another name or value if the operator is set up so: `cluster_labels`,
 * `cluster_name_label`, `inherited_labels`.
 *
 * @source zalando/postgres-operator pkg/cluster/k8sres.go `labelsSet`
 * @source zalando/postgres-operator docs/reference/operator_parameters.md
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
  const pooler = fieldAt(resource.value, 'spec', 'enableConnectionPooler') === true;
  return {
    pods: [partly(resource, own)],
    services: ['', '-repl', '-config', ...(pooler ? ['-pooler'] : [])].map(
      (suffix) => resource.name + suffix,
    ),
  };
};

/**
 * @source CrunchyData/postgres-operator internal/naming/labels.go
 * @source CrunchyData/postgres-operator internal/naming/names.go
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
 * @source CrunchyData/postgres-operator internal/naming/labels.go
 */
const crunchyTool: Operator = (resource) => ({ pods: [partly(resource, {}, ['crunchydata.com'])] });

export const postgres: OperatorTable = {
  'acid.zalan.do': { postgresql: zalando, ...inert('OperatorConfiguration PostgresTeam') },
  'postgres-operator.crunchydata.com': {
    PostgresCluster: crunchy,
    PGAdmin: crunchyTool,
    PGUpgrade: crunchyTool,
    ...inert('CrunchyBridgeCluster'),
  },
};
