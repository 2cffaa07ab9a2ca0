/**
 * Every reference of a cluster by what it names, from the table of src/kubernetes/references.ts:
 * rules about one kind of name take them from here.
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { isNamespaced } from '../../kubernetes/kinds.ts';
import { type Reference, referencesOf } from '../../kubernetes/references.ts';
import { remembered } from '../../memo.ts';
import { addTo } from '../../multimap.ts';
import { customReferencesOf } from './custom-references.ts';
import type { Wanted } from './nearest-object.ts';
import { namespaceOf } from './reference.ts';

export interface Naming {
  readonly object: ClusterObject;
  readonly reference: Reference;
}

const namingsIn = remembered((cluster: Cluster): ReadonlyMap<string, readonly Naming[]> => {
  const { objects } = cluster;
  const namings = new Map<string, Naming[]>();
  for (const object of [...objects.all, ...objects.repaired]) {
    if (object.refusals.length > 0 && object.repaired === undefined) continue;
    const references = referencesOf(object);
    const places = new Set(references.map(({ path }) => path.join('/')));
    for (const reference of customReferencesOf(object, cluster))
      if (!places.has(reference.path.join('/'))) references.push(reference);
    for (const reference of references)
      if (!isOfUnknownNamespace(object, reference))
        addTo(namings, `${reference.group}/${reference.kind}`, { object, reference });
  }
  return namings;
});

/**
 * Where a ClusterIssuer looks for its Secret, and other objects of the whole cluster for theirs, is
 * up to their controller.
 */
function isOfUnknownNamespace({ kind }: ClusterObject, reference: Reference): boolean {
  return (
    reference.common === true &&
    reference.namespace === undefined &&
    !isNamespaced(kind) &&
    isNamespaced(reference.kind)
  );
}

/**
 * The objects that name others of a kind, with how; the index is made when it is first asked for.
 */
export function namingsOf(cluster: Cluster, group: string, kind: string): readonly Naming[] {
  return namingsIn(cluster).get(`${group}/${kind}`) ?? [];
}

/** All of them. */
export function* allNamings(cluster: Cluster): Generator<Naming> {
  for (const namings of namingsIn(cluster).values()) yield* namings;
}

/**
 * What a reference wants, where a namespace that is not written is that of the object, or the
 * assumed one.
 */
export function wantedBy({ object, reference }: Naming, cluster: Cluster): Wanted {
  const { group, kind, namespace, name } = reference;
  const own = isNamespaced(kind) ? (namespace ?? namespaceOf(object, cluster)) : undefined;
  return { group, kind, namespace: own, name };
}

/** Whether it says what a policy is for. */
export function isAttachment({ path }: Reference): boolean {
  return path.includes('targetRefs') || path.includes('targetRef');
}

/** The API server refuses the account of a ClusterRoleBinding that is of no namespace. */
export function isUnscoped({ object, reference: { kind, namespace = '' } }: Naming): boolean {
  return kind === 'ServiceAccount' && namespace === '' && object.kind === 'ClusterRoleBinding';
}
