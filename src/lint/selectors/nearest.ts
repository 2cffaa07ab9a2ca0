/**
 * A selector that takes nothing was meant for something: of the things that have labels, the one it
 * was probably meant for, and by how little its labels differ. What a selector looks at is either
 * the labels of an object itself (a Service) or those of the pods that it makes (a workload).
 */
import { formatPairs, type Labels } from '../../cluster/labels.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { groupOf } from '../../kubernetes/group-version.ts';
import { fieldAt, type Path } from '../../kubernetes/json.ts';
import { findKind, isDecoded } from '../../kubernetes/kinds.ts';
import { describeObject } from '../../manifest/object-reference.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { getOwn } from '../../own.ts';
import { briefValue } from '../../text/brief.ts';
import { differInKindWord, isNaming } from '../../text/kind-words.ts';
import { nearestName } from '../../text/nearest-name.ts';
import { isShortSlip, isSlip } from '../../text/slip.ts';

/** The pairs that a selector asks for. */
export type Pairs = Readonly<Record<string, string>>;

/** Whose labels they are. */
export type Bearer = 'object' | 'pods';

/** Something that a selector may take. */
export interface Labelled {
  readonly object: ClusterObject;
  readonly bearer: Bearer;
  readonly labels: Labels;
  /** From the object to the labels. */
  readonly at: Path;
  /** No Service takes them. */
  readonly unclaimed?: boolean;
}

export interface Nearest {
  readonly object: ClusterObject;
  readonly bearer: Bearer;
  /**
   * - `refused`: it would match, but the API server refuses it
   * - `namespace`: the same labels in a namespace that is not looked into
   * - `own-labels`: the labels are the workload's own, its pods lack them
   * - `selector`: the Service selects by these pairs, but does not have them itself
   * - `backends`: the pods behind the Service have the pairs, the Service has not
   * - `governed`: the StatefulSet names the Service for its pods (`serviceName`)
   * - `unclaimed`: the only one beside it that no Service takes
   * - `value`, `key`, `missing`: one pair differs: another value, another key for the value, no
   *   such label
   * - `similar`: several pairs match, more than one differs
   */
  readonly difference:
    | 'refused'
    | 'namespace'
    | 'own-labels'
    | 'selector'
    | 'backends'
    | 'governed'
    | 'unclaimed'
    | 'value'
    | 'key'
    | 'missing'
    | 'similar';
  /** Where in the object the other side stands. */
  readonly at: Path;
  /** The selector's key that differs. */
  readonly key?: string;
  /** All that stands there, where no single pair differs. */
  readonly labels?: string;
  /** What stands there instead. */
  readonly actual?: { readonly key: string; readonly value: string };
  /** Close enough to say that this one was meant. */
  readonly certain: boolean;
}

/**
 * Fewest wrong pairs first, then most shared ones; of equals the one named like the selector's
 * owner, then a typo.
 */
export function onePairOff(
  pairs: Pairs,
  owner: ClusterObject,
  candidates: Iterable<Labelled>,
): Nearest | undefined {
  const keys = Object.keys(pairs);
  let best: { readonly nearest: Nearest; readonly rank: number } | undefined;
  for (const candidate of candidates) {
    const wrong = keys.filter((key) => candidate.labels.get(key) !== getOwn(pairs, key));
    const nearest = differenceOf(candidate, wrong, pairs, owner);
    if (nearest === undefined) continue;
    const rank =
      (nearest.certain ? 1000 : 0) -
      wrong.length * 100 +
      (keys.length - wrong.length) * 10 +
      (candidate.object.name === owner.name ? 5 : 0) +
      (nearest.difference === 'value' ? 1 : 0);
    if (best === undefined || rank > best.rank) best = { nearest, rank };
  }
  return best?.nearest;
}

