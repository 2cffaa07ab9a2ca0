/** ClickHouse by Altinity, and Volcano's Jobs. */
import type { Operator, OperatorTable } from './operator.ts';
import { partly } from './read.ts';

/**
 * Services may be named otherwise by templates in the resource, which hold its name as a rule.
 *
 * @source Altinity/clickhouse-operator pkg/model/chi/tags/labeler/list.go `list` @18c1e4c0
 * @source Altinity/clickhouse-operator pkg/model/chi/namer/patterns.go `patterns` @21f40cf6
 */
const clickHouse: Operator = (resource) => ({
  pods: [
    partly(resource, { 'clickhouse.altinity.com/chi': resource.name }, ['clickhouse.altinity.com']),
  ],
  services: [`clickhouse-${resource.name}`],
});

/**
 * Pods of its tasks, with the labels of their templates; the Service has the Job's name.
 *
 * @source volcano-sh/volcano pkg/controllers/job/job_controller_util.go `createJobPod` @00bac39e
 * @source volcano-sh/volcano pkg/controllers/job/plugins/svc/svc.go
 *   `createServiceIfNotExist` @08812f68
 */
const volcanoJob: Operator = (resource) => ({
  pods: [partly(resource, {}, ['volcano.sh'])],
  services: [resource.name],
});

export const furtherProjects: OperatorTable = {
  'clickhouse.altinity.com': { ClickHouseInstallation: clickHouse },
  'batch.volcano.sh': { Job: volcanoJob },
};
