/** References to objects that are as often made by hand as by a manifest. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { fieldAt } from '../../kubernetes/json.ts';
import { isCustom } from '../../kubernetes/references.ts';
import { remembered } from '../../memo.ts';
import { areSiblings, differInKindWord } from '../../text/kind-words.ts';
import type { Place, RuleContext } from '../rule.ts';
import { alikeBeside } from './beside.ts';
import { areNamespacesWritten, forgottenAccount, forgottenClaim } from './brought-along.ts';
import { keysRead } from './keys-read.ts';
import { type Naming, wantedBy } from './namings.ts';
import { besideKey, type Candidate, isBeside, type Wanted } from './nearest-object.ts';
import { orphanFor } from './orphans.ts';
import {
  describeWanted,
  isNowhere,
  type Lookup,
  lookUp,
  missingMessages,
  namespaceOf,
  reportMissing,
} from './reference.ts';
import { referrersOf } from './referenced.ts';

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
  /** The same of one beside it that is called alike, see `alikeBeside`. */
  readonly beside?: true;
  /** What to say of one that is not there for certain and like nothing; else it is unknown. */
  readonly otherwise?: (wanted: Wanted, nearest?: Candidate) => void;
  /** The same where no other of its kind was read, either. */
  readonly open?: true;
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
  const meant = isNear
    ? nearest
    : isNowhere(lookup)
      ? meantByFewer(context, naming, wanted, words)
      : undefined;
  const aside =
    meant === undefined && isNowhere(lookup) ? appliedAside(context, naming, wanted) : undefined;
  if (meant !== undefined && (isNear || !reference.optional))
    reportMissing(context, place, wanted, meant, words);
  else if (aside !== undefined)
    reportMissing(context, place, wanted, aside, { ...words, ...howSure(naming, context) });
  else if (words.otherwise !== undefined && isOpenEnough(lookup, words))
    words.otherwise(wanted, nearest);
  else if (!reference.optional && reference.common !== true)
    context.unknown({
      ...place,
      reason: `${describeWanted(wanted)} was not found, ${
        lookup.state === 'unknown' ? `but ${lookup.reason}` : 'and may be made by hand'
      }`,
    });
  return undefined;
}

/** Where namespaces are written, `-n` will hardly make up for the one that is not. */
function howSure(
  { object, reference }: Naming,
  { cluster }: Pick<RuleContext<never>, 'cluster'>,
): { readonly severity: 'info' | 'warning' } {
  const isSure = !reference.optional && areNamespacesWritten(object, cluster);
  return { severity: isSure ? 'warning' : 'info' };
}

function isOpenEnough(lookup: Lookup, { open }: Words): boolean {
  return lookup.state === 'missing' || (open === true && isNowhere(lookup));
}

/**
 * What to say besides of a custom resource: nobody makes one by hand whose like of the same
 * namespace stand in manifests.
 */
export function otherwiseAmongOthers(
  context: Pick<
    RuleContext<typeof missingMessages>,
    'cluster' | 'unseen' | 'unit' | 'report' | 'unknown'
  >,
  naming: Naming,
): Pick<Words, 'otherwise'> {
  const { cluster, unit } = context;
  const { group, kind, namespace } = wantedBy(naming, cluster);
  const isAmongOthers =
    (unit.deployed || unit.deliverers !== undefined) &&
    !naming.reference.optional &&
    isCustom(group) &&
    namespace !== undefined &&
    cluster.objects.inNamespace(group, kind, namespace).length > 0;
  const severity = 'warning';
  return isAmongOthers
    ? {
        otherwise: (wanted, nearest) =>
          reportMissing(context, placeOf(naming), wanted, nearest, { severity }),
      }
    : {};
}

/** The same of an account that is not there, where those of other workloads stand beside it. */
function otherwiseBesideAccounts(
  context: Parameters<typeof otherwiseAmongOthers>[0],
  naming: Naming,
  why: string,
): Pick<Words, 'otherwise'> {
  const severity = naming.reference.optional
    ? undefined
    : forgottenAccount(naming, context.cluster);
  return severity === undefined
    ? {}
    : {
        otherwise: (wanted) =>
          reportMissing(context, placeOf(naming), wanted, undefined, { why, severity }),
      };
}

/**
 * The same of a claim that is not there, where Services stand beside the workload: who writes those
 * mostly writes the claim as well.
 */
function otherwiseBesideServices(
  context: Parameters<typeof otherwiseAmongOthers>[0],
  naming: Naming,
  why: string,
): Pick<Words, 'otherwise' | 'open'> {
  const { object, reference } = naming;
  const place = besideKey(namespaceOf(object, context.cluster), object);
  // A template of a StatefulSet takes the place of a volume of its name.
  const isTemplated = fieldAt(object.value, 'spec', 'volumeClaimTemplates') !== undefined;
  if (reference.optional || isTemplated || !placesOfServices(context.cluster).has(place)) return {};
  return {
    open: true,
    otherwise: (wanted) =>
      reportMissing(context, placeOf(naming), wanted, undefined, {
        why,
        severity: forgottenClaim(naming, context.cluster),
      }),
  };
}

const placesOfServices = remembered(
  (cluster: Cluster): ReadonlySet<string> =>
    new Set(cluster.objects.of('Service').map((one) => besideKey(namespaceOf(one, cluster), one))),
);

/** What else is told of some kinds, by what stands beside the workload. */
export function otherwiseBeside(
  context: Parameters<typeof otherwiseAmongOthers>[0],
  naming: Naming,
  why: string,
): Pick<Words, 'otherwise' | 'open' | 'also'> {
  const { kind } = naming.reference;
  if (kind === 'ServiceAccount') return otherwiseBesideAccounts(context, naming, why);
  return kind === 'PersistentVolumeClaim'
    ? { also: 'similar', ...otherwiseBesideServices(context, naming, why) }
    : {};
}

/** What nothing but the absence of anything else speaks for. */
function meantByFewer(
  { cluster, unit }: Pick<RuleContext<typeof nearMissMessages>, 'cluster' | 'unit'>,
  naming: Naming,
  wanted: Wanted,
  { orphan, beside }: Words,
): Candidate | undefined {
  const only = orphan === true ? orphanFor(cluster, naming, wanted, unit) : undefined;
  if (only !== undefined || beside !== true) return only;
  const keys = (keysRead(naming) ?? []).map(({ value }) => value);
  return alikeBeside({ cluster, unit }, naming.object, wanted, keys);
}

/**
 * The only one of the very name, beside it and named by nobody, where one of the two has no
 * namespace: they meet only if what has none is applied into that of the other.
 */
function appliedAside(
  { cluster, unit }: Pick<RuleContext<typeof nearMissMessages>, 'cluster' | 'unit'>,
  { object: from }: Naming,
  { group, kind, name }: Wanted,
): Candidate | undefined {
  const [object, ...others] = cluster.objects.named(group, kind, name);
  const isAside =
    object !== undefined &&
    others.length === 0 &&
    object.namespaceAssumed !== from.namespaceAssumed &&
    isBeside(object, from, unit) &&
    referrersOf(cluster, object).length === 0;
  return isAside ? { object, written: name, difference: 'namespace', certain: false } : undefined;
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

/** Where the name stands. */
export function placeOf({ object, reference: { path, within } }: Naming): Place {
  return { object, at: path, ...(within !== undefined && { within }) };
}
