/** What was probably meant by a reference that leads nowhere, and how sure that is. */
import { servedKind } from '../../cluster/apiserver/served-kinds.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { madeNames, type MadeObject } from '../../cluster/made-names.ts';
import { makersOf } from '../../cluster/made-objects.ts';
import { namesOfKind } from '../../cluster/names-of-kind.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import type { SourceFile } from '../../manifest/source.ts';
import { remembered } from '../../memo.ts';
import { groupBy } from '../../multimap.ts';
import { differInKindWord } from '../../text/kind-words.ts';
import { isSlip } from '../../text/slip.ts';
import { scaffoldNamespace } from '../../units/in-namespace.ts';
import { directoryOf } from '../../units/paths.ts';
import { isCollection } from '../../units/stages.ts';
import type { Unit } from '../../units/unit.ts';
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
  /** It is not the object itself, but what a controller makes of it. */
  readonly made?: true;
}

/**
 * A slip in the namespace itself, the same name in another one, a name that holds the other, the
 * only one there is.
 */
export function nearestCandidate(
  cluster: Cluster,
  from: ClusterObject,
  wanted: Wanted,
  loose: boolean,
): Candidate | undefined {
  const { group, kind, namespace, name } = wanted;
  const here = namesOfKind(cluster.objects, group, kind, namespace);
  const renamed = renamedCandidate(cluster, from, wanted, loose);
  if (renamed !== undefined) return renamed;
  const slip = here.slip(name, from);
  if (slip !== undefined)
    return { object: slip, written: slip.name, difference: 'slip', certain: true };
  const made = group === '' ? madeNames(cluster, kind, namespace) : undefined;
  // Whoever asks for a database by the name of its resource means a Service that is made of it.
  const ofMaker = kind === 'Service' ? made?.ofMaker(name) : undefined;
  if (ofMaker !== undefined) return madeCandidate(ofMaker, 'similar');
  const slipOfMade = made?.slip(name);
  if (slipOfMade !== undefined && !areOfCollection(from, slipOfMade.maker))
    return madeCandidate(slipOfMade, 'slip');
  const elsewhere = candidateElsewhere(cluster, from, wanted);
  if (elsewhere !== undefined) return elsewhere;
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
  // What it names in another place it does not mean here.
  return only === undefined || referrersOf(cluster, only).includes(from)
    ? undefined
    : { object: only, written: only.name, difference: 'only', certain: false };
}

/** In two files of a directory that holds examples, which have nothing to do with each other. */
function areOfCollection(a: ClusterObject, b: ClusterObject): boolean {
  const [one, other] = [a, b].map(({ source }) => source.document.file.path);
  return one !== other && isCollection(directoryOf(one ?? '')) && isBeside(a, b);
}

function madeCandidate(
  { name, maker }: MadeObject,
  difference: Candidate['difference'],
): Candidate {
  return { object: maker, written: name, difference, certain: true, made: true };
}

/**
 * What a kustomization renames: kustomize changes what a field of a Kubernetes kind refers to along
 * with the object, but neither URLs nor fields that it does not know.
 */
function renamedCandidate(
  { objects, options }: Cluster,
  from: ClusterObject,
  { group, kind, namespace, name }: Wanted,
  loose: boolean,
): Candidate | undefined {
  const here = namesOfKind(objects, group, kind, namespace);
  const isRenamedAlong =
    !loose &&
    from.source.original !== undefined &&
    servedKind(from.apiVersion, from.kind, options.kubernetesMinor).state === 'served';
  if (!isRenamedAlong) {
    const left = here.renamed(name, from);
    return left && { object: left, written: left.name, difference: 'renamed', certain: true };
  }
  const object = here.renamedSlip(name, from);
  const written = object?.source.original?.name ?? '';
  return object && { object, written, difference: 'slip', certain: true };
}

/** The very name in another namespace. */
function candidateElsewhere(
  { objects }: Cluster,
  from: ClusterObject,
  { group, kind, namespace, name }: Wanted,
): Candidate | undefined {
  if (namespace === undefined || namespace === scaffoldNamespace) return undefined;
  // A subject has to write a namespace; where the binding and the account do not, all may be
  // applied into that one.
  const isElsewhere = (one: ClusterObject): boolean =>
    one.namespace !== namespace &&
    !isPlaceholder(one.namespace) &&
    !(from.kind === 'RoleBinding' && from.namespaceAssumed && one.namespaceAssumed);
  const object = objects.named(group, kind, name).find(isElsewhere);
  if (object === undefined) {
    const maker = group === '' ? makersOf(objects, kind, name).find(isElsewhere) : undefined;
    return maker && { ...madeCandidate({ name, maker }, 'namespace'), certain: false };
  }
  // A namespace that is only assumed may turn out to be the right one when the manifests are
  // applied.
  const isWritten =
    !object.namespaceAssumed && !(from.namespaceAssumed && namespace === from.namespace);
  const here = namesOfKind(objects, group, kind, namespace);
  const certain =
    isWritten && (here.without(from) > 0 || areOneNamespace(namespace, object.namespace ?? ''));
  return { object, written: object.name, difference: 'namespace', certain };
}

