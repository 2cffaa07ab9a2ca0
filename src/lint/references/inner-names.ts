/** Names of parts of an object that nothing is called, as the table of them tells. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { type Field, fieldsAt, patternOf } from '../../kubernetes/fields.ts';
import {
  asJsonObject,
  asText,
  type Json,
  type JsonObject,
  type Path,
  type TextAt,
  textsIn,
} from '../../kubernetes/json.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { remembered } from '../../memo.ts';
import { getOwn } from '../../own.ts';
import { nearestName } from '../../text/nearest-name.ts';
import { isSlip } from '../../text/slip.ts';
import type { Place } from '../rule.ts';
import { type InnerNames, innerNames } from './inner-name-table.ts';
import { namespaceOf } from './reference.ts';

export interface StrangeName extends Place {
  readonly row: InnerNames;
  readonly name: string;
  readonly known: readonly string[];
  /** The one that was meant. */
  readonly nearest: string | undefined;
  /** The one that should have it, where it is not the object itself. */
  readonly other: ClusterObject | undefined;
}

/** A use of a name. */
interface Use {
  readonly path: Path;
  readonly name: string;
  readonly within?: NonNullable<Place['within']>;
}

/** Names that no part of the object, or of the one that it names, is called. */
export function* strangeNames(cluster: Cluster): Iterable<StrangeName> {
  for (const type of Object.keys(innerNames)) {
    const [group = '', kind = ''] = type.split('/');
    for (const object of cluster.objects.ofKind(group, kind))
      for (const row of getOwn(innerNames, type) ?? [])
        for (const scope of scopesOf(object.value as Json, row))
          yield* strangeIn(object, scope, row, cluster);
  }
}

function scopesOf(value: Json, { scope }: InnerNames): readonly Pick<Field, 'path' | 'value'>[] {
  return scope === undefined ? [{ path: [], value }] : fieldsAt(value, patternOf(scope));
}

function* strangeIn(
  object: ClusterObject,
  { path, value }: Pick<Field, 'path' | 'value'>,
  row: InnerNames,
  cluster: Cluster,
): Iterable<StrangeName> {
  if (fieldsIn(value, row.unless).length > 0) return;
  const uses = usesIn(value, row);
  if (uses.length === 0) return;
  const others = row.of === undefined ? [] : othersOf(object, value, row, cluster);
  if (others === undefined) return;
  const declaring = row.of === undefined ? [value] : others.map((other) => other.value as Json);
  const names = new Set(declaring.flatMap((one) => namesIn(one, row.names)));
  const known = [...names];
  // Of a part of an object, or where all of them are filled in later, nothing is known.
  if (known.length === 0 || known.some(isPlaceholder)) return;
  for (const use of uses) {
    if (names.has(use.name) || isPlaceholder(use.name)) continue;
    const nearest = known.length > mostCompared ? undefined : nearestName(use.name, known);
    if (row.near === true && (nearest === undefined || !isSlip(use.name, nearest))) continue;
    const { name, within } = use;
    const place = { object, at: [...path, ...use.path], ...(within !== undefined && { within }) };
    yield { ...place, row, name, known, nearest, other: others[0] };
  }
}

/** Nobody reads a list that is longer. */
const mostCompared = 200;

/** Undefined where one of them is not there. */
function othersOf(
  object: ClusterObject,
  scope: Json,
  { of = '', at = '' }: InnerNames,
  cluster: Cluster,
): readonly ClusterObject[] | undefined {
  const [group = '', kind = ''] = of.split('/');
  const found: ClusterObject[] = [];
  for (const { value } of fieldsAt(scope, patternOf(at))) {
    const name = asText(value) ?? '';
    const [namespace, own] = name.includes('/')
      ? (name.split('/', 2) as [string, string])
      : [namespaceOf(object, cluster), name];
    const other = cluster.objects.findOfKind(group, kind, namespace, own);
    if (other === undefined) return undefined;
    found.push(other);
  }
  return found.length === 0 ? undefined : found;
}

const fieldsIn = (value: Json, patterns: readonly string[] = []): readonly Field[] =>
  patterns.flatMap((pattern) => fieldsAt(value, patternOf(pattern)));

function namesIn(value: Json, patterns: readonly string[]): string[] {
  return fieldsIn(value, patterns).flatMap((field) => {
    const text = asText(field.value);
    return text === undefined ? Object.keys(asJsonObject(field.value) ?? {}) : [text];
  });
}

function usesIn(value: Json, { uses, form, after = [], before = '' }: InnerNames): readonly Use[] {
  const named = fieldsIn(value, uses).flatMap((field): Use[] => {
    const text = asText(field.value);
    if (text === undefined) return [];
    if (form === undefined) return [{ path: field.path, name: text }];
    return isPlaceholder(text) ? [] : operandsOf(text).map((use) => ({ ...use, path: field.path }));
  });
  const texts = after.length === 0 ? [] : textsOf(value);
  const mentioned = texts.flatMap(({ at: path, text }) =>
    after.flatMap((prefix) => mentionsIn(text, prefix, before).map((use) => ({ ...use, path }))),
  );
  return [...named, ...mentioned];
}

/** `build && (test.Succeeded || lint)` names three. */
function operandsOf(text: string): Omit<Use, 'path'>[] {
  const found = new Map<string, Omit<Use, 'path'>>();
  for (const [operand] of text.matchAll(/[^\s()!&|]+/g)) {
    const [name = ''] = operand.split('.', 1);
    found.set(name, { name, within: { text: name, occurrence: 0 } });
  }
  return [...found.values()];
}

/** Names right behind a prefix and before another text, each once. */
function mentionsIn(text: string, prefix: string, before: string): Omit<Use, 'path'>[] {
  const found = new Map<string, Omit<Use, 'path'>>();
  for (let at = text.indexOf(prefix); at !== -1; at = text.indexOf(prefix, at + 1)) {
    const start = at + prefix.length;
    const [name = ''] = /^[\w-]*/.exec(text.slice(start, start + 253)) ?? [];
    const whole = prefix + name;
    if (name === '' || !text.startsWith(before, at + whole.length)) continue;
    // Tekton leaves $$(params.x) to the shell.
    if (text[at - 1] !== '$' && !found.has(name))
      found.set(name, { name, within: { text: whole, occurrence: 0 } });
  }
  return [...found.values()];
}

/** Every text of a part, or of the spec of an object, which are looked for once. */
function textsOf(value: Json): readonly TextAt[] {
  const part = asJsonObject(value);
  return part === undefined ? [] : textsOfPart(part);
}

const textsOfPart = remembered((part: JsonObject): readonly TextAt[] => {
  const spec = getOwn(part, 'metadata') === undefined ? undefined : getOwn(part, 'spec');
  return [...(spec === undefined ? textsIn(part, []) : textsIn(spec, ['spec']))];
});
