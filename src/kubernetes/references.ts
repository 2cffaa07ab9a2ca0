/** What an object names: other objects, by kind and name, and what of them. */
import { remembered } from '../memo.ts';
import { entryOf } from '../multimap.ts';
import { getOwn } from '../own.ts';
import { commonReferencesOf } from './common-references.ts';
import { type Field, fieldsAt, type Pattern, patternOf } from './fields.ts';
import { groupOf } from './group-version.ts';
import {
  type AnyJson,
  asJsonObject,
  asText,
  fieldAt,
  type Json,
  type JsonObject,
  type Path,
} from './json.ts';
import { decodedGroup, findKind, isNamespaced } from './kinds.ts';
import { madeBy } from './makers.ts';
import { operatorRows } from './operator-rows.ts';
import { type Reference } from './reference.ts';
import { type ReferenceRow } from './reference-row.ts';
import { podReferences, referenceTable } from './reference-table.ts';

export type { Reference };

/** An object as far as its references are concerned. */
export interface Referrer {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly value: AnyJson;
}

/**
 * Everything that an object names, in the order of the table; of a workload what its pods name as
 * well. Names are as written: placeholders among them, and empty ones not.
 *
 * @param kinds only what is of one of these kinds; the value of an object that names none of them
 *   is not looked at
 * @param namespace the one that is meant where none is written beside a name
 */
export function referencesOf(
  object: Referrer,
  kinds?: ReadonlySet<string>,
  namespace = object.namespace,
): Reference[] {
  const written = groupOf(object.apiVersion);
  // The group that workloads and Ingresses were in first.
  const group = written === 'extensions' ? (decodedGroup(object.kind) ?? written) : written;
  const { rows, podRows, specPath } = rowsOf(group, object.kind, kinds);
  const common = isCustom(group) ? commonOf(object, kinds, namespace) : [];
  if (rows.length + podRows.length === 0) return common;
  const found: Reference[] = [];
  const value = object.value;
  for (const row of rows) follow(row, value, [], namespace, found);
  const spec = podRows.length === 0 ? undefined : fieldAt(value, ...specPath);
  for (const row of podRows) follow(row, spec, specPath, namespace, found);
  if (found.length === 0) return common;
  const asked = kinds === undefined ? found : found.filter(({ kind }) => kinds.has(kind));
  if (common.length === 0) return asked;
  const places = new Set(found.map(({ path }) => path.join('/')));
  return [...asked, ...common.filter(({ path }) => !places.has(path.join('/')))];
}

/** What no line of the table leads to, and is not made by the object itself. */
function commonOf(
  { apiVersion, kind, value }: Referrer,
  kinds: ReadonlySet<string> | undefined,
  namespace: string | undefined,
): Reference[] {
  const common = commonReferencesOf(value, namespace);
  if (common.length === 0) return common;
  const made = new Set(madeBy({ apiVersion, kind, value }).map(({ name }) => name));
  return common.filter(
    (one) => !made.has(one.name) && (kinds === undefined || kinds.has(one.kind)),
  );
}

/** Groups of custom kinds have a domain; Kubernetes keeps its own below `k8s.io`. */
export function isCustom(group: string): boolean {
  return group.includes('.') && !group.endsWith('.k8s.io');
}

/** The rows to follow from objects of a kind. */
interface Rows {
  readonly rows: readonly CompiledRow[];
  /** From the spec of its pods, which is at `specPath`. */
  readonly podRows: readonly CompiledRow[];
  readonly specPath: Path;
}

const everyKind: ReadonlySet<string> = new Set();
const askedOf = remembered((_: ReadonlySet<string>) => new Map<string, Rows>());

