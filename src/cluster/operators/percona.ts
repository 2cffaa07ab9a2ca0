/** Percona: the recommended labels say which cluster a pod is of and which part of it. */
import type { Operator, OperatorTable } from './operator.ts';
import { makingNothing } from './operator.ts';
import { partly } from './read.ts';

const recommended = {
  'app.kubernetes.io/name': /percona|mongo|mysql|postgres/,
  'app.kubernetes.io/component': null,
  'app.kubernetes.io/managed-by': null,
  'app.kubernetes.io/part-of': null,
  'app.kubernetes.io/replset': null,
} as const;

/**
 * @source percona/percona-server-mongodb-operator pkg/naming/labels.go
 *   `RSLabels`, `ClusterLabels` @1d27fda3
 * @source percona/percona-xtradb-cluster-operator pkg/naming/labels.go
 *   `LabelsCluster` @12c015f4
 * @source percona/percona-server-mysql-operator api/v1alpha1/perconaservermysql_types.go
 *   `Labels` @0c98cecf
 */
const percona: Operator = (resource) => ({
  pods: [
    partly(resource, { 'app.kubernetes.io/instance': resource.name }, ['percona.com'], recommended),
  ],
});

/**
 * Backups had labels of their own up to 1.15.
 *
 * @source percona/percona-xtradb-cluster-operator pkg/naming/labels.go
 *   `LabelsBackup`, `LabelsScheduledBackup` @12c015f4
 */
const xtraDB: Operator = (resource, objects) => {
  const backups = partly(resource, { type: /^(?:cron|xtrabackup)$/, cluster: resource.name }, [], {
    ancestor: null,
    'backup-name': null,
  });
  return { pods: [...(percona(resource, objects).pods ?? []), backups] };
};

/**
 * A fork of Crunchy's operator, with its labels under another name as well.
 *
 * @source percona/percona-postgresql-operator internal/naming/labels.go
 *   `WithPerconaLabels` @0ab31181
 */
const perconaPostgres: Operator = (resource) => ({
  pods: [
    partly(resource, {}, ['crunchydata.com', 'percona.com'], {
      ...recommended,
      'app.kubernetes.io/instance': resource.name,
    }),
  ],
});

/**
 * One pod that copies a cluster into another.
 *
 * @source percona/percona-server-mongodb-operator pkg/psmdb/clustersync/deployment.go
 *   `Labels`, `PodTemplateSpec` @37be7fa1
 */
const clusterSync: Operator = (resource) => ({
  pods: [
    partly(resource, { 'app.kubernetes.io/instance': resource.name }, [], {
      ...recommended,
      'app.kubernetes.io/component': 'pcsm',
    }),
  ],
});

/**
 * A pod with MySQL Shell in it, and Jobs that make replicas; clusters are resources of their own.
 *
 * @source percona/percona-server-mysql-operator pkg/clusterset/mysqlshel_runner.go
 *   `MySQLShellRunner` @010c4b2e
 * @source percona/percona-server-mysql-operator pkg/clusterset/bootstrap.go
 *   `ClusterSetReplicaInitJob` @5d5edfb1
 */
const clusterSet: Operator = (resource) => {
  const one = /^(?:mysqlshell-runner|clusterset-replica-init)$/;
  return {
    pods: [
      partly(resource, { 'app.kubernetes.io/instance': resource.name }, [], {
        ...recommended,
        'app.kubernetes.io/name': one,
        'app.kubernetes.io/component': one,
        'job-name': null,
      }),
    ],
  };
};

export const perconaOperators: OperatorTable = {
  'psmdb.percona.com': {
    PerconaServerMongoDB: percona,
    PerconaServerMongoDBClusterSync: clusterSync,
    ...makingNothing(
      'PerconaServerMongoDBBackup PerconaServerMongoDBRestore MongoDBDatabase ' +
        'MongoDBDatabaseAccess MongoDBUser',
    ),
  },
  'pxc.percona.com': {
    PerconaXtraDBCluster: xtraDB,
    ...makingNothing('PerconaXtraDBClusterBackup PerconaXtraDBClusterRestore'),
  },
  'ps.percona.com': {
    PerconaServerMySQL: percona,
    PerconaServerMySQLClusterSet: clusterSet,
    ...makingNothing('PerconaServerMySQLBackup PerconaServerMySQLRestore'),
  },
  'pgv2.percona.com': {
    PerconaPGCluster: perconaPostgres,
    PerconaPGUpgrade: perconaPostgres,
    ...makingNothing('PerconaPGBackup PerconaPGRestore'),
  },
  // What the operator makes of its own kinds, as Crunchy's would.
  'upstream.pgv2.percona.com': {
    PostgresCluster: perconaPostgres,
    PGAdmin: perconaPostgres,
    PGUpgrade: perconaPostgres,
    ...makingNothing('CrunchyBridgeCluster'),
  },
};
