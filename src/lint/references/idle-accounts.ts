/** ServiceAccounts that have rights and that no pod runs as, beside the one that was to. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { isBinding } from '../../kubernetes/rbac.ts';
import { remembered } from '../../memo.ts';
import { coreOf } from '../../text/kind-words.ts';
import { type Naming, namingsOf, wantedBy } from './namings.ts';
import { namespaceOf } from './reference.ts';

export interface IdleAccount {
  readonly account: ClusterObject;
  /** The pods of the workload that has its name, but for a word for the kind. */
  readonly pods: PodSet;
  /** What they run as. */
  readonly other: string;
}

/** Accounts that something other than a binding names, by `namespace/name`. */
export const usedAccounts = remembered(
  (cluster: Cluster): ReadonlySet<string> =>
    new Set(
      namingsOf(cluster, '', 'ServiceAccount')
        .filter(({ object }) => !isBinding(object.kind))
        .map((naming) => keyOf(naming, cluster)),
    ),
);

function keyOf(naming: Naming, cluster: Cluster): string {
  return `${wantedBy(naming, cluster).namespace ?? ''}/${naming.reference.name}`;
}

/** Undefined where the account that a binding names is used, or nobody has its name. */
export function idleAccount(naming: Naming, cluster: Cluster): IdleAccount | undefined {
  const { namespace, name } = wantedBy(naming, cluster);
  const account = cluster.objects.findOfKind('', 'ServiceAccount', namespace, name);
  if (account === undefined || usedAccounts(cluster).has(keyOf(naming, cluster))) return undefined;
  const own = namespaceOf(account, cluster);
  const namesakes = cluster.pods.named(own, name);
  const [pods, ...others] =
    namesakes.length > 0 ? namesakes : cluster.pods.named(own, coreOf(name, 'ServiceAccount'));
  if (pods === undefined || others.length > 0) return undefined;
  const { serviceAccountName: other = pods.spec.serviceAccount } = pods.spec;
  // Who writes that one means it, and who turned it into a comment leaves it to others.
  return other === 'default' || leftOut.test(textOf(pods.workload))
    ? undefined
    : { account, pods, other: other ?? 'default' };
}

const leftOut = /^[ \t]*#[ \t]*serviceAccount(?:Name)?:/m;

function textOf({ source: { document, range } }: ClusterObject): string {
  return document.file.text.slice(...range);
}
