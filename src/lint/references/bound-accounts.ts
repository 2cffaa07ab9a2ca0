/** ServiceAccounts that bindings give rights to, and those that were meant by a name of none. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { isBinding } from '../../kubernetes/rbac.ts';
import { describeObject } from '../../manifest/object-reference.ts';
import { remembered } from '../../memo.ts';
import { entryOf } from '../../multimap.ts';
import { changeTo } from '../fixes/change-to.ts';
import type { AnyFinding } from '../rule.ts';
import { usedAccounts } from './idle-accounts.ts';
import { type Naming, namingsOf, wantedBy } from './namings.ts';
import { isBeside, type Wanted } from './nearest-object.ts';
import { prefixedOne } from './prefixed.ts';
import { namespaceOf } from './reference.ts';

/** Accounts that some binding names, by `namespace/name`. */
const boundAccounts = remembered(
  (cluster: Cluster): ReadonlySet<string> =>
    new Set(
      namingsOf(cluster, '', 'ServiceAccount')
        .filter(({ object }) => isBinding(object.kind))
        .map((one) => `${wantedBy(one, cluster).namespace ?? ''}/${one.reference.name}`),
    ),
);

export function isBound(cluster: Cluster, namespace: string | undefined, name: string): boolean {
  return boundAccounts(cluster).has(`${namespace ?? ''}/${name}`);
}

/**
 * The account that a binding beside it was to name: pods run as it, and nobody else gives it any
 * rights. Its name was given a prefix everywhere but in the binding, or the binding has the name of
 * the workload.
 */
export function accountOfPods(
  binding: ClusterObject,
  wanted: Wanted,
  cluster: Cluster,
): ClusterObject | undefined {
  const prefixed = prefixedOne(cluster, binding, wanted, (account) => {
    const namespace = namespaceOf(account, cluster);
    return (
      usedAccounts(cluster).has(`${namespace}/${account.name}`) &&
      !isBound(cluster, namespace, account.name)
    );
  });
  return prefixed ?? accountOfNamesake(binding, wanted, cluster);
}

function accountOfNamesake(
  binding: ClusterObject,
  { namespace = '', name }: Wanted,
  cluster: Cluster,
): ClusterObject | undefined {
  const [pods, ...others] = cluster.pods.named(namespace, name);
  if (pods === undefined || others.length > 0) return undefined;
  const account = accountOf(pods);
  const object = cluster.objects.findOfKind('', 'ServiceAccount', namespace, account);
  const isMeant =
    account !== 'default' &&
    object !== undefined &&
    !isBound(cluster, namespace, account) &&
    isBeside(object, binding);
  return isMeant ? object : undefined;
}

/** Spread them into the messages of a rule that reports an `idleDefault`. */
export const defaultMessages = {
  unbound: ({ account, workload }: { account: string; workload: string }) =>
    `no pod runs as "default"; those of ${workload} run as "${account}", which nothing binds`,
};

/** A binding of the account that every namespace has, where what its pods run as has no rights. */
export function idleDefault(
  naming: Naming,
  cluster: Cluster,
): AnyFinding<typeof defaultMessages> | undefined {
  const { object, reference } = naming;
  const { namespace = '' } = wantedBy(naming, cluster);
  const pods = unboundPods(cluster, namespace);
  if (pods === undefined || !isBeside(pods.workload, object)) return undefined;
  const account = accountOf(pods);
  return {
    object,
    at: reference.path,
    id: 'unbound',
    data: { account, workload: describeObject(pods.workload) },
    severity: 'warning',
    title: 'gives rights to whom nobody is',
    ...changeTo(account, 'unsafe'),
  };
}

/** Pods of a namespace where none runs as `default`: of the one account that nothing binds. */
function unboundPods(cluster: Cluster, namespace: string): PodSet | undefined {
  return entryOf(unboundIn(cluster), namespace, () => {
    const unbound = new Map<string, PodSet>();
    for (const set of cluster.pods.inNamespace(namespace)) {
      const name = accountOf(set);
      if (name === 'default') return undefined;
      if (!isBound(cluster, namespace, name)) unbound.set(name, set);
    }
    const [only, ...others] = unbound.values();
    return others.length > 0 ? undefined : only;
  });
}

const unboundIn = remembered((_: Cluster) => new Map<string, PodSet | undefined>());

function accountOf({ spec }: PodSet): string {
  return spec.serviceAccountName ?? spec.serviceAccount ?? 'default';
}
