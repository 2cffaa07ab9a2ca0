/**
 * Every reference of a cluster by what it names, from the table of src/kubernetes/references.ts:
 * rules about one kind of name take them from here.
 */
import type { Cluster } from '../../cluster/cluster.ts';
import { madeNames } from '../../cluster/made-names.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { isNamespaced } from '../../kubernetes/kinds.ts';
import { type Reference, referencesOf } from '../../kubernetes/references.ts';
import { addTo, entryOf, remembered } from '../../multimap.ts';
import { coreOf, differInKindWord } from '../../text/kind-words.ts';
import type { Place, RuleContext } from '../rule.ts';
import { type Candidate, isBeside, type Wanted } from './nearest-object.ts';
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
  const { object, reference } = naming;
  const wanted = wantedBy(naming, context.cluster);
  const place = placeOf(naming);
  if (lookup.state === 'found') return lookup.object;
  if (lookup.state === 'assumed' || lookup.state === 'made') return undefined;
  const nearest = lookup.state === 'missing' ? lookup.nearest : undefined;
  const isNear =
    nearest?.difference === 'slip' ||
    nearest?.difference === 'namespace' ||
    (nearest?.difference === 'similar' &&
      differInKindWord(wanted.name, nearest.object.name, wanted.kind)) ||
    (words.also !== undefined && nearest?.difference === 'similar') ||
    (words.also === 'only' && nearest?.difference === 'only');
  const mayBeMeant = words.orphan === true && isNowhere(lookup);
  const meant = isNear
    ? nearest
    : mayBeMeant
      ? orphanFor(context.cluster, object, wanted)
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

function placeOf({ object, reference: { path, within } }: Naming): Place {
  return { object, at: path, ...(within !== undefined && { within }) };
}

/** An object that nobody names, or what is made of one. */
interface Orphan {
  readonly name: string;
  readonly object: ClusterObject;
  readonly made?: true;
}

interface Loose {
  /** Names that lead nowhere. */
  readonly dangling: readonly string[];
  readonly orphans: readonly Orphan[];
  /** The same by the words of their names. */
  readonly danglingBy: ReadonlyMap<string, readonly string[]>;
  readonly orphansBy: ReadonlyMap<string, readonly Orphan[]>;
}

const looseIn = remembered((_: Cluster) => new Map<string, Loose>());

/**
 * What was meant by a name that leads nowhere: an object in the same directory that nobody names,
 * where it is the only one and this the only such name, or they alone share a word.
 */
function orphanFor(
  cluster: Cluster,
  from: ClusterObject,
  { group, kind, namespace, name }: Wanted,
): Candidate | undefined {
  const key = `${group}/${kind}/${namespace ?? ''}`;
  const { dangling, orphans, danglingBy, orphansBy } = entryOf(looseIn(cluster), key, () =>
    findLoose(cluster, group, kind, namespace),
  );
  const [orphan, ...others] =
    orphans.length === 1 && dangling.length === 1 ? orphans : twoAlike(orphansBy, name, kind);
  if (orphan === undefined || others.length > 0 || !isBeside(orphan.object, from)) return undefined;
  if (twoAlike(danglingBy, orphan.name, kind).some((other) => other !== name)) return undefined;
  const { name: written, ...what } = orphan;
  return { ...what, written, difference: 'only', certain: false };
}

/** Words of a name that are none for its kind. */
function wordsOf(name: string, kind: string): string[] {
  return coreOf(name, kind)
    .split('-')
    .filter((word) => word.length > 2);
}

/** What shares a word with a name: two of them at most, for one of several is none. */
function twoAlike<T>(byWord: ReadonlyMap<string, readonly T[]>, name: string, kind: string): T[] {
  const found = new Set<T>();
  for (const word of wordsOf(name, kind))
    for (const one of byWord.get(word) ?? []) {
      found.add(one);
      if (found.size === 2) return [...found];
    }
  return [...found];
}

function byWords<T>(
  things: readonly T[],
  kind: string,
  nameOf: (thing: T) => string,
): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const thing of things)
    for (const word of new Set(wordsOf(nameOf(thing), kind))) addTo(found, word, thing);
  return found;
}

function findLoose(
  cluster: Cluster,
  group: string,
  kind: string,
  namespace: string | undefined,
): Loose {
  const wanted = namingsOf(cluster, group, kind).map((naming) => wantedBy(naming, cluster));
  const names = new Set(wanted.flatMap((one) => (one.namespace === namespace ? one.name : [])));
  const here: Orphan[] = [
    ...cluster.objects.inNamespace(group, kind, namespace).map((object) => ({
      name: object.name,
      object,
    })),
    ...(group === '' ? madeNames(cluster, kind, namespace).all : []).map(({ name, maker }) => ({
      name,
      object: maker,
      made: true as const,
    })),
  ];
  const found = new Set(here.map(({ name }) => name));
  const dangling = [...names].filter((name) => !found.has(name));
  const orphans = here.filter(({ name }) => !names.has(name));
  return {
    dangling,
    orphans,
    danglingBy: byWords(dangling, kind, (name) => name),
    orphansBy: byWords(orphans, kind, ({ name }) => name),
  };
}
