/**
 * Names of other objects, after these have been renamed (kustomize api/filters/nameref/nameref.go).
 */
import { inFile, itemsOf, textOf, withEntry, withText } from '../../manifest/edit.ts';
import { childOf, entryOf, type MapNode, type Node } from '../../manifest/node.ts';
import { groupBy, groupByEach } from '../../multimap.ts';
import { applies, edited, type FieldSpec } from './field-specs.ts';
import type { NameReference } from './name-references.ts';
import { effectiveNamespace, originalId, type Resource, withNode } from './resource.ts';
import { isClusterScoped } from './scope.ts';

/**
 * All resources of a kustomization that is built, with the names in them that lead to others as
 * they are called in the end.
 */
export function fixBackReferences(
  resources: readonly Resource[],
  references: readonly NameReference[],
): Resource[] {
  const byFormerName = groupByEach(
    resources,
    ({ previous }) => new Set(previous.map(({ name }) => name)),
  );
  if (byFormerName.size === 0) return [...resources];
  const renamedKinds = new Set(
    resources.flatMap(({ previous }) => previous.map(({ kind }) => kind)),
  );
  // Most of the kinds that names can lead to are not there.
  const fields = references
    .filter(({ target: { kind } }) => kind === undefined || renamedKinds.has(kind))
    .flatMap(({ target, fields: specs }) => specs.map((spec) => ({ target, spec })));
  const byKind = groupBy(fields, ({ spec }) => spec.kind ?? '');
  return resources.map((referrer) => {
    const own = [...(byKind.get(originalId(referrer).kind) ?? []), ...(byKind.get('') ?? [])];
    return own.length === 0 ? referrer : fixed(referrer, byFormerName, own);
  });
}

type Names = ReadonlyMap<string, readonly Resource[]>;

interface ReferenceField {
  readonly target: NameReference['target'];
  readonly spec: FieldSpec;
}

function fixed(referrer: Resource, names: Names, fields: readonly ReferenceField[]): Resource {
  const original = originalId(referrer);
  let { node } = referrer;
  for (const { target, spec } of fields) {
    if (!applies(spec, original)) continue;
    const toRole = spec.path.at(-2) === 'roleRef';
    const find = (name: string, namespace?: string): Resource | undefined =>
      referral({ referrer, name, namespace, target, toRole }, names);
    node = edited(node, spec.path, undefined, (field) => renamed(field as Node, find)) as MapNode;
  }
  return withNode(referrer, node);
}

function renamed(
  field: Node,
  find: (name: string, namespace?: string) => Resource | undefined,
): Node {
  if (field.type === 'seq')
    return { ...field, items: field.items.map((item) => renamed(item, find)) };
  if (field.type === 'scalar') {
    const found = find(textOf(field) ?? '');
    return found === undefined || found.name === field.value ? field : withText(field, found.name);
  }
  const name = childOf(field, 'name');
  const found =
    name === undefined ? undefined : find(textOf(name) ?? '', textOf(childOf(field, 'namespace')));
  if (found === undefined || name?.type !== 'scalar') return field;
  let map = field;
  if (found.name !== name.value)
    map = withEntry(
      map,
      'name',
      entryOf(map, 'name')?.keyRange ?? name.range,
      withText(name, found.name),
    );
  const namespace = childOf(childOf(found.node, 'metadata'), 'namespace');
  if (
    found.namespace === undefined ||
    namespace === undefined ||
    textOf(childOf(map, 'namespace')) === found.namespace
  )
    return map;
  return withEntry(
    map,
    'namespace',
    namespace.range,
    inFile(namespace, found.source.document.file),
  );
}

interface Query {
  readonly referrer: Resource;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly target: NameReference['target'];
  readonly toRole: boolean;
}

/** The one resource that a name leads to (`selectReferral`). */
function referral(
  { referrer, name, namespace, target, toRole }: Query,
  names: Names,
): Resource | undefined {
  const reachable = reachableFrom(referrer);
  let candidates = (names.get(name) ?? []).filter(
    (candidate) =>
      reachable(candidate) &&
      candidate.previous.some((id) => applies({ path: [], create: false, ...target }, id)) &&
      isInSameNamespace(candidate, referrer),
  );
  if (namespace !== undefined) {
    const originally = candidates.filter(
      (candidate) => effectiveNamespace(originalId(candidate)) === namespace,
    );
    candidates =
      originally.length > 0
        ? originally
        : candidates.filter((candidate) => effectiveNamespace(candidate) === namespace);
  }
  if (toRole) {
    const kind = textOf(childOf(childOf(referrer.node, 'roleRef'), 'kind'));
    if (kind !== undefined)
      candidates = candidates.filter((candidate) =>
        candidate.previous.some((id) => id.kind === kind),
      );
  }
  if (candidates.length <= 1) return candidates[0];
  candidates = candidates.filter((candidate) => hasSameAffixes(candidate, referrer, true));
  if (candidates.length > 1)
    candidates = candidates.filter((candidate) => hasSameAffixes(candidate, referrer, false));
  const [first] = candidates;
  return candidates.every((candidate) => candidate.name === first?.name) ? first : undefined;
}

/**
 * Those of the same namespace, cluster-scoped ones, and for a RoleBinding those in the namespaces
 * of its subjects (`SubsetThatCouldBeReferencedByResource`).
 */
function reachableFrom(referrer: Resource): (candidate: Resource) => boolean {
  if (isClusterScoped(referrer.apiVersion, referrer.kind)) return () => true;
  const own = effectiveNamespace(referrer);
  const subjects =
    referrer.kind === 'RoleBinding' ? itemsOf(childOf(referrer.node, 'subjects')) : [];
  const others = new Set(
    subjects.flatMap((subject) => textOf(childOf(subject, 'namespace')) ?? []),
  );
  return (candidate) =>
    isClusterScoped(candidate.apiVersion, candidate.kind) ||
    effectiveNamespace(candidate) === own ||
    (candidate.namespace !== undefined && others.has(candidate.namespace));
}

function isInSameNamespace(candidate: Resource, referrer: Resource): boolean {
  return (
    isClusterScoped(referrer.apiVersion, referrer.kind) ||
    isClusterScoped(candidate.apiVersion, candidate.kind) ||
    candidate.kind === 'ServiceAccount' ||
    effectiveNamespace(candidate) === effectiveNamespace(referrer)
  );
}

/** `PrefixesSuffixesEquals`: the outermost ones agree as far as both have any. */
function hasSameAffixes(a: Resource, b: Resource, allowEmpty: boolean): boolean {
  return (
    sameEnding(a.prefixes, b.prefixes, allowEmpty) && sameEnding(a.suffixes, b.suffixes, allowEmpty)
  );
}

function sameEnding(a: readonly string[], b: readonly string[], allowEmpty: boolean): boolean {
  if (allowEmpty && (a.length === 0 || b.length === 0)) return true;
  const [shorter, longer] = a.length <= b.length ? [a, b] : [b, a];
  return shorter.every((affix, index) => affix === longer[longer.length - shorter.length + index]);
}
