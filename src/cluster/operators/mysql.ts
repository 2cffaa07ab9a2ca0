/** MySQL by Oracle, and MariaDB. */
import type { Operator, OperatorTable } from './operator.ts';
import { containing, makingNothing } from './operator.ts';
import { partly } from './read.ts';

/**
 * Instances and routers bear names of their own; the role is set by the operator.
 *
 * @source mysql/mysql-operator mysqloperator/controller/innodbcluster/cluster_objects.py
 *   `prepare_cluster_service`, `prepare_cluster_stateful_set` @011aa80b
 * @source mysql/mysql-operator mysqloperator/controller/innodbcluster/router_objects.py
 *   `prepare_router_deployment`, `prepare_router_service` @02f26b05
 */
const innoDBCluster: Operator = (resource) => ({
  pods: [
    partly(
      resource,
      {
        'mysql.oracle.com/cluster': resource.name,
        'app.kubernetes.io/name': /^mysql-(?:innodbcluster|router)$/,
      },
      ['mysql.oracle.com'],
      {
        tier: 'mysql',
        component: null,
        'app.kubernetes.io/instance': containing(resource.name),
        'app.kubernetes.io/component': null,
        'app.kubernetes.io/managed-by': 'mysql-operator',
        'app.kubernetes.io/created-by': 'mysql-operator',
      },
    ),
  ],
  services: [resource.name, `${resource.name}-instances`],
});

/**
 * Name of the application and instance, also of the exporter; the primary is labelled
 * k8s.mariadb.com/role.
 *
 * @source mariadb-operator/mariadb-operator pkg/builder/labels/labels.go `LabelsBuilder` @fcb23427
 */
const mariaDB: Operator = (resource) => ({
  pods: [
    partly(resource, {}, ['mariadb.com', 'mariadb.mmontes.io'], {
      'app.kubernetes.io/name': /mariadb|maxscale|exporter/,
      'app.kubernetes.io/instance': containing(resource.name),
      'app.kubernetes.io/component': null,
    }),
  ],
  services: [resource.name, `${resource.name}-internal`],
});

const mariaDBKinds = {
  MariaDB: mariaDB,
  MaxScale: mariaDB,
  Backup: mariaDB,
  Restore: mariaDB,
  SqlJob: mariaDB,
  ...makingNothing(
    'Connection Database Grant User ExternalMariaDB PhysicalBackup PointInTimeRecovery',
  ),
};

export const mysql: OperatorTable = {
  'mysql.oracle.com': { InnoDBCluster: innoDBCluster, ...makingNothing('MySQLBackup') },
  'k8s.mariadb.com': mariaDBKinds,
  'mariadb.mmontes.io': mariaDBKinds,
};
