/** What CronJobs restart with kubectl. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { asList, asText, fieldAt, type Json } from '../../kubernetes/json.ts';
import { addTo, entryOf, groupBy, remembered } from '../../multimap.ts';
import { appSettings, partOf } from '../hosts/app-settings.ts';
import type { Place } from '../rule.ts';
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
  { resource, namespace, name }: Restart,
  account: Account,
  cluster: Cluster,
): boolean | 'unknown' {
  const { allowed, isOpen } = rightsOf(account, namespace, cluster);
  // `kubectl rollout restart` reads the workload and patches its template.
  const isAllowed = ['get', 'patch'].every((verb) =>
    [verb, '*'].some((v) =>
      [resource, '*'].some((r) => [name, '*'].some((n) => allowed.has(`${v} ${r} ${n}`))),
    ),
  );
  return isAllowed || (isOpen && 'unknown');
}

interface Rights {
  /** Of workloads: a verb, a resource and a name, each of them `*` where it is any. */
  readonly allowed: ReadonlySet<string>;
  /** A role of the account was not read, or is put together by its labels. */
  readonly isOpen: boolean;
}

const known = remembered((_: Cluster) => new Map<string, Rights>());

function rightsOf(account: Account, namespace: string, cluster: Cluster): Rights {
  const key = `${namespace} ${account.namespace}/${account.name}`;
  return entryOf(known(cluster), key, () => {
    const allowed = new Set<string>();
    let isOpen = false;
    for (const binding of bindingsOf(account, namespace, cluster)) {
      const role = roleOf(binding, cluster);
      isOpen ||= role === undefined || fieldAt(role, 'aggregationRule') !== undefined;
      for (const right of asList(fieldAt(role, 'rules')).flatMap(rightsIn)) allowed.add(right);
    }
    return { allowed, isOpen };
  });
}

const bindingsByAccount = remembered(({ objects }: Cluster) => {
  const index = new Map<string, ClusterObject[]>();
  for (const binding of [
    ...objects.ofKind(rbac, 'RoleBinding'),
    ...objects.ofKind(rbac, 'ClusterRoleBinding'),
  ])
    for (const account of accountsIn(binding)) addTo(index, account, binding);
  return index;
});

const anyGroup = 'a group';

/** A group may hold any account. */
function accountsIn({ namespace, value }: ClusterObject): ReadonlySet<string> {
  return new Set(
    asList(fieldAt(value as Json, 'subjects')).flatMap((subject) => {
      const kind = fieldAt(subject, 'kind');
      if (kind === 'Group') return anyGroup;
      const own = asText(fieldAt(subject, 'namespace')) ?? namespace ?? '';
      return kind === 'ServiceAccount' ? `${own}/${asText(fieldAt(subject, 'name')) ?? ''}` : [];
    }),
  );
}

function bindingsOf(account: Account, namespace: string, cluster: Cluster): ClusterObject[] {
  const index = bindingsByAccount(cluster);
  return [`${account.namespace}/${account.name}`, anyGroup]
    .flatMap((key) => index.get(key) ?? [])
    .filter((binding) => binding.kind === 'ClusterRoleBinding' || binding.namespace === namespace);
}

function roleOf({ namespace, value }: ClusterObject, { objects }: Cluster): Json | undefined {
  const reference = fieldAt(value as Json, 'roleRef');
  const kind = asText(fieldAt(reference, 'kind')) ?? '';
  const name = asText(fieldAt(reference, 'name')) ?? '';
  return objects.findOfKind(rbac, kind, kind === 'Role' ? namespace : undefined, name)?.value as
    Json | undefined;
}

function rightsIn(rule: Json): string[] {
  const texts = (field: string): ReadonlySet<string> =>
    new Set(asList(fieldAt(rule, field)).flatMap((item) => asText(item) ?? []));
  const groups = texts('apiGroups');
  if (!groups.has('apps') && !groups.has('*')) return [];
  const given = { verbs: texts('verbs'), resources: texts('resources') };
  const verbs = ['get', 'patch', '*'].filter((verb) => given.verbs.has(verb));
  const resources = [...kinds.map(([, resource]) => resource), '*'].filter((resource) =>
    given.resources.has(resource),
  );
  const names = texts('resourceNames');
  return (names.size === 0 ? ['*'] : [...names]).flatMap((name) =>
    verbs.flatMap((verb) => resources.map((resource) => `${verb} ${resource} ${name}`)),
  );
}

/** The account that pods run as. */
export function accountOf({ spec, namespace }: PodSet): Account {
  return { name: spec.serviceAccountName ?? spec.serviceAccount ?? 'default', namespace };
}
