/**
 * References from one object to another by name: found, missing with the nearest candidate, or not
 * to be known. Every rule about references stands on this.
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { groupOf } from '../../kubernetes/group-version.ts';
import { describeObject } from '../../manifest/object-reference.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { coreOf, shareWord } from '../../text/kind-words.ts';
import { isShortSlip } from '../../text/slip.ts';
import { isGuess } from '../../units/unit.ts';
import { fixTo } from '../fixes/change-to.ts';
import type { Place, RuleContext } from '../rule.ts';
import type { Assumption } from '../unseen/assumptions.ts';
import { isExpected } from '../unseen/expected.ts';
import {
  type Candidate,
  isInOwnFile,
  isMisplaced,
  isSlipAway,
  nearestCandidate,
  type Wanted,
} from './nearest-object.ts';

export type Lookup =
  | { readonly state: 'found'; readonly object: ClusterObject }
  /** Somebody said that it exists elsewhere. */
  | { readonly state: 'assumed'; readonly assumption: Assumption }
  /** A controller or a generator makes it, in words. */
  | { readonly state: 'made'; readonly by: string }
  | { readonly state: 'missing'; readonly nearest: Candidate | undefined }
  /**
   * `reason` goes on a sentence: "a template was not rendered". `open`: nothing points to it
   * either, but not enough was read to rule it out.
   */
  | { readonly state: 'unknown'; readonly reason: string; readonly open?: true };

/** Nothing of what was read is it: it is missing, or would be if all had been read. */
export function isNowhere(lookup: Lookup): boolean {
  return lookup.state === 'missing' || (lookup.state === 'unknown' && lookup.open === true);
}

/** What a rule wants to say with a finding. */
export interface FollowOptions {
  readonly why?: string;
  readonly help?: string;
  /** What to do where no name is near enough to be meant; by default, to add what is named. */
  readonly instead?: string;
  /** Another one than the reference itself has. */
  readonly severity?: 'error' | 'warning' | 'info';
  /** How this kind of reference reaches into another namespace, if it can. */
  readonly reach?: (namespace: string) => string;
  /** What it names is applied apart more often than not: only what is near is told. */
  readonly apart?: true;
  /** See `lookUp`. */
  readonly loose?: true;
  readonly handWritten?: true;
}

type Context = Pick<
  RuleContext<typeof missingMessages>,
  'cluster' | 'unseen' | 'unit' | 'report' | 'unknown'
>;

/**
 * Messages of every rule that follows references with `follow`: spread them into the rule's own.
 */
export const missingMessages = {
  nearName: ({ what, nearest }: { what: string; nearest: string }) =>
    `there is no ${what}; did you mean "${nearest}"?`,
  otherName: ({ what, nearest }: { what: string; nearest: string }) =>
    `there is no ${what}; there is "${nearest}"`,
  otherNamespace: ({ what, nearest }: { what: string; nearest: string }) =>
    `there is no ${what}; there is ${nearest}`,
  missing: ({ what, objects }: { what: string; objects: number }) =>
    `there is no ${what} in the ${objects} objects read`,
};

/**
 * Follows a reference from `place`, which is the scalar that holds the name. What is missing is
 * reported there, what cannot be known is counted as unknown, and both give undefined.
 *
 * @param extra what the rule wants to say with the finding: why, help for the case that nothing is
 *   near, a milder severity
 */
export function follow(
  context: Context,
  place: Place,
  wanted: Wanted,
  extra: FollowOptions = {},
): ClusterObject | undefined {
  const lookup = lookUp(context, place.object, wanted, extra);
  if (lookup.state === 'found') return lookup.object;
  const reason =
    lookup.state === 'unknown'
      ? lookup.reason
      : lookup.state === 'missing' && extra.apart === true && !isNear(lookup.nearest)
        ? 'it may be applied apart'
        : undefined;
  if (reason !== undefined)
    context.unknown({ ...place, reason: `${describeWanted(wanted)} was not found, but ${reason}` });
  else if (lookup.state === 'missing') reportMissing(context, place, wanted, lookup.nearest, extra);
  return undefined;
}

function isNear(nearest: Candidate | undefined): boolean {
  return nearest !== undefined && nearest.difference !== 'only';
}

/** What a reference is looked up in. */
export type LookupContext = Pick<Context, 'cluster' | 'unseen' | 'unit'>;

interface LookupOptions {
  /**
   * As likely as not it leads out of what was read, as the URLs that programs are given do.
   */
  readonly loose?: boolean;
  /**
   * It comes from endpoints that are written by hand, for the one Service that is to stand beside
   * them: no workload need be there.
   */
  readonly handWritten?: boolean;
}

