/**
 * What has to be sent to make one object of another: `diffMaps` and what it calls in apimachinery
 * pkg/util/strategicpatch/patch.go.
 */
import { isJsonObject, type Json, type JsonObject } from '../../../kubernetes/json.ts';
import { getOwn, setOwn } from '../../../own.ts';
import { goJson } from '../go-format.ts';
import { byKey, checkKeys, deletionOf, inOrder, keyOf } from './list-order.ts';
import type { PatchField, PatchType } from './merge-keys.ts';

/** Either what is to be written, or what is to be taken away. */
export type Side = 'writes' | 'deletions';

export function diff(
  original: JsonObject,
  modified: JsonObject,
  type: PatchType,
  side: Side,
  retainKeys = false,
): JsonObject {
  const patch: JsonObject = {};
  for (const key of Object.keys(modified)) {
    const value = getOwn(modified, key) as Json;
    const before = getOwn(original, key);
    const field = getOwn(type, key) ?? {};
    if (isJsonObject(before) && isJsonObject(value) && field.replace !== true) {
      const inner = diff(before, value, field.type ?? {}, side, field.retainKeys);
      if (Object.keys(inner).length > 0) setOwn(patch, key, inner);
    } else if (Array.isArray(before) && Array.isArray(value) && field.mergeKey !== undefined)
      diffLists(patch, key, before, value, field, side);
    else if (side === 'writes' && (before === undefined || goJson(before) !== goJson(value)))
      setOwn(patch, key, value);
  }
  if (side === 'deletions')
    for (const key of Object.keys(original))
      if (!Object.hasOwn(modified, key)) setOwn(patch, key, null);
  if (retainKeys) addRetainedKeys(patch, original, modified);
  return patch;
}

/** Of a union: all fields that are to stay, where anything changes at all. */
function addRetainedKeys(patch: JsonObject, original: JsonObject, modified: JsonObject): void {
  const kept = Object.keys(modified).filter((key) => getOwn(modified, key) !== null);
  const loses = Object.keys(original).some(
    (key) => getOwn(original, key) !== null && !Object.hasOwn(modified, key),
  );
  if (kept.length > 0 && (loses || Object.keys(patch).length > 0))
    patch['$retainKeys'] = kept.sort();
}

/** `handleSliceDiff`, `diffLists`. */
function diffLists(
  patch: JsonObject,
  name: string,
  original: readonly Json[],
  modified: readonly Json[],
  field: PatchField,
  side: Side,
): void {
  const mergeKey = field.mergeKey ?? '';
  if (original.length === 0) {
    if (side === 'writes' && modified.length > 0) setOwn(patch, name, [...modified]);
    return;
  }
  checkKeys([...original, ...modified], mergeKey, name);
  const order = `$setElementOrder/${name}`;
  if (mergeKey === '') {
    const { added, removed } = diffScalars(original, modified);
    if (side === 'writes' && added.length > 0) setOwn(patch, name, inOrder(added, modified, ''));
    if (side === 'deletions' && removed.length > 0)
      setOwn(patch, `$deleteFromPrimitiveList/${name}`, removed);
    const changes =
      side === 'writes' ? goJson([...original]) !== goJson([...modified]) : removed.length > 0;
    if (changes) setOwn(patch, order, [...modified]);
    return;
  }
  const list = diffItems(original as JsonObject[], modified as JsonObject[], field, side);
  const items = inOrder(list, modified, mergeKey);
  if (items.length > 0) setOwn(patch, name, items);
  const keys = (all: readonly Json[]): string =>
    goJson(all.map((item) => keyOf(item, mergeKey) ?? null));
  if (items.length > 0 || (side === 'writes' && keys(original) !== keys(modified)))
    setOwn(
      patch,
      order,
      modified.map((item) => ({ [mergeKey]: keyOf(item, mergeKey) ?? null })),
    );
}

function diffScalars(
  original: readonly Json[],
  modified: readonly Json[],
): { readonly added: Json[]; readonly removed: Json[] } {
  const [before, after] = [new Set(original), new Set(modified)];
  return {
    added: [...after].filter((item) => !before.has(item)),
    removed: [...before].filter((item) => !after.has(item)),
  };
}

/** `diffListsOfMaps`: both sorted by their keys, then compared one by one. */
function diffItems(
  original: readonly JsonObject[],
  modified: readonly JsonObject[],
  { mergeKey = '', type = {}, retainKeys }: PatchField,
  side: Side,
): JsonObject[] {
  const [before, after] = [byKey(original, mergeKey), byKey(modified, mergeKey)];
  const patch: JsonObject[] = [];
  const deletions: JsonObject[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [old, item] = [before[i], after[j]];
    const [left, right] = [old, item].map((one) => String(getOwn(one, mergeKey)));
    if (old !== undefined && item !== undefined && left === right) {
      const inner = diff(old, item, type, side, retainKeys);
      if (Object.keys(inner).length > 0)
        patch.push({ ...inner, [mergeKey]: getOwn(item, mergeKey) as Json });
      i++;
      j++;
    } else if (item !== undefined && (old === undefined || (left as string) > (right as string))) {
      if (side === 'writes') patch.push(item);
      j++;
    } else {
      if (side === 'deletions') deletions.push(deletionOf(old as JsonObject, mergeKey));
      i++;
    }
  }
  return [...patch, ...deletions];
}
