/** Fields by patterns: `spec.rules[].host` leads to the host of every rule. */
import { getOwn } from '../own.ts';
import { type AnyJson, asJsonObject, type Json, type JsonObject, type Path } from './json.ts';

/** A field that is there. */
export interface Field {
  readonly path: Path;
  readonly value: Json;
  /** The object that holds it; of an item of a list the one that holds the list. */
  readonly holder: JsonObject;
}

const everyItem = Symbol('every item');
const everyEntry = Symbol('every entry');
export type Pattern = readonly (string | typeof everyItem | typeof everyEntry)[];

/**
 * Names of fields with dots between them, and `[]` behind that of a list for each of its items;
 * `steps[].[]` are the items of lists in a list. `{}` stands behind an object for each of its
 * fields.
 */
export function patternOf(text: string): Pattern {
  return text
    .split('.')
    .flatMap((step): Pattern =>
      step === '[]'
        ? [everyItem]
        : step.endsWith('[]')
          ? [step.slice(0, -2), everyItem]
          : step.endsWith('{}')
            ? [step.slice(0, -2), everyEntry]
            : [step],
    );
}

const noFields: readonly Field[] = [];

/** All fields that a pattern leads to. Null is not a value, as to the API server. */
export function fieldsAt(root: AnyJson | undefined, pattern: Pattern): readonly Field[] {
  const top = asJsonObject(root);
  const [first] = pattern;
  // Most patterns lead nowhere from most objects.
  if (top === undefined || (typeof first === 'string' && (getOwn(top, first) ?? null) === null))
    return noFields;
  const found: Field[] = [];
  collect(top, top, pattern, 0, noIndexes, found);
  return found;
}

/** Of items, and names of fields. */
type Index = number | string;
const noIndexes: readonly Index[] = [];

/** The pattern leads to `value` so far; `indexes` are those of the items on the way. */
function collect(
  value: Json,
  holder: JsonObject,
  pattern: Pattern,
  depth: number,
  indexes: readonly Index[],
  found: Field[],
): void {
  const step = pattern[depth];
  if (step === undefined) found.push({ path: pathOf(pattern, indexes), value, holder });
  else if (step === everyEntry) {
    const object = asJsonObject(value) ?? {};
    for (const [key, child] of Object.entries(object))
      if (child !== null) collect(child, object, pattern, depth + 1, indexes.concat(key), found);
  } else if (step !== everyItem) {
    const object = asJsonObject(value);
    const child = getOwn(object, step);
    if (object !== undefined && child !== undefined && child !== null)
      collect(child, object, pattern, depth + 1, indexes, found);
  } else if (Array.isArray(value))
    for (let index = 0; index < value.length; index += 1)
      collect(value[index] ?? null, holder, pattern, depth + 1, indexes.concat(index), found);
}

function pathOf(pattern: Pattern, indexes: readonly Index[]): Path {
  let lists = 0;
  return pattern.map((step) => (typeof step === 'symbol' ? (indexes[lists++] ?? 0) : step));
}
