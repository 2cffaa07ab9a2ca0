/**
 * All that is known of operators, by API group. Plain data: nothing of it runs before an object of
 * such a group is seen.
 */
import { getOwn } from '../../own.ts';
import { argo } from './argo.ts';
import { cloudNativePg } from './cloudnative-pg.ts';
import { delivery } from './delivery.ts';
import { eck } from './elastic.ts';
import { flagger } from './flagger.ts';
import { furtherProjects } from './further-projects.ts';
import { gatewayApi } from './gateway-api.ts';
import { isGroupWithoutPods } from './groups-without-pods.ts';
import { knative } from './knative.ts';
import { kruise } from './kruise.ts';
import { leaderWorkerSets } from './leader-worker-set.ts';
import { machineLearning } from './machine-learning.ts';
import { messaging } from './messaging.ts';
import { mongodb } from './mongodb.ts';
import { mysql } from './mysql.ts';
import { observability } from './observability.ts';
import { openshift } from './openshift.ts';
import type { Operator, OperatorTable } from './operator.ts';
import { perconaOperators } from './percona.ts';
import { postgres } from './postgres.ts';
import { prometheusOperator } from './prometheus-operator.ts';
import { rayOperator } from './ray.ts';
import { redis } from './redis.ts';
import { rook } from './rook.ts';
import { smallProjects } from './small-projects.ts';
import { stores } from './stores.ts';
import { strimzi } from './strimzi.ts';
import { tekton } from './tekton.ts';

const table: OperatorTable = {
  ...argo,
  ...cloudNativePg,
  ...delivery,
  ...eck,
  ...flagger,
  ...furtherProjects,
  ...gatewayApi,
  ...knative,
  ...kruise,
  ...leaderWorkerSets,
  ...machineLearning,
  ...messaging,
  ...mongodb,
  ...mysql,
  ...observability,
  ...openshift,
  ...smallProjects,
  ...perconaOperators,
  ...postgres,
  ...prometheusOperator,
  ...rayOperator,
  ...redis,
  ...rook,
  ...stores,
  ...strimzi,
  ...tekton,
};

/** Whether some kinds of the group are known. */
export function isListed(group: string): boolean {
  return Object.hasOwn(table, group);
}

/** The operator of a kind; `inert` where nothing comes of it, undefined where nobody knows. */
export function operatorOf(group: string, kind: string): Operator | 'inert' | undefined {
  const kinds = getOwn(table, group);
  return getOwn(kinds, kind) ?? (isGroupWithoutPods(group) ? 'inert' : undefined);
}

/**
 * Domains under which operators keep their labels: the API groups that are known, and those that
 * CustomResourceDefinitions bring.
 */
export function isOperatorDomain(domain: string, groups: Iterable<string> = []): boolean {
  if (!domain.includes('.') || /(?:^|\.)(?:kubernetes|k8s)\.io$/.test(domain)) return false;
  return [...Object.keys(table), ...groups].some((group) => isOfDomain(group, domain));
}

/** `kafka.strimzi.io` is of `strimzi.io`, and the other way round. */
export function isOfDomain(group: string, domain: string): boolean {
  return group === domain || group.endsWith(`.${domain}`) || domain.endsWith(`.${group}`);
}
