/** The keys of ConfigMaps and Secrets: which there are, and which are taken. */
import { isKey } from '../../cluster/controllers/pod-needs.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import {
  asJsonObject,
  asList,
  asText,
  fieldAt,
  type Json,
  type Path,
} from '../../kubernetes/json.ts';
import { entryOf } from '../../multimap.ts';
import type { RuleContext } from '../rule.ts';
import type { Naming } from './named-objects.ts';

/**
 * Which keys a reference takes: one by a variable, those of its items by a volume; undefined for
 * all of them.
 */
export function keysRead({
  object,
  reference: { key, path },
}: Naming): readonly { readonly path: Path; readonly value: string }[] | undefined {
  if (key !== undefined) return [key];
  const at = [...path.slice(0, -1), 'items'];
  const items = asList(fieldAt(object.value as Json, ...at));
  if (items.length === 0) return undefined;
  return items.flatMap((item, index) => {
    const value = asText(fieldAt(item, 'key'));
    return value === undefined ? [] : [{ path: [...at, index, 'key'], value }];
  });
}

export interface Keys {
  readonly names: readonly string[];
  has(name: string): boolean;
  /**
   * There may be others: some are filled in later, a generator adds some, or the manifest of an
   * empty one only keeps the place.
   */
  readonly open: boolean;
}

/** The keys of an object; `stringData` is written into `data` when it is stored. */
export function rememberedKeys({
  unseen,
}: Pick<RuleContext<Record<never, never>>, 'unseen'>): (object: ClusterObject) => Keys {
  const known = new Map<ClusterObject, Keys>();
  return (object) =>
    entryOf(known, object, () => {
      const names = ['data', 'stringData', 'binaryData'].flatMap((field) =>
        Object.keys(asJsonObject(fieldAt(object.value as Json, field)) ?? {}),
      );
      const set = new Set(names);
      const isMade = unseen.makerOf(object.kind, object.namespace, object.name) !== undefined;
      const open = names.length === 0 || isMade || !names.every(isKey);
      return { names, has: (name) => set.has(name), open };
    });
}
