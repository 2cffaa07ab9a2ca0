/** The keys of ConfigMaps and Secrets. */
import { asJsonObject, fieldAt } from '../kubernetes/json.ts';
import { remembered } from '../memo.ts';
import type { ClusterObject } from './objects.ts';

export interface DataKeys {
  readonly names: readonly string[];
  has(name: string): boolean;
  /**
   * There may be others: some are filled in later, or the manifest of an empty object only keeps
   * the place.
   */
  readonly open: boolean;
}

/** The keys of an object; `stringData` is written into `data` when it is stored. */
export const dataKeys = remembered(({ value }: ClusterObject): DataKeys => {
  const names = ['data', 'stringData', 'binaryData'].flatMap((field) =>
    Object.keys(asJsonObject(fieldAt(value, field)) ?? {}),
  );
  const set = new Set(names);
  const open = names.length === 0 || !names.every(isDataKey);
  return { names, has: (name) => set.has(name), open };
});

/**
 * Keys in capitals are no placeholders, as names in capitals are (apimachinery `IsConfigMapKey`).
 */
export function isDataKey(text: string): boolean {
  return /^[\w.-]+$/.test(text);
}
