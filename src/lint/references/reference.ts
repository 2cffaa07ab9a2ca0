/**
 * References from one object to another by name: found, missing with the nearest candidate, or not
 * to be known. Every rule about references stands on this.
 */
import { servedKind } from '../../cluster/apiserver/served-kinds.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { namesOfKind } from '../../cluster/names-of-kind.ts';
import { type ClusterObject } from '../../cluster/objects.ts';
import { groupOf } from '../../kubernetes/group-version.ts';
import { describeObject } from '../../manifest/object-reference.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import type { SourceFile } from '../../manifest/source.ts';
import { groupBy, remembered } from '../../multimap.ts';
import { differInKindWord } from '../../text/kind-words.ts';
import { isSlip } from '../../text/slip.ts';
import { directoryOf } from '../../units/paths.ts';
import { isGuess } from '../../units/unit.ts';
import type { Assumption } from '../assumptions.ts';
import { isExpected } from '../expected.ts';
import type { Place, RuleContext } from '../rule.ts';
import { referrersOf } from './referenced.ts';

/** What a field refers to. */
export interface Wanted {
  /** The API group: empty for core kinds. */
  readonly group: string;
  readonly kind: string;
  /** Undefined for kinds that have none. */
  readonly namespace: string | undefined;
  readonly name: string;
}

/** Something that may have been meant. */
export interface Candidate {
  readonly object: ClusterObject;
  /**
   * What would have to stand in the reference: the object's name, or the one that a kustomization
   * is going to change there as well.
   */
  readonly written: string;
  /**
   * - `namespace`: the same name in another namespace
   * - `slip`: a name that is a typo away
   * - `similar`: a name that holds the other one (`web` and `web-svc`)
   * - `renamed`: the very name, which a kustomization changes in the object and not in the
   *   reference
   * - `only`: the only one of its kind there
   */
  readonly difference: 'namespace' | 'slip' | 'similar' | 'renamed' | 'only';
  /** Close enough to say that this one was meant. */
  readonly certain: boolean;
}

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

/** What a rule wants to say with a finding. */
export interface FollowOptions {
  readonly why?: string;
  /** For the case that nothing is near. */
  readonly help?: string;
  /** Another one than the reference itself has. */
  readonly severity?: 'error' | 'warning' | 'info';
  /** How this kind of reference reaches into another namespace, if it can. */
  readonly reach?: (namespace: string) => string;
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
  if (lookup.state === 'unknown')
    context.unknown({
      ...place,
      reason: `${describeWanted(wanted)} was not found, but ${lookup.reason}`,
    });
  if (lookup.state === 'missing') reportMissing(context, place, wanted, lookup.nearest, extra);
  return undefined;
}

/**
 * Where a reference leads; the object that holds it is `from`.
 *
 * @param loose as likely as not it leads out of what was read, as the URLs that programs are given
 *   do
 * @param handWritten it comes from endpoints that are written by hand, for the one Service that is
 *   to stand beside them: no workload need be there
 */