function rowsOf(group: string, kind: string, kinds: ReadonlySet<string> | undefined): Rows {
  const type = `${group}/${kind}`;
  return entryOf(askedOf(kinds ?? everyKind), type, () => {
    const isAsked = (row: Type): boolean => kinds === undefined || kinds.has(row.kind);
    const template = findKind(group, kind)?.podTemplate;
    return {
      rows: compiled(type).filter((row) => row.typed || isAsked(row)),
      podRows: template === undefined ? [] : pods().filter((row) => row.typed || isAsked(row)),
      specPath: [...(template ?? []), 'spec'],
    };
  });
}

interface Type {
  readonly group: string;
  readonly kind: string;
}

interface CompiledRow extends ReferenceRow, Type {
  readonly pattern: Pattern;
  readonly portPaths: readonly Path[];
}

function compile(row: ReferenceRow): CompiledRow {
  const slash = row.to.lastIndexOf('/');
  return {
    ...row,
    pattern: [...patternOf(row.at), ...(row.entry === undefined ? [] : [row.entry])],
    group: row.to.slice(0, Math.max(slash, 0)),
    kind: row.to.slice(slash + 1),
    portPaths: (row.ports ?? []).map((port) => port.split('.')),
  };
}

const noRows: readonly CompiledRow[] = [];
const compiledRows = new Map<string, readonly CompiledRow[]>();

function compiled(type: string): readonly CompiledRow[] {
  let rows = compiledRows.get(type);
  if (rows === undefined) {
    const group = type.slice(0, type.indexOf('/'));
    const written =
      getOwn(referenceTable, type) ?? (isCustom(group) ? operatorRows(type) : undefined);
    if (written === undefined) return noRows;
    rows = written.map(compile);
    compiledRows.set(type, rows);
  }
  return rows;
}

let compiledPods: readonly CompiledRow[] | undefined;

function pods(): readonly CompiledRow[] {
  compiledPods ??= podReferences.map(compile);
  return compiledPods;
}

/** Adds what a row leads to. @param base from the object to `root` */
function follow(
  row: CompiledRow,
  root: AnyJson | undefined,
  base: Path,
  namespace: string | undefined,
  found: Reference[],
): void {
  const fields = fieldsAt(root, row.pattern);
  // Most rows lead nowhere.
  if (fields.length === 0) return;
  for (const field of fields) {
    const { value, holder, path } = field;
    const written = asText(value);
    if (written === undefined || row.except?.includes(written) === true) continue;
    if (row.unless !== undefined && asText(getOwn(holder, row.unless)) !== undefined) continue;
    const type = row.form === 'tag' ? kindOfTag(row, field) : typeOf(row, field);
    if (type === undefined) continue;
    const reached = row.reaches && asText(getOwn(holder, 'namespace'));
    const at = base.concat(path);
    const port = portIn(row, holder);
    const key = row.key === undefined ? undefined : asText(getOwn(holder, row.key));
    for (const named of namesOf(row, written, reached || namespace)) {
      const { name, within } = named;
      const reference: { -readonly [K in keyof Reference]: Reference[K] } = {
        group: type.group,
        kind: type.kind,
        name,
        namespace: isNamespaced(type.kind) ? named.namespace : undefined,
        path: at,
        optional: getOwn(holder, 'optional') === true,
      };
      if (within !== undefined) reference.within = within;
      if (reached) reference.namespacePath = beside(at, ['namespace']);
      if (port !== undefined) reference.port = { path: beside(at, port.path), value: port.value };
      if (key !== undefined) reference.key = { path: beside(at, [row.key ?? '']), value: key };
      found.push(reference);
    }
  }
}

/** A path from the object that holds a name. */
function beside(name: Path, path: Path): Path {
  return name.slice(0, -1).concat(path);
}

/** The port that stands beside a name. */
function portIn(
  { portPaths }: CompiledRow,
  holder: JsonObject,
): { readonly path: Path; readonly value: number | string } | undefined {
  for (const path of portPaths) {
    const value = fieldAt(holder, ...path);
    const port = typeof value === 'number' ? value : asText(value);
    if (port !== undefined) return { path, value: port };
  }
  return undefined;
}

