/** Fields by patterns: `spec.rules[].host` leads to the host of every rule. */
import { getOwn } from '../own.ts';
import { asJsonObject, type Json, type JsonObject, type Path } from './json.ts';

/** A field that is there. */
export interface Field {
  readonly path: Path;
  readonly value: Json;
  /** The object that holds it; of an item of a list the one that holds the list. */
  readonly holder: JsonObject;
}

const everyItem = Symbol('every item');
export type Pattern = readonly (string | typeof everyItem)[];

/** Names of fields with dots between them, and `[]` behind that of a list for each of its items. */
export function patternOf(text: string): Pattern {
  return text
    .split('.')
    .flatMap((step) => (step.endsWith('[]') ? [step.slice(0, -2), everyItem] : [step]));
}

const noFields: readonly Field[] = [];

/** All fields that a pattern leads to. Null is not a value, as to the API server. */
export function fieldsAt(root: Json | undefined, pattern: Pattern): readonly Field[] {
  const top = asJsonObject(root);
  const [first] = pattern;
  // Most patterns lead nowhere from most objects.
  if (top === undefined || (typeof first === 'string' && (getOwn(top, first) ?? null) === null))
    return noFields;
  const found: Field[] = [];
  collect(top, top, pattern, [], found);
  return found;
}

/** `path` leads to `value`, and holds what it holds when this is done. */
function collect(
  value: Json,
  holder: JsonObject,
  pattern: Pattern,
  path: (string | number)[],
  found: Field[],
): void {
  const step = pattern[path.length];
  if (step === undefined) found.push({ path: [...path], value, holder });
  else if (step !== everyItem) {
    const object = asJsonObject(value);
    const child = getOwn(object, step);
    if (object === undefined || child === undefined || child === null) return;
    path.push(step);
    collect(child, object, pattern, path, found);
    path.pop();
  } else if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      path.push(index);
      collect(value[index] ?? null, holder, pattern, path, found);
      path.pop();
    }
  }
}
