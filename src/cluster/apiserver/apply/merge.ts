/**
 * Puts a patch into an object, or into another patch: `mergeMap` and what it calls in apimachinery
 * pkg/util/strategicpatch/patch.go.
 */
import { isJsonObject, type Json, type JsonObject } from '../../../kubernetes/json.ts';
import { getOwn, setOwn } from '../../../own.ts';
import {
  checkKeys,
  checkOrder,
  isDirective,
  keyOf,
  mergedOrder,
  withoutRepetition,
} from './list-order.ts';
import type { PatchField, PatchType } from './merge-keys.ts';

/** What the patch goes into: a patch keeps the directives and the nulls of the other. */
export type Target = 'object' | 'patch';

const orderPrefix = '$setElementOrder/';
const deletePrefix = '$deleteFromPrimitiveList/';

export function merge(
  original: JsonObject,
  patch: JsonObject,
  type: PatchType,
  target: Target,
): JsonObject {
  if (getOwn(patch, '$patch') === 'delete') return {};
  const result = { ...original };
  const rest = { ...patch };
  retain(result, rest, target);
  for (const key of Object.keys(rest))
    if (key.startsWith(orderPrefix)) putInOrder(result, rest, key, type, target);
  for (const key of Object.keys(rest))
    mergeField(result, key, getOwn(rest, key) as Json, type, target);
  return result;
}

/** `applyRetainKeysDirective`. */
function retain(result: JsonObject, patch: JsonObject, target: Target): void {
  const kept = getOwn(patch, '$retainKeys');
  if (!Array.isArray(kept)) return;
  delete patch['$retainKeys'];
  if (target === 'patch') result['$retainKeys'] = kept;
  else for (const key of Object.keys(result)) if (!kept.includes(key)) delete result[key];
}

/** `mergePatchIntoOriginal`: a list whose order the patch asks for. */
function putInOrder(
  result: JsonObject,
  patch: JsonObject,
  key: string,
  type: PatchType,
  target: Target,
): void {
  const order = getOwn(patch, key) as Json[];
  if (target === 'patch') setOwn(result, key, order);
  delete patch[key];
  const name = key.slice(orderPrefix.length);
  const field = getOwn(type, name) ?? {};
  const mergeKey = field.mergeKey ?? '';
  const [server, items] = [getOwn(result, name), getOwn(patch, name)];
  const [old, own] = [server, items].map((list) => (Array.isArray(list) ? list : undefined));
  if (own !== undefined) checkOrder(own, order, mergeKey, name);
  let merged: Json[];
  if (old === undefined && own === undefined) return;
  else if (old === undefined) merged = (own ?? []).filter((item) => !isDirective(item));
  else merged = own === undefined ? old : mergeList(old, own, name, field, target);
  setOwn(result, name, mergedOrder(merged, order, old ?? [], mergeKey));
  delete patch[name];
}

function mergeField(
  result: JsonObject,
  key: string,
  value: Json,
  type: PatchType,
  target: Target,
): void {
  if (key.startsWith(deletePrefix)) {
    const name = key.slice(deletePrefix.length);
    const list = getOwn(result, name);
    if (target === 'patch') setOwn(result, key, value);
    else if (Array.isArray(list) && Array.isArray(value))
      setOwn(
        result,
        name,
        list.filter((item) => !value.includes(item)),
      );
    return;
  }
  if (value === null) {
    delete result[key];
    if (target === 'patch') setOwn(result, key, null);
    return;
  }
  const before = getOwn(result, key);
  const field = getOwn(type, key) ?? {};
  if (isJsonObject(before) && isJsonObject(value) && field.replace !== true)
    setOwn(result, key, merge(before, value, field.type ?? {}, target));
  else if (Array.isArray(before) && Array.isArray(value) && field.mergeKey !== undefined)
    setOwn(result, key, mergeList(before, value, key, field, target));
  else {
    const cleaned = clean(value, target);
    if (cleaned === undefined) delete result[key];
    else setOwn(result, key, cleaned);
  }
}

/** `removeDirectives` and, for an object, `discardNullValuesFromPatch`. */
function clean(value: Json, target: Target): Json | undefined {
  if (isDirective(value)) return undefined;
  if (Array.isArray(value)) return value.flatMap((item) => clean(item, target) ?? []);
  if (!isJsonObject(value)) return value;
  const result: JsonObject = {};
  for (const key of Object.keys(value)) {
    const inner = getOwn(value, key) as Json;
    const cleaned =
      inner === null ? (target === 'object' ? undefined : null) : clean(inner, target);
    if (cleaned !== undefined) setOwn(result, key, cleaned);
  }
  return result;
}

/** `mergeSlice`. */
function mergeList(
  original: readonly Json[],
  patch: readonly Json[],
  name: string,
  field: PatchField,
  target: Target,
): Json[] {
  const mergeKey = field.mergeKey ?? '';
  if (mergeKey === '')
    return mergedOrder(withoutRepetition([...original, ...patch]), patch, original, '');
  checkKeys([...original, ...patch], mergeKey, name);
  const gone = new Set(patch.filter(isDirective).map((item) => keyOf(item, mergeKey)));
  const server = original.filter((item) => !gone.has(keyOf(item, mergeKey)));
  const merged = [...server];
  const places = new Map<Json | undefined, number>();
  const note = (item: Json, at: number): void => {
    if (!places.has(keyOf(item, mergeKey))) places.set(keyOf(item, mergeKey), at);
  };
  merged.forEach(note);
  const own = patch.filter((item) => !isDirective(item)) as JsonObject[];
  for (const item of own) {
    const at = places.get(keyOf(item, mergeKey));
    if (at !== undefined)
      merged[at] = merge(merged[at] as JsonObject, item, field.type ?? {}, target);
    else note(item, merged.push(item) - 1);
  }
  return mergedOrder(merged, own, server, mergeKey);
}
