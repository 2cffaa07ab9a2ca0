/** MySQL by Oracle, and MariaDB. */
import type { Operator, OperatorTable } from './made.ts';
import { containing, inert } from './made.ts';
import { partly } from './read.ts';

/** mysql-operator mysqloperator/controller/innodbcluster/cluster_objects.py, router_objects.py; the role is set by the operator. */
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

/** mariadb-operator pkg/builder/labels/builder.go: name of the application, instance; the primary is labelled k8s.mariadb.com/role. */
const mariaDB: Operator = (resource) => ({
  pods: [
    partly(resource, {}, ['mariadb.com', 'mariadb.mmontes.io'], {
      'app.kubernetes.io/name': /mariadb|maxscale/,
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
  ...inert('Connection Database Grant User ExternalMariaDB PhysicalBackup PointInTimeRecovery'),
};

export const mysql: OperatorTable = {
  'mysql.oracle.com': { InnoDBCluster: innoDBCluster, ...inert('MySQLBackup') },
  'k8s.mariadb.com': mariaDBKinds,
  'mariadb.mmontes.io': mariaDBKinds,
};
