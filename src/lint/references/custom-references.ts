/**
 * What custom resources name of each other, without a table: an object with a `kind` and a `name`,
 * and fields that are called after a kind that was read (`vaultConnectionRef` after
 * VaultConnection, `folderRef` after GrafanaFolder, `clusterName` after the Cluster of its group).
 *
 * The forms are those of the API conventions
 * (https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md#object-references).
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { isWritten, visitSpec } from '../../kubernetes/common-references.ts';
import { groupOf } from '../../kubernetes/group-version.ts';
import { asJsonObject, asText, type JsonObject, type Path } from '../../kubernetes/json.ts';
import { findWorkload, isNamespaced } from '../../kubernetes/kinds.ts';
import type { Reference } from '../../kubernetes/reference.ts';
import { isCustom } from '../../kubernetes/references.ts';
import { remembered } from '../../memo.ts';
import { addTo } from '../../multimap.ts';
import { getOwn } from '../../own.ts';

interface Type {
  readonly group: string;
  readonly kind: string;
}

/** The kinds of a cluster's custom resources, by the last word of their name. */
const customKinds = remembered(({ objects }: Cluster): ReadonlyMap<string, readonly Type[]> => {
  const types = new Map<string, Type>();
  for (const { apiVersion, kind } of objects.all) {
    const group = groupOf(apiVersion);
    if (isCustom(group)) types.set(`${group}/${kind}`, { group, kind });
  }
  const byWord = new Map<string, Type[]>();
  for (const type of types.values()) addTo(byWord, wordsOf(type.kind).at(-1) ?? '', type);
  return byWord;
});

const isName = /^[a-z0-9](?:[-a-z0-9]{0,250}[a-z0-9])?$/;
/** Kinds of Kubernetes' own that an object with a `kind` and a `name` may mean. */
const ownKinds: ReadonlySet<string> = new Set([
  ...['ConfigMap', 'Secret', 'ServiceAccount', 'Service'],
]);

/** What an object of a custom kind names, as far as its fields say so. */
export function customReferencesOf(object: ClusterObject, cluster: Cluster): Reference[] {
  const group = groupOf(object.apiVersion);
  if (!isCustom(group)) return [];
  const found: Reference[] = [];
  const self = { group, kind: object.kind, namespace: object.namespace, cluster };
  visitSpec(object.value, (value, path, holder) => {
    const field = path.findLast((step) => typeof step === 'string') ?? '';
    const own = asJsonObject(value);
    if (own !== undefined) {
      const type = typed(own, field, self) ?? typeOfField(field, self, 'name' in own);
      if (type !== undefined) add(type, own, [...path, 'name'], self, found);
    } else if (!Array.isArray(value) && path.at(-1) === field) {
      const type = typeOfField(field, self, false);
      if (type !== undefined) add(type, holder, [...path], self, found);
    }
  });
  return found;
}

interface Self extends Type {
  readonly namespace: string | undefined;
  readonly cluster: Cluster;
}

/** The type of an object that holds its kind beside its name. */
function typed(holder: JsonObject, field: string, { group, cluster }: Self): Type | undefined {
  const kind = asText(getOwn(holder, 'kind'));
  if (kind === undefined || isWritten.test(field) || 'metadata' in holder) return undefined;
  if (ownKinds.has(kind)) return { group: '', kind };
  const apiVersion = asText(getOwn(holder, 'apiVersion'));
  const written = getOwn(holder, 'group') ?? getOwn(holder, 'apiGroup');
  const workload = findWorkload(kind);
  if (workload !== undefined) return { group: workload.group, kind };
  const said = apiVersion === undefined ? written : groupOf(apiVersion);
  const types = (customKinds(cluster).get(wordsOf(kind).at(-1) ?? '') ?? []).filter(
    (type) => type.kind === kind && (said === undefined || type.group === said),
  );
  return types.find((type) => type.group === group) ?? (types.length === 1 ? types[0] : undefined);
}

const suffix = /(?:Ref|Refs|Reference|References|Name)$/;

/** The kind that a field is called after, where only one is. */
function typeOfField(field: string, self: Self, isHolder: boolean): Type | undefined {
  const end = suffix.exec(field)?.[0];
  if (end === undefined ? !isHolder : isHolder && end === 'Name') return undefined;
  const words = wordsOf(end === undefined ? field : field.slice(0, -end.length));
  const types = (customKinds(self.cluster).get(words.at(-1) ?? '') ?? []).filter((type) =>
    isCalledAfter(words, wordsOf(type.kind), type, self, end),
  );
  const exact = types.filter(({ kind }) => wordsOf(kind).length === words.length);
  for (const some of [exact.filter(({ group }) => group === self.group), exact, types])
    if (some.length === 1) return some[0];
  return undefined;
}

/** A name that is short for a kind, or says more than it does, is so within one project. */
function isCalledAfter(
  words: readonly string[],
  kind: readonly string[],
  type: Type,
  self: Self,
  end: string | undefined,
): boolean {
  const [few, many] = words.length < kind.length ? [words, kind] : [kind, words];
  // `templateRef` is for a WorkflowTemplate, not for the ClusterWorkflowTemplate that goes with it.
  if (kind.length > 2 && kind[0] === 'cluster' && words[0] !== 'cluster') return false;
  if (!few.every((word, index) => word === many[many.length - few.length + index])) return false;
  const isOwn = type.group === self.group;
  if (end === 'Name' || end === undefined)
    return isOwn && few.length === many.length && type.kind !== self.kind;
  return few.length === many.length || projectOf(type.group) === projectOf(self.group);
}

/** `toolkit.fluxcd.io` and `source.toolkit.fluxcd.io` are of one. */
function projectOf(group: string): string {
  return group.split('.').slice(-2).join('.');
}

/** `VaultConnection` and `vaultConnection`, as words without capitals. */
function wordsOf(name: string): string[] {
  return (name.match(/[A-Z]*[a-z0-9]*/g) ?? []).filter(Boolean).map((word) => word.toLowerCase());
}

function add(type: Type, holder: JsonObject, path: Path, self: Self, found: Reference[]): void {
  const name = asText(getOwn(holder, String(path.at(-1)))) ?? '';
  if (!isName.test(name) || 'scope' in holder || 'clusterScope' in holder) return;
  // `gates.zoo.example`: that is the definition of the kind.
  if (name.endsWith(`.${type.group}`)) return;
  const other = asText(getOwn(holder, 'namespace'));
  found.push({
    ...type,
    name,
    namespace: isNamespaced(type.kind) ? namespaceOf(type, name, other, self) : undefined,
    path,
    // A name may as well be what something outside of Kubernetes calls it.
    optional: getOwn(holder, 'optional') === true || /Name$/.test(String(path.at(-1))),
    common: true,
  });
}

/**
 * Objects that are written without a namespace are of no namespace, more often than not; and a
 * field of which nothing else is known may well mean one of another namespace.
 */
function namespaceOf(
  { group, kind }: Type,
  name: string,
  written: string | undefined,
  { namespace = '', cluster: { objects } }: Self,
): string | undefined {
  const own = written ?? namespace;
  if (group === '' || objects.findOfKind(group, kind, own, name) !== undefined) return own;
  const [first] = objects.ofKind(group, kind);
  const [found] = objects.named(group, kind, name);
  return found?.namespace ?? (first?.namespaceAssumed === true ? first.namespace : own);
}
