/**
 * What `get` shows: lines of a table, or objects, of the kinds, names, namespace and labels that
 * were asked for.
 */
import type { ApiObject } from '../../cluster/api-objects.ts';
import type { Picture } from '../../project/project.ts';
import type { Resource } from '../../report/get/resources.ts';
import { none, pairsOr, type Row } from '../../report/get/row.ts';
import { valueText, walk } from '../../report/jsonpath/evaluate.ts';
import type { Step } from '../../report/jsonpath/template.ts';
import type { LabelFilter } from './request.ts';

export interface Asked {
  readonly resource: Resource;
  /** All where there is none. */
  readonly names: readonly string[];
  /** With nothing in them that is only assumed to be there. */
  readonly shown: readonly Picture[];
}

export interface Choice {
  /** Undefined: all of them. */
  readonly namespace: string | undefined;
  readonly labels: LabelFilter | undefined;
  readonly sortBy: readonly Step[] | undefined;
}

/** An object of one picture. */
export interface Item {
  readonly object: ApiObject;
  readonly unit: string;
}

/** A line of a table, of one picture. */
export interface Line extends Row {
  readonly unit: string;
  readonly labels: string;
}

/** A copy that holds nothing but JSON. */
function plain(object: ApiObject): ApiObject {
  return JSON.parse(JSON.stringify(object)) as ApiObject;
}

export function itemsOf({ resource, names, shown }: Asked, choice: Choice): Item[] {
  const items = shown.flatMap(({ unit, cluster }) =>
    resource
      .objects(cluster)
      .filter((object) => isChosen(object, choice) && isWanted(object, names))
      .map((object) => ({ object: plain(object), unit: unit.name })),
  );
  return sorted(items, choice, {
    object: ({ object }) => object,
    row: ({ object }) => placeOf(object),
  });
}

function placeOf({ metadata }: ApiObject): Row {
  return { namespace: metadata.namespace ?? '', name: metadata.name ?? '', cells: [] };
}

function isChosen({ metadata }: ApiObject, { namespace, labels }: Choice): boolean {
  return (
    (metadata.namespace ?? namespace) === (namespace ?? metadata.namespace) &&
    (labels === undefined || labels(metadata.labels ?? {}))
  );
}

function isWanted(object: ApiObject, names: readonly string[]): boolean {
  const name = object.metadata.name ?? '';
  return (
    names.length === 0 ||
    names.some((wanted) => isNamed(name, wanted) || workloadOf(object) === wanted)
  );
}

/** The name of the workload that a predicted pod is of. */
function workloadOf({ metadata }: ApiObject): string | undefined {
  return metadata.annotations?.['kubeplumb/workload']?.split('/').at(-1);
}

/**
 * Pods are shown by workload (`Deployment/web`) and slices by Service: both go by the plain name
 * too.
 */
function isNamed(name: string, wanted: string): boolean {
  return (
    name === wanted ||
    name.slice(name.indexOf('/') + 1) === wanted ||
    name.replace(/-predicted-\d+$/, '') === wanted
  );
}

export function linesOf(
  { resource, names, shown }: Asked,
  choice: Choice,
  { wide, labels: showsLabels }: { readonly wide: boolean; readonly labels: boolean },
): { readonly columns: readonly string[]; readonly lines: readonly Line[] } {
  const asksObjects =
    showsLabels || names.length > 0 || choice.labels !== undefined || choice.sortBy !== undefined;
  let columns: readonly string[] = [];
  const found: (Line & { readonly object?: ApiObject })[] = [];
  for (const { unit, cluster, unseen } of shown) {
    const view = resource.view(cluster, unseen, wide);
    if (view.rows.length > 0) columns = view.columns;
    const all = asksObjects ? resource.objects(cluster) : [];
    const objects = objectsByRow(all);
    // One pod of a workload is shown as its workload.
    const wantedRows =
      names.length === 0
        ? undefined
        : new Set(all.filter((object) => isWanted(object, names)).map(rowOf));
    for (const row of view.rows) {
      const place = `${row.namespace}/${row.name}`;
      const isNamedSo =
        wantedRows?.has(place) !== false || names.some((wanted) => isNamed(row.name, wanted));
      const object = objects.get(place);
      const ofRow = object?.metadata.labels ?? {};
      // What belongs to no namespace is shown whichever is asked for.
      const isElsewhere = row.namespace !== '' && row.namespace !== choice.namespace;
      if (!isNamedSo || (choice.namespace !== undefined && isElsewhere)) continue;
      if (choice.labels !== undefined && !choice.labels(ofRow)) continue;
      found.push({
        ...row,
        unit: unit.name,
        labels: pairsOr(none, ofRow),
        ...(object !== undefined && { object: plain(object) }),
      });
    }
  }
  const lines = sorted(found, choice, { object: ({ object }) => object, row: (line) => line });
  return { columns, lines };
}