function differenceOf(
  candidate: Labelled,
  [key, ...more]: readonly string[],
  pairs: Pairs,
  owner: ClusterObject,
): Nearest | undefined {
  if (key === undefined) return undefined;
  const { object, bearer, labels, at } = candidate;
  const pair = { key, wanted: getOwn(pairs, key) ?? '' };
  // Services are mostly labelled with their own name.
  const isNamed =
    object.name === owner.name || (bearer === 'object' && object.name === pair.wanted);
  const isAlike = isNamed || Object.keys(pairs).length - 1 - more.length > 0;
  if (more.length > 0)
    return isAlike && bearer === 'pods'
      ? { object, bearer, difference: 'similar', at, certain: false }
      : undefined;
  const other = renamedKey(key, pair.wanted, pairs, labels);
  // Another value that has the key for a good reason, and the wanted one beside it under a key that
  // nobody asked for.
  const isRenamed = other !== undefined && isAlike;
  const value = otherValue(candidate, pair, isNamed, isRenamed);
  const common = { object, bearer, key };
  if (value !== undefined)
    return value.certain || isAlike
      ? { ...common, difference: 'value', ...value, at: [...at, key] }
      : undefined;
  if (other !== undefined) {
    const actual = { key: other, value: pair.wanted };
    return { ...common, difference: 'key', actual, at: [...at, other], certain: true };
  }
  const certain = isNamed || pair.wanted === object.name;
  return isAlike || isOwnName(candidate, pair)
    ? { ...common, difference: 'missing', at, certain }
    : undefined;
}

interface Pair {
  readonly key: string;
  readonly wanted: string;
}

/**
 * The selector asks for the name of the workload, under a key that says which application it is.
 */
function isOwnName(
  { object, bearer, unclaimed = false }: Labelled,
  { key, wanted }: Pair,
): boolean {
  return bearer === 'pods' && wanted === object.name && unclaimed && isNaming(key);
}

/** Another value that was meant, and whether that is certain. */
function otherValue(
  candidate: Labelled,
  pair: Pair,
  isNamed: boolean,
  isRenamed: boolean,
): Pick<Nearest, 'actual' | 'certain'> | undefined {
  const { labels, unclaimed = false } = candidate;
  const { key, wanted } = pair;
  const actual = labels.get(key);
  if (typeof actual !== 'string' || isPlaceholder(actual)) return undefined;
  const slip = isSlip(wanted, actual);
  if (isRenamed && !slip) return undefined;
  const isAkin = unclaimed && isNaming(key) && differInKindWord(wanted, actual);
  const certain =
    slip || isAkin || ((isNamed || isOwnName(candidate, pair)) && !hasLabel(labels, wanted));
  return { actual: { key, value: actual }, certain };
}

/** A key under which the labels have the very value that the selector wants. */
function renamedKey(key: string, value: string, pairs: Pairs, labels: Labels): string | undefined {
  const same = [...labels]
    .filter(([other, actual]) => actual === value && !Object.hasOwn(pairs, other))
    .map(([other]) => other);
  return nearestName(key, same) ?? same.find((other) => !ofMany.has(other));
}

/** What several applications have in common, and no selector tells them apart by. */
const ofMany: ReadonlySet<string> = new Set([
  'app.kubernetes.io/managed-by',
  'app.kubernetes.io/part-of',
  'app.kubernetes.io/version',
]);

/**
 * A label that has the wanted value under another key explains the selector better than a name
 * does.
 */
function hasLabel(labels: Labels, value: string): boolean {
  return [...labels.values()].includes(value);
}

/**
 * Whether it was meant beyond doubt: all pairs stand there, but in the wrong place, or one is
 * misspelt.
 */
export function isSlipOfThePen({ difference, key = '', actual }: Nearest, pairs: Pairs): boolean {
  if (difference === 'namespace' || difference === 'own-labels') return true;
  if (actual === undefined) return false;
  return difference === 'key'
    ? nearestName(key, [actual.key]) !== undefined
    : isSlip(getOwn(pairs, key) ?? '', actual.value);
}

/**
 * Whether nobody need look at the correction: the key that an operator gives a label depends on its
 * release, and words of three letters are near to others.
 */
export function isSafeCorrection(nearest: Nearest, pairs: Pairs): boolean {
  const { difference, key = '', actual } = nearest;
  if (difference === 'key') return isDecoded(nearest.object);
  const isPlain = actual === undefined || !isShortSlip(getOwn(pairs, key) ?? '', actual.value);
  return isPlain && isSlipOfThePen(nearest, pairs);
}

