/** ServiceAccounts that bindings give rights to, and those that were meant by a name of none. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { isBinding } from '../../kubernetes/rbac.ts';
import { addTo, remembered } from '../../multimap.ts';
import { usedAccounts } from './idle-accounts.ts';
import { namingsOf, wantedBy } from './namings.ts';
import { isBeside, type Wanted } from './nearest-object.ts';
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

/** Accounts that pods run as and nobody binds, by each end of their names that begins a word. */
const unboundByEnd = remembered(
  (cluster: Cluster): ReadonlyMap<string, readonly ClusterObject[]> => {
    const byEnd = new Map<string, ClusterObject[]>();
    for (const account of cluster.objects.ofKind('', 'ServiceAccount')) {
      const { name } = account;
      const namespace = namespaceOf(account, cluster);
      const isUsed = usedAccounts(cluster).has(`${namespace}/${name}`);
      if (!isUsed || isBound(cluster, namespace, name)) continue;
      for (let at = name.indexOf('-'); at !== -1; at = name.indexOf('-', at + 1))
        addTo(byEnd, name.slice(at + 1), account);
    }
    return byEnd;
  },
);

/**
 * The account whose name was given a prefix everywhere but in the binding beside it: pods run as
 * it, and nobody else gives it any rights.
 */
export function prefixedAccount(
  binding: ClusterObject,
  { name }: Wanted,
  cluster: Cluster,
): ClusterObject | undefined {
  const [account, ...others] = unboundByEnd(cluster).get(name) ?? [];
  return account !== undefined && others.length === 0 && isBeside(account, binding)
    ? account
    : undefined;
}
