/** The order of lists that a patch merges (apimachinery pkg/util/strategicpatch/patch.go). */
import { isJsonObject, type Json, type JsonObject } from '../../../kubernetes/json.ts';
import { getOwn } from '../../../own.ts';

/** Kubectl or the API server cannot make sense of the two objects as one; `field` is the list. */
export class PatchProblem extends Error {
  readonly field: string;
  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

/** What tells an item from the others: a field of it, or itself where the list holds scalars. */
export function keyOf(item: Json, mergeKey: string): Json | undefined {
  return mergeKey === '' ? item : isJsonObject(item) ? getOwn(item, mergeKey) : undefined;
}

/** `validateMergeKeyInLists`. */
export function checkKeys(list: readonly Json[], mergeKey: string, field: string): void {
  if (mergeKey === '') return;
  for (const item of list)
    if (keyOf(item, mergeKey) === undefined)
      throw new PatchProblem(field, `an item does not contain declared merge key: ${mergeKey}`);
}

const isDeletion = (item: Json): boolean =>
  isJsonObject(item) && getOwn(item, '$patch') === 'delete';

export const isDirective = (item: Json): boolean =>
  isJsonObject(item) && getOwn(item, '$patch') !== undefined;

/** Where each key comes first. */
function placesOf(list: readonly Json[], mergeKey: string): ReadonlyMap<Json, number> {
  const places = new Map<Json, number>();
  for (const [index, item] of list.entries()) {
    const key = keyOf(item, mergeKey);
    if (key !== undefined && !places.has(key)) places.set(key, index);
  }
  return places;
}

/** `normalizeSliceOrder`: as `order` has them, deletions last. */
export function inOrder(items: readonly Json[], order: readonly Json[], mergeKey: string): Json[] {
  const places = placesOf(order, mergeKey);
  const placeOf = (item: Json): number => places.get(keyOf(item, mergeKey) ?? null) ?? -1;
  const sorted = items.filter((item) => !isDeletion(item));
  sorted.sort((a, b) => placeOf(a) - placeOf(b));
  return [...sorted, ...items.filter(isDeletion)];
}

/** `normalizeElementOrder`: what only the server has keeps its place among the others. */
export function mergedOrder(
  merged: readonly Json[],
  wanted: readonly Json[],
  server: readonly Json[],
  mergeKey: string,
): Json[] {
  const [asked, places] = [placesOf(wanted, mergeKey), placesOf(server, mergeKey)];
  const isWanted = (item: Json): boolean => asked.has(keyOf(item, mergeKey) ?? null);
  const right = inOrder(merged.filter(isWanted), wanted, mergeKey);
  const others = merged.filter((item) => !isWanted(item));
  const left = inOrder(others, server, mergeKey);
  const result: Json[] = [];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    const [l, r] = [left[i] ?? null, right[j] ?? null];
    const [at, before] = [l, r].map((item) => places.get(keyOf(item, mergeKey) ?? null));
    const takesLeft =
      j >= right.length ||
      (i < left.length && at !== undefined && before !== undefined && at < before);
    result.push(takesLeft ? l : r);
    if (takesLeft) i++;
    else j++;
  }
  return result;
}

/** `validatePatchWithSetOrderList`: the items of a patch come in the order that it asks for. */
export function checkOrder(
  patch: readonly Json[],
  order: readonly Json[],
  mergeKey: string,
  field: string,
): void {
  const items = patch.filter((item) => !isDeletion(item));
  if (items.length === 0 || order.length === 0) return;
  let at = 0;
  for (const wanted of order) {
    while (at < items.length && isDirective(items[at] as Json)) at++;
    if (at < items.length && keyOf(items[at] as Json, mergeKey) === keyOf(wanted, mergeKey)) at++;
  }
  if (at < items.length)
    throw new PatchProblem(
      field,
      `The order in patch list of ${field} doesn't match $setElementOrder list: two items ` +
        `have one ${mergeKey}`,
    );
}

/** `deduplicateScalars`. */
export function withoutRepetition(items: readonly Json[]): Json[] {
  return [...new Set(items)];
}

/**
 * Sorted by what tells them apart, as text. Of equal ones the last comes first: upstream's `Less`
 * holds for them, too (`SortableSliceOfMaps`).
 */
export function byKey<T extends Json>(items: readonly T[], mergeKey: string): T[] {
  const text = (item: T): string => String(keyOf(item, mergeKey));
  return items.toReversed().sort((a, b) => {
    const [left, right] = [text(a), text(b)];
    return left < right ? -1 : left > right ? 1 : 0;
  });
}

export function deletionOf(item: JsonObject, mergeKey: string): JsonObject {
  return { $patch: 'delete', [mergeKey]: getOwn(item, mergeKey) as Json };
}
