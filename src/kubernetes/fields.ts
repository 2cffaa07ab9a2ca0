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

/** All fields that a pattern leads to. Null is not a value, as to the API server. */
export function fieldsAt(root: Json | undefined, pattern: Pattern): readonly Field[] {
  const top = asJsonObject(root);
  if (top === undefined) return [];
  let fields: Field[] = [{ path: [], value: top, holder: top }];
  for (const step of pattern) {
    const next: Field[] = [];
    for (const { path, value, holder } of fields) {
      if (step === everyItem) {
        if (Array.isArray(value))
          for (const [index, item] of value.entries())
            next.push({ path: [...path, index], value: item, holder });
        continue;
      }
      const object = asJsonObject(value);
      const child = getOwn(object, step);
      if (object !== undefined && child !== undefined && child !== null)
        next.push({ path: [...path, step], value: child, holder: object });
    }
    if (next.length === 0) return [];
    fields = next;
  }
  return fields;
}