/** Where a reference leads; the object that holds it is `from`. */
export function lookUp(
  context: LookupContext,
  from: ClusterObject,
  wanted: Wanted,
  how: LookupOptions = {},
): Lookup {
  const { cluster, unseen, unit } = context;
  const known = settled(context, from, wanted);
  if (known !== undefined) return known;
  const { loose = false, handWritten = false } = how;
  const nearest = nearestCandidate(cluster, from, wanted, loose);
  const likely = nearest?.certain === true;
  const unread = unit.fragments.has(from.source.document.file)
    ? 'its file looks like a patch'
    : unseen.whyDocumentUnseen(wanted.kind);
  const whyUnseen =
    // What was not read may hold any name, but hardly one that is a slip away from a name that is
    // there.
    (likely && isSlipAway(nearest, wanted.namespace) ? undefined : unread) ??
    (likely ? undefined : inOtherUnit(unseen, wanted));
  if (whyUnseen !== undefined) return { state: 'unknown', reason: whyUnseen };
  const open = likely ? undefined : whyOpen(context, from, wanted, nearest, how);
  if (open !== undefined) return { state: 'unknown', reason: open, open: true };
  const isOptional = isGuess(unit) && !handWritten;
  if (nearest === undefined && isOptional && !isExpected(cluster, from, wanted, loose))
    return { state: 'unknown', reason: 'nothing that was read is like it', open: true };
  // A slip that is a name of its own in another unit may be none.
  const certain = likely && unread === undefined && inOtherUnit(unseen, wanted) === undefined;
  return { state: 'missing', nearest: nearest === undefined ? undefined : { ...nearest, certain } };
}

/** What becomes of a reference without a look at what may have been meant. */
function settled(
  { cluster, unseen }: LookupContext,
  from: ClusterObject,
  wanted: Wanted,
): Lookup | undefined {
  const { group, kind, namespace, name } = wanted;
  const object = cluster.objects.findOfKind(group, kind, namespace, name);
  if (object !== undefined) return { state: 'found', object };
  const assumption = unseen.assumed(kind, namespace, name);
  if (assumption !== undefined) return { state: 'assumed', assumption };
  const maker = unseen.makerOf(kind, namespace, name);
  if (maker !== undefined) return { state: 'made', by: maker };
  if (isPlaceholder(name) || isPlaceholder(namespace))
    return { state: 'unknown', reason: 'its name is filled in later' };
  if (isApiServersOwn(wanted) && !isInFileElsewhere(cluster, from, wanted))
    return { state: 'unknown', reason: 'the API server makes it' };
  const refused = cluster.objects
    .refusedNamed(kind, name)
    .find((one) => namespace === undefined || one.namespace === namespace);
  return (
    refused && {
      state: 'unknown',
      reason:
        `${describeObject(refused)} would be rejected ` +
        `(${refused.refusals[0]?.message ?? ''}): fix it first`,
    }
  );
}

/** Why it may be there although it was not read. */
function whyOpen(
  { cluster, unseen, unit }: LookupContext,
  from: ClusterObject,
  wanted: Wanted,
  nearest: Candidate | undefined,
  { loose = false, handWritten = false }: LookupOptions,
): string | undefined {
  const { kind, namespace = '', name } = wanted;
  // All of the cluster was read, or comes from charts.
  if (unit.deliverers !== undefined && nearest?.difference === 'namespace')
    return unseen.whyUnseen(kind, { namespace, name });
  // Who writes another namespace than the object's own into a field means it.
  const isMeant = !loose && from.namespace !== undefined && from.namespace !== wanted.namespace;
  if (!isMeant && isMisplaced(cluster, unit, from, wanted, nearest)) return undefined;
  return (handWritten || isInOwnFile(cluster, from, wanted, nearest)) &&
    wanted.namespace !== undefined
    ? unseen.whyUnseen(kind, { namespace, name })
    : openWorld(cluster, unseen, from, wanted);
}

/**
 * Reports at `place` that there is no such object; a near miss is an error, anything else a
 * warning.
 */
export function reportMissing(
  context: Context,
  place: Place,
  wanted: Wanted,
  nearest: Candidate | undefined,
  extra: FollowOptions = {},
): void {
  const { why, help, instead, severity } = extra;
  const what = describeWanted(wanted);
  const common = { ...place, ...(why !== undefined && { why }) };
  if (nearest === undefined)
    return context.report({
      ...common,
      id: 'missing',
      data: { what, objects: context.cluster.objects.all.length },
      severity: severity ?? 'warning',
      help: help ?? instead ?? `correct the name, or add a ${what}`,
    });
  const { written, difference } = nearest;
  const finding = {
    ...common,
    severity: severity ?? severityOf(nearest),
    related: [otherSide(nearest)],
    help: helpFor(nearest, wanted, extra),
  } as const;
  if (difference === 'namespace')
    return context.report({
      ...finding,
      id: 'otherNamespace',
      data: { what, nearest: describeCandidate(nearest) },
    });
  // Another overlay has another name.
  const isFixed = difference !== 'only' && difference !== 'renamed';
  context.report({
    ...finding,
    id: difference === 'slip' ? 'nearName' : 'otherName',
    data: { what, nearest: written },
    fixes: isFixed ? fixTo(written, safetyOf(nearest, wanted)) : [],
  });
}

