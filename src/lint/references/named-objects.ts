/**
 * Every reference of a cluster by what it names, from the table of src/kubernetes/references.ts:
 * rules about one kind of name take them from here.
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { isNamespaced } from '../../kubernetes/kinds.ts';
import { type Reference, referencesOf } from '../../kubernetes/references.ts';
import { addTo, remembered } from '../../multimap.ts';
import { areSiblings, differInKindWord } from '../../text/kind-words.ts';
import type { Place, RuleContext } from '../rule.ts';
import type { Candidate, Wanted } from './nearest-object.ts';
import { orphanFor } from './orphans.ts';
import {
  describeWanted,
  isNowhere,
  lookUp,
  missingMessages,
  namespaceOf,
  reportMissing,
} from './reference.ts';

export interface Naming {
  readonly object: ClusterObject;
  readonly reference: Reference;
}

const namingsIn = remembered(({ objects }: Cluster): ReadonlyMap<string, readonly Naming[]> => {
  const namings = new Map<string, Naming[]>();
  for (const object of [...objects.all, ...objects.repaired]) {
    if (object.refusals.length > 0 && object.repaired === undefined) continue;
    for (const reference of referencesOf(object))
      addTo(namings, `${reference.group}/${reference.kind}`, { object, reference });
  }
  return namings;
});

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

interface Words {
  readonly why?: string;
  readonly help?: string;
  readonly severity?: 'warning' | 'info';
  /**
   * Told as well, as a warning: `similar` a name that holds the other one, `only` also that of the
   * only object of its kind. For kinds that manifests mostly bring along.
   */
  readonly also?: 'similar' | 'only';
  /**
   * The only object of the kind that nobody names is told as what was meant by the only name that
   * leads nowhere.
   */
  readonly orphan?: true;
}

const { nearName, otherNamespace, otherName } = missingMessages;

/**
 * Messages of every rule that follows names with `followNearMiss`: spread them into the rule's own.
 */
export const nearMissMessages = { nearName, otherNamespace, otherName };

/**
 * Follows a name to an object that is as often made by hand as by a manifest (Secrets, claims,
 * accounts, classes): reported is only what is a typo away from one that was read, or
 * stands in another namespace. What is like nothing is unknown.
 */
export function followNearMiss(
  context: Pick<
    RuleContext<typeof nearMissMessages>,
    'cluster' | 'unseen' | 'unit' | 'report' | 'unknown'
  >,
  naming: Naming,
  words: Words = {},
  lookup = lookUp(context, naming.object, wantedBy(naming, context.cluster)),
): ClusterObject | undefined {
  const { reference } = naming;
  const wanted = wantedBy(naming, context.cluster);
  const place = placeOf(naming);
  if (lookup.state === 'found') return lookup.object;
  if (lookup.state === 'assumed' || lookup.state === 'made') return undefined;
  const nearest = lookup.state === 'missing' ? lookup.nearest : undefined;
  const isNear = nearest !== undefined && isNearEnough(nearest, wanted, words.also);
  const mayBeMeant = words.orphan === true && isNowhere(lookup);
  const meant = isNear
    ? nearest
    : mayBeMeant
      ? orphanFor(context.cluster, naming, wanted)
      : undefined;
  if (meant !== undefined && (isNear || !reference.optional))
    reportMissing(context, place, wanted, meant, words);
  else if (!reference.optional)
    context.unknown({
      ...place,
      reason: `${describeWanted(wanted)} was not found, ${
        lookup.state === 'unknown' ? `but ${lookup.reason}` : 'and may be made by hand'
      }`,
    });
  return undefined;
}

function isNearEnough(
  { difference, object }: Candidate,
  { name, kind }: Wanted,
  also: Words['also'],
): boolean {
  switch (difference) {
    case 'slip':
    case 'namespace':
      return true;
    case 'similar':
      return also !== undefined || differInKindWord(name, object.name, kind);
    case 'only':
      return also === 'only' && !areSiblings(name, object.name, kind);
    case 'renamed':
      return false;
  }
}

function placeOf({ object, reference: { path, within } }: Naming): Place {
  return { object, at: path, ...(within !== undefined && { within }) };
}
