/** What CronJobs restart with kubectl. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { asList, asText, fieldAt, type Json } from '../../kubernetes/json.ts';
import { groupBy, remembered } from '../../multimap.ts';
import type { Place } from '../rule.ts';
import { appSettings, partOf } from './app-settings.ts';
import { namespaceOf } from './reference.ts';

export interface Restart {
  readonly cronJob: ClusterObject;
  readonly kind: string;
  /** As RBAC calls it. */
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
  readonly place: Place;
}

const kinds: readonly (readonly [kind: string, resource: string, short: string])[] = [
  ['Deployment', 'deployments', 'deploy'],
  ['StatefulSet', 'statefulsets', 'sts'],
  ['DaemonSet', 'daemonsets', 'ds'],
];

/** `deployment/web`, `deployment.apps/web` or `sts web`. */
const target =
  /\brollout\s+restart\s+(?:-\S+\s+)*([a-z]{2,12})(?:\.apps)?(?:\/|\s+)([a-z0-9][-a-z0-9.]{0,252})(?=[\s;&|'"]|$)/;
const namespaceFlag = /(?:^|\s)(?:-n|--namespace)(?:\s+|=)([a-z0-9][-a-z0-9]{0,62})(?=[\s;&|'"]|$)/;

/** Commands that hold variables of a shell where a name would be say nothing. */
export const kubectlRestarts = remembered((cluster: Cluster): readonly Restart[] => {
  const byObject = groupBy(
    appSettings(cluster).filter(({ object, setting }) => object.kind === 'CronJob' && !setting),
    ({ object }) => object,
  );
  return [...byObject].flatMap(([cronJob, texts]) => {
    const whole = texts.map(({ text }) => text).join(' ');
    if (!/\bkubectl\b/.test(whole) && !whole.startsWith('rollout ')) return [];
    const [, word = '', name = ''] = target.exec(whole) ?? [];
    const [kind, resource] =
      kinds.find(([, plural, short]) => [plural, plural.slice(0, -1), short].includes(word)) ?? [];
    const holder = texts.find(({ text }) => text.includes(name));
    if (kind === undefined || resource === undefined || holder === undefined) return [];
    const namespace = namespaceFlag.exec(whole)?.[1] ?? namespaceOf(cronJob, cluster);
    const place = partOf(holder, holder.text.lastIndexOf(name), name.length);
    return [{ cronJob, kind, resource, namespace, name, place }];
  });
});

interface Account {
  readonly name: string;
  readonly namespace: string;
}

const rbac = 'rbac.authorization.k8s.io';

/** Whether an account may get and patch the object; unknown where a role was not read. */
export function mayPatch(
  restart: Restart,
  account: Account,
  { objects }: Cluster,
): boolean | 'unknown' {
  const bindings = [
    ...objects.ofKind(rbac, 'RoleBinding').filter((one) => one.namespace === restart.namespace),
    ...objects.ofKind(rbac, 'ClusterRoleBinding'),
  ].filter((binding) => isBound(binding, account));
  const answers = bindings.map(({ namespace, value }) => {
    const reference = fieldAt(value as Json, 'roleRef');
    const kind = asText(fieldAt(reference, 'kind')) ?? '';
    const name = asText(fieldAt(reference, 'name')) ?? '';
    const role = objects.findOfKind(rbac, kind, kind === 'Role' ? namespace : undefined, name);
    return role === undefined || fieldAt(role.value as Json, 'aggregationRule') !== undefined
      ? 'unknown'
      : allows(role, restart);
  });
  return answers.includes(true) ? true : answers.includes('unknown') ? 'unknown' : false;
}

/** A group may hold it. */
function isBound({ value }: ClusterObject, { name, namespace }: Account): boolean {
  return asList(fieldAt(value as Json, 'subjects')).some(
    (subject) =>
      fieldAt(subject, 'kind') === 'Group' ||
      (fieldAt(subject, 'kind') === 'ServiceAccount' &&
        fieldAt(subject, 'name') === name &&
        (fieldAt(subject, 'namespace') ?? namespace) === namespace),
  );
}

/** `kubectl rollout restart` reads the workload and patches its template. */
function allows({ value }: ClusterObject, { resource, name }: Restart): boolean {
  return ['get', 'patch'].every((verb) =>
    asList(fieldAt(value as Json, 'rules')).some((rule) => {
      const has = (field: string, wanted: string): boolean =>
        asList(fieldAt(rule, field)).some((one) => one === wanted || one === '*');
      const names = asList(fieldAt(rule, 'resourceNames'));
      return (
        has('apiGroups', 'apps') &&
        has('resources', resource) &&
        has('verbs', verb) &&
        (names.length === 0 || names.includes(name))
      );
    }),
  );
}

/** The account that pods run as. */
export function accountOf({ spec, namespace }: PodSet): Account {
  return { name: spec.serviceAccountName ?? spec.serviceAccount ?? 'default', namespace };
}