/** Operators give names that are near to each other to different things. */
function safetyOf({ written, difference, certain, made }: Candidate, { name }: Wanted) {
  const isOther = difference === 'similar' || made === true || isShortSlip(name, written);
  return certain && !isOther ? 'safe' : 'unsafe';
}

/** A Service with the name of a resource, of which others are made, may still be somewhere. */
function severityOf({ certain, made, difference }: Candidate): 'error' | 'warning' {
  return certain && !(made === true && difference === 'similar') ? 'error' : 'warning';
}

function describeCandidate({ object, made }: Candidate): string {
  const own = describeObject(object);
  return made === true ? `the one that ${own} makes` : own;
}

/** What may have been meant, where it stands. */
function otherSide({ object, written, difference, made }: Candidate) {
  if (made === true)
    return { object, at: ['metadata', 'name'], message: `this ${object.kind} makes ${written}` };
  const field = difference === 'namespace' && !object.namespaceAssumed ? 'namespace' : 'name';
  const message = `this ${object.kind}`;
  return {
    object,
    at: ['metadata', field],
    message: written === object.name ? message : `${message}, which becomes ${object.name}`,
  };
}

function helpFor(
  { object, written, difference }: Candidate,
  { kind, namespace, name }: Wanted,
  { help, instead, reach }: FollowOptions,
): string {
  switch (difference) {
    case 'slip':
      return `change it to ${written}`;
    case 'renamed':
      return (
        `a kustomization renames the ${kind}, and not this: write ${written} by a patch there, ` +
        'or fill it in with a replacement'
      );
    case 'namespace':
      return (
        help ??
        instead ??
        reach?.(object.namespace ?? '') ??
        `put both into one namespace: this reference looks into ${namespace ?? 'none'} only`
      );
    case 'similar':
    case 'only': {
      const isAlike =
        difference === 'similar' || shareWord(coreOf(name, kind), coreOf(written, kind));
      const how = isAlike ? `change it to ${written}` : 'correct the name';
      return help ?? `${how}, or ${instead ?? `add a ${kind} named ${name}`}`;
    }
  }
}

/** `Service "web" in namespace shop`. */
export function describeWanted({ kind, namespace, name }: Wanted): string {
  return `${kind} "${name}"${namespace === undefined ? '' : ` in namespace ${namespace}`}`;
}

/**
 * The API server writes `default/kubernetes` by itself; addons of the cluster live in kube-system.
 */
function isApiServersOwn({ kind, namespace, name }: Wanted): boolean {
  return (
    kind === 'Service' &&
    ((namespace === 'default' && name === 'kubernetes') || namespace === 'kube-system')
  );
}

/** The only one of the name stands in the file that asks for it, in another namespace. */
function isInFileElsewhere(
  { objects }: Cluster,
  from: ClusterObject,
  { group, kind, name }: Wanted,
): boolean {
  const [only, ...others] = objects.named(group, kind, name);
  return (
    others.length === 0 &&
    only !== undefined &&
    !only.namespaceAssumed &&
    only.source.document.file === from.source.document.file
  );
}

function inOtherUnit(
  unseen: Context['unseen'],
  { group, kind, namespace, name }: Wanted,
): string | undefined {
  const found = unseen.inOtherUnit(group, kind, namespace, name);
  return found === undefined
    ? undefined
    : `there is one in ${found.object.document.file.path}, which belongs to ` +
        `${found.unit.name}, a unit of its own`;
}

/**
 * Nothing of its namespace was read, or an operator may make it. Services without any workload
 * behind them show that only a part was read, as in documentation and test data.
 */
function openWorld(
  { objects, pods }: Cluster,
  unseen: Context['unseen'],
  from: ClusterObject,
  { group, kind, namespace, name }: Wanted,
): string | undefined {
  if (namespace === undefined)
    return objects.ofKind(group, kind).length > 0
      ? undefined
      : `no ${kind} was read together with it`;
  const someOfKind = objects.inNamespace(group, kind, namespace).length > 0;
  const workloads = pods.kindsIn(namespace);
  if ((!someOfKind || kind === 'Service') && workloads.size === 0) {
    const nothing = kind === 'Service' ? 'no workload' : `neither a ${kind} nor a workload`;
    return `${nothing} of namespace ${namespace} was read together with it`;
  }
  // A workload beside others of its kind says little about what else there is.
  if (!someOfKind && isNothingBut(workloads, from.kind))
    return `no ${kind} of namespace ${namespace} was read together with it`;
  return unseen.whyUnseen(kind, { namespace, name });
}

function isNothingBut(kinds: ReadonlySet<string>, kind: string): boolean {
  return kinds.size === 0 || (kinds.size === 1 && kinds.has(kind));
}

/** The namespace an object is in. */
export function namespaceOf({ namespace }: ClusterObject, { options }: Cluster): string {
  return namespace ?? options.namespace;
}

/** `apiVersion` and `kind` of a target as they stand in a manifest. */
export function wantedObject(
  apiVersion: string,
  kind: string,
  namespace: string,
  name: string,
): Wanted {
  return { group: groupOf(apiVersion), kind, namespace, name };
}
