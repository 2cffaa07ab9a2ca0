/** What the accounts of pods may do with workloads through the API. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { type AnyJson, asList, asText, fieldAt } from '../../kubernetes/json.ts';
import { bindingKinds, type PolicyRule, policyRules, rbacGroup } from '../../kubernetes/rbac.ts';
import { remembered } from '../../memo.ts';
import { entryOf, groupByEach } from '../../multimap.ts';

interface Account {
  readonly name: string;
  readonly namespace: string;
}

/** A workload as RBAC calls it. */
interface Workload {
  readonly namespace: string;
  readonly resource: string;
  readonly name: string;
}

/** Whether an account may get and patch a workload; unknown where a role was not read. */
export function mayPatch(
  { resource, namespace, name }: Workload,
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
      for (const right of policyRules(role).flatMap(rightsIn)) allowed.add(right);
    }
    return { allowed, isOpen };
  });
}

const bindingsByAccount = remembered(({ objects }: Cluster) =>
  groupByEach(
    bindingKinds.flatMap((kind) => objects.ofKind(rbacGroup, kind)),
    accountsIn,
  ),
);

const anyGroup = 'a group';

/** A group may hold any account. */
function accountsIn({ namespace, value }: ClusterObject): ReadonlySet<string> {
  return new Set(
    asList(fieldAt(value, 'subjects')).flatMap((subject) => {
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

function roleOf({ namespace, value }: ClusterObject, { objects }: Cluster): AnyJson | undefined {
  const reference = fieldAt(value, 'roleRef');
  const kind = asText(fieldAt(reference, 'kind')) ?? '';
  const name = asText(fieldAt(reference, 'name')) ?? '';
  const own = kind === 'Role' ? namespace : undefined;
  return objects.findOfKind(rbacGroup, kind, own, name)?.value;
}

const workloads = ['deployments', 'statefulsets', 'daemonsets'];

function rightsIn({ apiGroups, resources, resourceNames, verbs }: PolicyRule): string[] {
  if (!apiGroups.includes('apps') && !apiGroups.includes('*')) return [];
  const asked = ['get', 'patch', '*'].filter((verb) => verbs.includes(verb));
  const about = [...workloads, '*'].filter((resource) => resources.includes(resource));
  return (resourceNames.length === 0 ? ['*'] : resourceNames).flatMap((name) =>
    asked.flatMap((verb) => about.map((resource) => `${verb} ${resource} ${name}`)),
  );
}

/** The account that pods run as. */
export function accountOf({ spec, namespace }: PodSet): Account {
  return { name: spec.serviceAccountName ?? spec.serviceAccount ?? 'default', namespace };
}
