/** What the pods of a directory need, and what of it stands in manifests there. */
import type { Cluster } from '../../cluster/cluster.ts';
import { isGivenToPods } from '../../cluster/given.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { isBinding } from '../../kubernetes/rbac.ts';
import { remembered } from '../../memo.ts';
import { entryOf, groupBy } from '../../multimap.ts';
import { directoryOf } from '../../units/paths.ts';
import { liesInCollection } from '../../units/stages.ts';
import { type Naming, namingsOf, wantedBy } from './namings.ts';
import { besideKey } from './nearest-object.ts';
import { namespaceOf } from './reference.ts';

/** Of one namespace and directory. */
interface Brought {
  /** What stands in a manifest and is named, by something that is no binding. */
  readonly there: Set<ClusterObject>;
  /** `KIND/NAME` of what is named and in no manifest; Secrets, which are made by hand, aside. */
  readonly gone: Set<string>;
}

const kinds = ['ConfigMap', 'Secret', 'PersistentVolumeClaim', 'ServiceAccount'];

const broughtAlong = remembered((cluster: Cluster): ReadonlyMap<string, Brought> => {
  const places = new Map<string, Brought>();
  const placeOf = (one: ClusterObject): Brought =>
    entryOf(places, besideKey(namespaceOf(one, cluster), one), () => ({
      there: new Set(),
      gone: new Set(),
    }));
  for (const kind of kinds)
    for (const naming of namingsOf(cluster, '', kind)) {
      const { object, reference } = naming;
      if (reference.optional || isBinding(object.kind)) continue;
      const { namespace, name } = wantedBy(naming, cluster);
      const found = cluster.objects.findOfKind('', kind, namespace, name);
      if (found !== undefined) placeOf(found).there.add(found);
      else if (kind !== 'Secret' && !isGivenToPods(kind, name))
        placeOf(object).gone.add(`${kind}/${name}`);
    }
  return places;
});

/**
 * How sure it is that an account was forgotten; undefined where its directory brings along none.
 * Clouds make accounts as well, for roles of their own.
 */
export function forgottenAccount(
  { object }: Naming,
  cluster: Cluster,
): 'info' | 'warning' | undefined {
  const { there } = broughtAt(object, cluster);
  const accounts = [...there].filter(({ kind }) => kind === 'ServiceAccount').length;
  return accounts === 0 ? undefined : accounts > 1 && isWhole(object) ? 'warning' : 'info';
}

/**
 * The same of a claim: where others stand in manifests, or everything else that pods of its
 * directory name.
 */
export function forgottenClaim({ object }: Naming, cluster: Cluster): 'info' | 'warning' {
  const { there, gone } = broughtAt(object, cluster);
  const isOnlyOne = gone.size === 1 && there.size > 0;
  return isOnlyOne && isWhole(object) ? 'warning' : 'info';
}

function broughtAt(object: ClusterObject, cluster: Cluster): Brought {
  const place = besideKey(namespaceOf(object, cluster), object);
  return broughtAlong(cluster).get(place) ?? { there: new Set(), gone: new Set() };
}

/**
 * Whether most of what stands in the directory of an object says which namespace it is of: then it
 * is hardly all applied with `-n`.
 */
export function areNamespacesWritten({ source }: ClusterObject, cluster: Cluster): boolean {
  const all = byDirectory(cluster).get(directoryOf(source.document.file.path)) ?? [];
  return 2 * all.filter(({ namespaceAssumed }) => !namespaceAssumed).length > all.length;
}

const byDirectory = remembered(({ objects }: Cluster) =>
  groupBy(
    objects.all.filter(({ namespace }) => namespace !== undefined),
    ({ source }) => directoryOf(source.document.file.path),
  ),
);

/** Of examples what is needed is often made by the text around them. */
function isWhole({ source }: ClusterObject): boolean {
  return !liesInCollection(source.document.file.path);
}