/** Kinds that are written for the Services beside them. */
const routing: ReadonlySet<string> = new Set([
  'Ingress',
  'HTTPRoute',
  'GRPCRoute',
  'TCPRoute',
  'TLSRoute',
  'UDPRoute',
  'IngressRoute',
  'IngressRouteTCP',
  'IngressRouteUDP',
  'HTTPProxy',
  'TCPIngress',
  'UDPIngress',
  'Route',
  'VirtualServer',
  'VirtualService',
]);

/**
 * Whether what is wanted should be in the very file that asks for it: the Service of a StatefulSet
 * stands there in another namespace, or a route stands among Services of its own.
 */
export function isInOwnFile(
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
  return routing.has(from.kind) && objects.readFrom(file.path, group, kind, namespace).length > 0;
}

/**
 * Both namespaces are written, in files of one directory or of one kustomization, and the name
 * stands in that one other namespace only, where no object of the same kind refers to it: the
 * reference was put into the wrong namespace, whatever else that one holds.
 */
export function isMisplaced(
  cluster: Cluster,
  unit: Pick<Unit, 'origin' | 'joins'>,
  from: ClusterObject,
  { group, kind, namespace, name }: Wanted,
  nearest: Candidate | undefined,
): boolean {
  if (nearest?.difference !== 'namespace') return false;
  if (nearest.object.namespaceAssumed) return isNamespaceForgotten(cluster, nearest.object, from);
  if (from.namespaceAssumed && namespace === from.namespace)
    return isNamespaceForgotten(cluster, from, nearest.object);
  if (!isBeside(nearest.object, from, unit)) return false;
  const [, ...others] = cluster.objects.named(group, kind, name);
  const named = { kind, namespace: nearest.object.namespace, name };
  return (
    others.length === 0 &&
    !referrersOf(cluster, named).some((referrer) => referrer.kind === from.kind)
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
 * Of the objects of a file all but one write the same namespace, or all that do not stand in its
 * file: it was left out there by mistake.
 */
export function isNamespaceForgotten(
  cluster: Cluster,
  from: ClusterObject,
  other: ClusterObject,
): boolean {
  if (!from.namespaceAssumed || other.namespaceAssumed) return false;
  const { file } = from.source.document;
  const byFile = namespacedByFile(cluster);
  const others =
    other.source.document.file === file
      ? (byFile.get(file) ?? []).filter((object) => object !== from)
      : [...byFile].flatMap(([one, objects]) => (one === file ? [] : objects));
  return (
    others.length > 1 &&
    others.every(
      ({ namespace, namespaceAssumed }) => !namespaceAssumed && namespace === other.namespace,
    )
  );
}

/** Names of namespaces that are a typo apart, or the word for it: `shop` and `shop-ns`. */
function areOneNamespace(a: string, b: string): boolean {
  return isSlip(a, b) || (a !== b && withoutWord(a) === withoutWord(b));
}

function withoutWord(namespace: string): string {
  return namespace
    .split('-')
    .filter((word) => word !== 'ns' && word !== 'namespace')
    .join('-');
}

/**
 * Whether two objects stand in files of one directory, of one kustomization, or of directories that
 * need each other.
 */
export function isBeside(
  a: ClusterObject,
  b: ClusterObject,
  unit?: Pick<Unit, 'origin' | 'joins'>,
): boolean {
  if (unit?.origin === 'kustomization') return true;
  const [one, other] = [a, b].map(({ source }) => directoryOf(source.document.file.path));
  return one === other;
}

/** Equal for what stands beside each other in one namespace: for maps of such. */
export function besideKey(namespace: string, { source }: Pick<ClusterObject, 'source'>): string {
  return `${namespace}\n${directoryOf(source.document.file.path)}`;
}

/** In its name, or in that of the namespace. */
export function isSlipAway(
  { difference, object }: Candidate,
  namespace: string | undefined,
): boolean {
  return (
    difference === 'slip' ||
    (difference === 'namespace' && areOneNamespace(namespace ?? '', object.namespace ?? ''))
  );
}