/** What to say of the nearest one: `Deployment shop/api has app=api`. */
export function describeNearest(nearest: Nearest, pairs: Pairs): string {
  const { difference, bearer, key, actual } = nearest;
  const who = describeObject(nearest.object);
  const asked = briefValue(formatPairs(pairs));
  switch (difference) {
    case 'refused':
      return `${who} would match, but the API server refuses it`;
    case 'namespace':
      return bearer === 'pods'
        ? `${who} has these labels in its own namespace`
        : `${who} has them, in a namespace that is not looked into`;
    case 'own-labels':
      return `${who} has ${asked} among its own labels, not among those of its pod template`;
    case 'selector':
      return `${who} has ${asked} in its selector, not among its own labels`;
    case 'backends':
      return `the pods of ${who} have ${asked}, its own labels have not`;
    case 'value':
    case 'key':
      return `${who} has ${briefValue(`${actual?.key}=${actual?.value}`)}`;
    case 'missing':
      return bearer === 'pods'
        ? `the pods of ${who} lack the label ${key}`
        : `${who} lacks the label ${key}`;
    case 'similar':
      return `${who} is the most similar`;
    case 'governed':
      return (
        `${who} names it as the Service of its pods, which have ` +
        `${nearest.labels ?? 'no labels'}`
      );
    case 'unclaimed':
      return `no Service takes the pods of ${who}, which have ${nearest.labels ?? 'no labels'}`;
  }
}

/** What there is to see at `Nearest.at`. */
export function describeOtherSide({ difference, bearer, object }: Nearest): string {
  const whose = bearer === 'pods' ? 'its pods have' : 'the Service has';
  switch (difference) {
    case 'refused':
      return 'this workload is refused';
    case 'namespace':
      return bearer === 'pods' ? 'its pods have these labels' : 'this Service has the labels';
    case 'selector':
      return 'a selector says which pods, it gives no labels to the Service';
    case 'backends':
      return 'the Service in front of these pods';
    case 'value':
      return `the value that ${whose}`;
    case 'key':
      return `the key that ${whose}`;
    case 'own-labels':
    case 'missing':
    case 'similar':
    case 'governed':
    case 'unclaimed':
      return bearer === 'pods' ? 'the labels of its pods' : `the labels of the ${object.kind}`;
  }
}

/** What to change so that the selector finds it; undefined where that is a guess. */
export function suggestSelector(
  { object, bearer, difference, key, actual, labels }: Nearest,
  pairs: Pairs,
  owner: ClusterObject,
): string | undefined {
  const who = describeObject(object);
  switch (difference) {
    case 'refused':
      return `fix ${who} first`;
    case 'namespace':
      return (
        `give the ${owner.kind} the namespace ${object.namespace ?? 'default'}, or the ` +
        `workload ${owner.namespace ?? 'default'}: a selector never looks into another one`
      );
    case 'own-labels':
      return (
        `add ${formatPairs(missingOf(pairs, object))} to the labels of the pod template of ` + who
      );
    case 'selector':
    case 'backends':
      return (
        `add ${formatPairs(pairs)} to metadata.labels of ${who}: a ${owner.kind} looks at ` +
        'the labels of the Service itself'
      );
    case 'value':
      return `change the selector to ${key}: ${actual?.value}`;
    case 'key':
      return `change the selector's key ${key} to ${actual?.key}`;
    case 'missing': {
      const whose = bearer === 'pods' ? `the pod template of ${who}` : who;
      const label = `${key}: ${getOwn(pairs, key ?? '') ?? ''}`;
      return `add the label ${label} to ${whose}, or take it out of the selector`;
    }
    case 'similar':
    case 'unclaimed':
      return labels && `if they are meant, select ${labels}${placeBeside(object, owner)}`;
    case 'governed':
      return `select the pods of ${who}, or change its serviceName`;
  }
}

function placeBeside({ namespace }: ClusterObject, owner: ClusterObject): string {
  return namespace === owner.namespace ? '' : ` in namespace ${namespace}`;
}

/** The pairs that the pod template of a workload lacks. */
function missingOf(pairs: Pairs, { kind, value, apiVersion }: ClusterObject): Pairs {
  const template = findKind(groupOf(apiVersion), kind)?.podTemplate ?? [];
  const labels = fieldAt(value, ...template, 'metadata', 'labels');
  const missing = Object.entries(pairs).filter(([key, wanted]) => fieldAt(labels, key) !== wanted);
  return missing.length === 0 ? pairs : Object.fromEntries(missing);
}
