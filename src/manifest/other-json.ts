/**
 * JSON of other programs: dashboards, schemas, lock files. Repositories hold much of it, nothing in
 * it has a place that is told, and V8 reads it in a tenth of the time that a tree takes.
 */
import { asJsonObject, type Json } from '../kubernetes/json.ts';
import { lazily } from '../memo.ts';
import type { Mutable } from './draft.ts';
import { type JsonTree, readJson, skipBlanks } from './json.ts';
import type { ManifestDocument } from './manifest.ts';

/** Within these characters Kubernetes' own programs write an object's apiVersion. */
const beginning = 1024;

/**
 * Makes `document` that of a text which is one JSON object from `start` on, and has neither
 * apiVersion nor kind; false where it is anything else, and `document` as it was.
 */
export function isOtherJson(
  document: Mutable<ManifestDocument>,
  text: string,
  start: number,
): boolean {
  if (text.slice(start, start + beginning).includes('"apiVersion"')) return false;
  const value = asJsonObject(parsed(text.slice(start)));
  if (value === undefined || isNamed(value['apiVersion']) || isNamed(value['kind'])) return false;
  const from = skipBlanks(text, start);
  const tree = lazily((): JsonTree | undefined => readJson(text, from));
  document.range = [from, text.trimEnd().length];
  document.state = 'foreign';
  // Kustomizations can be written like that.
  Object.defineProperties(document, {
    node: { get: () => tree()?.root },
    duplicateKeys: { get: () => tree()?.duplicateKeys ?? [] },
  });
  return true;
}

const isNamed = (value: Json | undefined): boolean => typeof value === 'string' && value !== '';

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