export function lookUp(
  { cluster, unseen, unit }: Pick<Context, 'cluster' | 'unseen' | 'unit'>,
  from: ClusterObject,
  wanted: Wanted,
  { loose = false, handWritten = false }: { loose?: boolean; handWritten?: boolean } = {},
): Lookup {
  const { group, kind, namespace, name } = wanted;
  const object = cluster.objects.findOfKind(group, kind, namespace, name);
  if (object !== undefined) return { state: 'found', object };
  const assumption = unseen.assumed(kind, namespace, name);
  if (assumption !== undefined) return { state: 'assumed', assumption };
  const maker = unseen.makerOf(kind, namespace, name);
  if (maker !== undefined) return { state: 'made', by: maker };
  if (isPlaceholder(name) || isPlaceholder(namespace))
    return { state: 'unknown', reason: 'its name is filled in later' };
  if (isApiServersOwn(wanted)) return { state: 'unknown', reason: 'the API server makes it' };
  const refused = cluster.objects
    .refusedNamed(kind, name)
    .find((one) => namespace === undefined || one.namespace === namespace);
  if (refused !== undefined) {
    return {
      state: 'unknown',
      reason:
        `${describeObject(refused)} would be rejected ` +
        `(${refused.refusals[0]?.message ?? ''}): fix it first`,
    };
  }
  const nearest = nearestCandidate(cluster, from, wanted, loose);
  const isBeside = isInOwnFile(cluster, from, wanted, nearest);
  const likely = nearest?.certain === true;
  const unread = unit.fragments.has(from.source.document.file)
    ? 'its file looks like a patch'
    : unseen.whyDocumentUnseen(kind);
  const whyUnseen =
    // What was not read may hold any name, but hardly one that is a slip away from a name that is
    // there.
    (likely && isSlipAway(nearest, namespace) ? undefined : unread) ??
    (likely ? undefined : inOtherUnit(unseen, wanted));
  if (whyUnseen !== undefined) return { state: 'unknown', reason: whyUnseen };
  const open =
    likely || isMisplaced(cluster, from, wanted, nearest, loose)
      ? undefined
      : (handWritten || isBeside) && namespace !== undefined
        ? unseen.whyUnseen(kind, { namespace, name })
        : openWorld(cluster, unseen, from, wanted);
  if (open !== undefined) return { state: 'unknown', reason: open, open: true };
  const isOptional = isGuess(unit) && !handWritten;
  if (nearest === undefined && isOptional && !isExpected(cluster, from, wanted, loose))
    return { state: 'unknown', reason: 'nothing that was read is like it', open: true };
  // A slip that is a name of its own in another unit may be none.
  const certain = likely && unread === undefined && inOtherUnit(unseen, wanted) === undefined;
  return { state: 'missing', nearest: nearest === undefined ? undefined : { ...nearest, certain } };
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
  { why, help, severity, reach }: FollowOptions = {},
): void {
  const what = describeWanted(wanted);
  const common = { ...place, ...(why !== undefined && { why }) };
  if (nearest === undefined) {
    const objects = context.cluster.objects.all.length;
    context.report({
      ...common,
      id: 'missing',
      data: { what, objects },
      severity: severity ?? 'warning',
      help: help ?? `correct the name, or add a ${describeWanted(wanted)}`,
    });
    return;
  }
  const { object, written, difference, certain } = nearest;
  const related = [
    {
      object,
      at: [
        'metadata',
        difference === 'namespace' && !object.namespaceAssumed ? 'namespace' : 'name',
      ],
      message:
        written === object.name
          ? `this ${object.kind}`
          : `this ${object.kind}, which becomes ${object.name}`,
    },
  ];
  const finding = {
    ...common,
    severity: severity ?? (certain ? ('error' as const) : ('warning' as const)),
    related,
  };
  if (difference === 'namespace') {
    const message =
      reach?.(object.namespace ?? '') ??
      `put both into one namespace: this reference looks into ${wanted.namespace ?? 'none'} only`;
    context.report({
      ...finding,
      id: 'otherNamespace',
      data: { what, nearest: describeObject(object) },
      help: help ?? message,
    });
    return;
  }
  context.report({
    ...finding,
    id: difference === 'slip' ? 'nearName' : 'otherName',
    data: { what, nearest: written },
    help:
      difference === 'slip'
        ? `change it to ${written}`
        : difference === 'renamed'
          ? `a kustomization renames the ${wanted.kind}, and not this: write ${written} by a ` +
            'patch there, or fill it in with a replacement'
          : (help ?? `change it to ${written}, or add a ${wanted.kind} named ${wanted.name}`),
    // Another overlay has another name.
    ...(difference !== 'only' &&
      difference !== 'renamed' && {
        fixes: [
          {
            title: `change it to ${written}`,
            safety: certain && difference !== 'similar' ? 'safe' : 'unsafe',
            replace: written,
          },
        ],
      }),
  });
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

/**
 * A slip in the namespace itself, the same name in another one, a name that holds the other, the
 * only one there is.
 */
function nearestCandidate(
  cluster: Cluster,
  from: ClusterObject,
  { group, kind, namespace, name }: Wanted,
  loose: boolean,
): Candidate | undefined {
  const { objects, options } = cluster;
  const here = namesOfKind(objects, group, kind, namespace);
  // kustomize renames what a field of a Kubernetes kind refers to along with the object, but
  // neither URLs nor fields that it does not know.
  const isRenamedAlong =
    !loose &&
    from.source.original !== undefined &&
    servedKind(from.apiVersion, from.kind, options.kubernetesMinor).state === 'served';
  const left = isRenamedAlong ? undefined : here.renamed(name, from);
  if (left !== undefined)
    return { object: left, written: left.name, difference: 'renamed', certain: true };
  if (isRenamedAlong) {
    const renamed = here.renamedSlip(name, from);
    if (renamed !== undefined)
      return {
        object: renamed,
        written: renamed.source.original?.name ?? '',
        difference: 'slip',
        certain: true,
      };
  }
  const slip = here.slip(name, from);
  if (slip !== undefined)
    return { object: slip, written: slip.name, difference: 'slip', certain: true };
  const elsewhere =
    namespace === undefined
      ? undefined
      : objects.named(group, kind, name).find((object) => object.namespace !== namespace);
  if (elsewhere !== undefined) {
    // A namespace that is only assumed may turn out to be the right one when the manifests are
    // applied.
    const written =
      !elsewhere.namespaceAssumed && !(from.namespaceAssumed && namespace === from.namespace);
    const certain =
      written && (here.without(from) > 0 || isSlip(namespace ?? '', elsewhere.namespace ?? ''));
    return { object: elsewhere, written: elsewhere.name, difference: 'namespace', certain };
  }
  const similar = here.similar(name, from) ?? here.ofCore(name, from);
  if (similar !== undefined) {
    const certain =
      !loose &&
      differInKindWord(name, similar.name, kind) &&
      referrersOf(cluster, similar).length === 0;
    return { object: similar, written: similar.name, difference: 'similar', certain };
  }
  // A program may well call what a chart installs beside the one Service that was read.
  const only = loose ? undefined : here.only(from);
  return only && { object: only, written: only.name, difference: 'only', certain: false };
}

/**
 * Whether what is wanted should be in the very file that asks for it: the Service of a StatefulSet
 * stands there in another namespace, or an Ingress stands among Services of its own.
 */
function isInOwnFile(
  { objects }: Cluster,
  from: ClusterObject,
  { group, kind, namespace }: Wanted,
  nearest: Candidate | undefined,
): boolean {
  const { file } = from.source.document;
  if (nearest?.difference === 'namespace')
    return (
      from.kind === 'StatefulSet' &&
      nearest.object.source.document.file === file &&
      !nearest.object.namespaceAssumed
    );
  return from.kind === 'Ingress' && objects.readFrom(file.path, group, kind, namespace).length > 0;
}

/**
 * Both namespaces are written, in files of one directory, and the name stands in that one other
 * namespace only, where no object of the same kind refers to it: the reference was put into the
 * wrong namespace, whatever else that one holds.
 */
function isMisplaced(
  cluster: Cluster,
  from: ClusterObject,
  { group, kind, namespace, name }: Wanted,
  nearest: Candidate | undefined,
  loose: boolean,
): boolean {
  if (nearest?.difference !== 'namespace' || nearest.object.namespaceAssumed) return false;
  // Who writes another namespace than the object's own into a field means it.
  if (!loose && from.namespace !== undefined && from.namespace !== namespace) return false;
  if (from.namespaceAssumed && namespace === from.namespace)
    return isForgotten(cluster, from, nearest.object);
  if (!isBeside(nearest.object, from)) return false;
  const [, ...others] = cluster.objects.named(group, kind, name);
  return (
    others.length === 0 &&
    !referrersOf(cluster, nearest.object).some((referrer) => referrer.kind === from.kind)
  );
}

const namespacedByFile = remembered(
  ({ objects }: Cluster): ReadonlyMap<SourceFile, readonly ClusterObject[]> =>
    groupBy(
      objects.all.filter(({ namespace }) => namespace !== undefined),
      ({ source }) => source.document.file,
    ),
);

/**
 * Of the objects of a file all but one write the same namespace: it was left out there by mistake.
 */
function isForgotten(cluster: Cluster, from: ClusterObject, other: ClusterObject): boolean {
  const { file } = from.source.document;
  if (other.source.document.file !== file) return false;
  const others = (namespacedByFile(cluster).get(file) ?? []).filter((object) => object !== from);
  return (
    others.length > 1 &&
    others.every(
      ({ namespace, namespaceAssumed }) => !namespaceAssumed && namespace === other.namespace,
    )
  );
}

/** Whether two objects stand in files of one directory. */
export function isBeside(a: ClusterObject, b: ClusterObject): boolean {
  const [one, other] = [a, b].map(({ source }) => directoryOf(source.document.file.path));
  return one === other;
}

/** In its name, or in that of the namespace. */
function isSlipAway({ difference, object }: Candidate, namespace: string | undefined): boolean {
  return (
    difference === 'slip' ||
    (difference === 'namespace' && isSlip(namespace ?? '', object.namespace ?? ''))
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