/** An ImageStreamTag is one tag of an ImageStream. */
function kindOfTag(row: CompiledRow, field: Field): Type | undefined {
  return typeOf(row, field) && { group: row.group, kind: row.kind };
}

/** Which type is meant; undefined for what is not an object of the cluster. */
function typeOf(
  { typed, kinds, also, group, kind }: CompiledRow,
  { holder }: Field,
): Type | undefined {
  if (!typed) return { group, kind };
  const said = asText(getOwn(holder, 'kind')) ?? kind;
  if (said === '' || (kinds !== undefined && !kinds.includes(said))) return undefined;
  const apiVersion = asText(getOwn(holder, 'apiVersion'));
  const written = getOwn(holder, 'group') ?? getOwn(holder, 'apiGroup');
  const other = also?.find(([, one]) => one === said)?.[0];
  return {
    group:
      apiVersion !== undefined
        ? groupOf(apiVersion)
        : typeof written === 'string'
          ? written
          : (other ?? group),
    kind: said,
  };
}

const label = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/i;

type Named = Pick<Reference, 'name' | 'namespace' | 'within'>;

function namesOf(row: ReferenceRow, written: string, namespace: string | undefined): Named[] {
  if (row.form === 'list') return namesIn(written, written.split(','), namespace);
  if (row.form === 'values') return namesIn(written, valuesIn(written), namespace);
  const named = nameOf(row, written, namespace);
  return named === undefined ? [] : [named];
}

/** Nobody lists more, and the place of each is looked for in the whole text. */
const mostListed = 100;

/** Those of `items` that are names, where each stands first as a word of its own. */
function namesIn(
  written: string,
  items: readonly string[],
  namespace: string | undefined,
): Named[] {
  const names = new Set(items.map((item) => item.trim()).filter((item) => label.test(item)));
  const places = new Map<string, number>();
  for (const { 0: word, index } of written.matchAll(/[\w.-]+/g))
    if (names.has(word) && !places.has(word)) places.set(word, index);
  return [...names].slice(0, mostListed).flatMap((name): Named[] => {
    const place = places.get(name);
    if (place === undefined) return [];
    const occurrence = written.slice(0, place).split(name).length - 1;
    return [{ name, namespace, within: { text: name, occurrence } }];
  });
}

/** The texts that a JSON object has as values, and the objects in it. */
function valuesIn(written: string): string[] {
  try {
    const value = JSON.parse(written) as Json;
    const inner = Object.values(asJsonObject(value) ?? {});
    const all = [...inner, ...inner.flatMap((one) => Object.values(asJsonObject(one) ?? {}))];
    return all.flatMap((one) => asText(one) ?? []);
  } catch {
    return [];
  }
}

function nameOf(
  { form }: ReferenceRow,
  written: string,
  namespace: string | undefined,
): Named | undefined {
  if (form === 'host') return serviceOfHost(written, namespace);
  if (form === 'tag') {
    const [name = ''] = written.split(':', 1);
    return { name, namespace, within: { text: name, occurrence: 0 } };
  }
  const slash = form === 'qualified' ? written.indexOf('/') : -1;
  if (slash === -1) return { name: written, namespace };
  const name = written.slice(slash + 1);
  const occurrence = written.slice(0, slash).split(name).length - 1;
  const within = name === '' ? undefined : { text: name, occurrence };
  return { name, namespace: written.slice(0, slash), ...(within !== undefined && { within }) };
}

/** The Service that a host of the cluster's DNS means; undefined for hosts outside and patterns. */
export function serviceOfHost(
  host: string,
  namespace: string | undefined,
): { readonly name: string; readonly namespace: string | undefined } | undefined {
  const [name = '', inNamespace, ...rest] = host.split('.');
  if (!label.test(name) || (inNamespace !== undefined && !label.test(inNamespace)))
    return undefined;
  if (inNamespace === undefined) return { name, namespace };
  return ['', 'svc', 'svc.cluster.local'].includes(rest.join('.'))
    ? { name, namespace: inNamespace }
    : undefined;
}
