/** What was meant by a name that leads nowhere, as far as the files around it tell. */
import type { Cluster } from '../../cluster/cluster.ts';
import { dataKeys } from '../../cluster/data-keys.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { isWorkloadKind } from '../../kubernetes/kinds.ts';
import { remembered } from '../../memo.ts';
import { groupByEach } from '../../multimap.ts';
import { coreOf } from '../../text/kind-words.ts';
import type { Unit } from '../../units/unit.ts';
import { type Candidate, isBeside, type Wanted } from './nearest-object.ts';
import { isExample } from './orphans.ts';
import { referrersOf } from './referenced.ts';

/**
 * An object in the same directory or kustomization, whose name holds the one that is written, or
 * the other way round, and which no object of the same kind names: the only such one.
 *
 * @param keys what is read of it: Secrets and ConfigMaps are often called alike, and have to have
 *   them
 */
export function alikeBeside(
  { cluster, unit }: { readonly cluster: Cluster; readonly unit: Pick<Unit, 'origin' | 'joins'> },
  from: ClusterObject,
  { group, kind, namespace, name }: Wanted,
  keys: readonly string[] = [],
): Candidate | undefined {
  const index = byWord(cluster.objects.inNamespace(group, kind, namespace));
  const alike = wordsOf(name).flatMap((word) => index.get(word) ?? []);
  const [object, ...others] = [...new Set(alike.length > mostAlike ? [] : alike)].filter(
    (one) =>
      (holds(one.name, name) || holds(coreOf(one.name, kind), coreOf(name, kind))) &&
      isBeside(one, from, unit) &&
      hasKeys(one, keys) &&
      !isNamedBy(one, from, cluster),
  );
  if (object === undefined || others.length > 0) return undefined;
  return { object, written: object.name, difference: 'similar', certain: false };
}

/** Words that more names have say nothing. */
const mostAlike = 20;

const wordsOf = (name: string): string[] => name.split('-');
const byWord = remembered((objects: readonly ClusterObject[]) =>
  groupByEach(objects, ({ name }) => wordsOf(name)),
);

/** By whole words, or as the beginning of a longer word: `rate-limit` and `rate-limiting`. */
function holds(a: string, b: string): boolean {
  if (a === '' || b === '') return false;
  const [x, y] = [`-${a}-`, `-${b}-`];
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return x.includes(y) || y.includes(x) || (short.length > 5 && long.startsWith(short));
}

function hasKeys(object: ClusterObject, keys: readonly string[]): boolean {
  if (object.kind !== 'Secret' && object.kind !== 'ConfigMap') return true;
  if (isExample(object)) return false;
  return keys.length > 0 && keys.every((key) => dataKeys(object).has(key));
}

function isNamedBy(object: ClusterObject, from: ClusterObject, cluster: Cluster): boolean {
  const use = useOf(from.kind);
  return referrersOf(cluster, object).some(({ kind }) => useOf(kind) === use);
}

/** What one workload or binding names was not meant by another one, of whatever kind. */
function useOf(kind: string): string {
  return isWorkloadKind(kind) ? 'Pod' : kind.endsWith('RoleBinding') ? 'RoleBinding' : kind;
}