/** By namespace and name as the table shows them; of the pods of a workload the first. */
function objectsByRow(objects: readonly ApiObject[]): ReadonlyMap<string, ApiObject> {
  const byRow = new Map<string, ApiObject>();
  for (const object of objects) {
    const key = rowOf(object);
    if (!byRow.has(key)) byRow.set(key, object);
  }
  return byRow;
}

function rowOf({ metadata }: ApiObject): string {
  const { namespace = '', name = '', annotations } = metadata;
  const [kind, , workload] = annotations?.['kubeplumb/workload']?.split('/') ?? [];
  return `${namespace}/${kind === undefined ? name : `${kind}/${workload ?? ''}`}`;
}

/** Namespace, then name, as etcd hands them out. */
function byName(a: Row, b: Row): number {
  if (a.namespace !== b.namespace) return a.namespace < b.namespace ? -1 : 1;
  return a.name === b.name ? 0 : a.name < b.name ? -1 : 1;
}

/**
 * By a field where one is asked for: numbers as numbers, anything else as text; what lacks the
 * field comes first.
 */
function sorted<T>(
  items: readonly T[],
  { sortBy }: Choice,
  { object, row }: { object: (item: T) => ApiObject | undefined; row: (item: T) => Row },
): T[] {
  if (sortBy === undefined) return [...items].sort((a, b) => byName(row(a), row(b)));
  return items
    .map((item) => ({ item, key: walk([object(item) ?? null], sortBy)[0] }))
    .sort((a, b) => byKey(a.key, b.key))
    .map(({ item }) => item);
}

function byKey(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [valueText(a), valueText(b)];
  return left === right ? 0 : left < right ? -1 : 1;
}

/** Where there are objects of what is asked for, whichever namespace was chosen. */
export function namespacesOf({ resource, shown }: Asked, { labels }: Choice): string[] {
  return shown
    .flatMap(({ cluster }) => resource.objects(cluster))
    .filter((object) => isChosen(object, { namespace: undefined, labels, sortBy: undefined }))
    .flatMap(({ metadata }) => metadata.namespace ?? []);
}

export interface Whereabouts {
  /** Namespaces that have an object of the name. */
  readonly namespaces: readonly string[];
  /** It is the name of a namespace. */
  readonly isNamespace: boolean;
  /** All names there are. */
  readonly known: readonly string[];
}

export function whereabouts({ resource, shown }: Asked, wanted: string): Whereabouts {
  const all = shown.flatMap(({ cluster }) => resource.objects(cluster));
  const named = all.filter((object) => isWanted(object, [wanted]));
  return {
    namespaces: [...new Set(named.flatMap(({ metadata }) => metadata.namespace ?? []))].sort(),
    isNamespace: all.some(({ metadata }) => metadata.namespace === wanted),
    known: all.map(
      (object) => workloadOf(object) ?? (object.metadata.name ?? '').replace(/-predicted-\d+$/, ''),
    ),
  };
}

export function isShownName(
  { resource, shown }: Omit<Asked, 'names'>,
  wanted: string,
  choice: Pick<Choice, 'namespace'>,
): boolean {
  return shown.some(({ cluster }) =>
    resource
      .objects(cluster)
      .some(
        (object) =>
          isWanted(object, [wanted]) &&
          isChosen(object, { ...choice, labels: undefined, sortBy: undefined }),
      ),
  );
}
