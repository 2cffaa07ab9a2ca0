/**
 * Strategic merge patches as kustomize applies them (kyaml/yaml/merge2/merge2.go,
 * kyaml/yaml/walk/walk.go), which is not in all things as kubectl does.
 */
import { pushAll } from '../../lists.ts';
import { isNull, textOf } from '../../manifest/edit.ts';
import {
  childOf,
  type Entry,
  entryOf,
  type MapNode,
  type Node,
  type SeqNode,
} from '../../manifest/node.ts';
import { getOwn } from '../../own.ts';
import { Inapplicable } from './inapplicable.ts';
import type { Shape } from './merge-keys.ts';

/**
 * The object with the patch laid over it; undefined where the patch deletes it. Every node of the
 * patch must know its file.
 * @throws Inapplicable where kustomize would fail, too.
 */
export function strategicMerge(
  base: MapNode,
  patch: MapNode,
  shape: Shape | undefined,
): MapNode | undefined {
  const merged = merge(base, patch, shape);
  return merged?.type === 'map' ? merged : undefined;
}

function merge(
  base: Node | undefined,
  patch: Node | undefined,
  shape: Shape | undefined,
): Node | undefined {
  if (patch === undefined) return base;
  if (isNull(patch)) return undefined;
  if (base === undefined || isNull(base)) return cleansed(patch, shape);
  if (base.type !== patch.type)
    throw new Inapplicable(
      `it has a ${words[patch.type]} where the object has a ${words[base.type]}`,
    );
  if (base.type === 'map' && patch.type === 'map') return mergeMaps(base, patch, shape);
  if (base.type === 'seq' && patch.type === 'seq')
    return shape?.keys === undefined ? patch : mergeLists(base, patch, shape);
  return patch;
}

const words: Readonly<Record<Node['type'], string>> = {
  map: 'mapping',
  seq: 'list',
  scalar: 'scalar',
};

function mergeMaps(base: MapNode, patch: MapNode, shape: Shape | undefined): MapNode | undefined {
  const directive = directiveOf(patch);
  if (directive === 'delete') return undefined;
  if (directive === 'replace') return { ...base, entries: cleansedEntries(patch, shape) };
  const entries: Entry[] = [];
  for (const entry of base.entries) {
    const over = entryOf(patch, entry.key);
    const value = merge(
      entry.value,
      quotedAlike(entry.value, over?.value),
      getOwn(shape?.fields, entry.key),
    );
    if (value === undefined) continue;
    // A value that is all the patch's brings its key along; one that was only changed inside keeps
    // its own.
    const isNew =
      over !== undefined &&
      (value === over.value || value.type === 'scalar' || isNull(entry.value));
    entries.push(value === entry.value ? entry : isNew ? { ...over, value } : { ...entry, value });
  }
  const known = new Set(base.entries.map(({ key }) => key));
  pushAll(
    entries,
    cleansedEntries(patch, shape).filter(({ key }) => !known.has(key)),
  );
  return { ...base, entries };
}

/** A number in place of a quoted string takes over the quotes (`FieldSetter`). */
function quotedAlike(base: Node, patch: Node | undefined): Node | undefined {
  const isQuoted =
    base.type === 'scalar' && typeof base.value === 'string' && base.style !== 'plain';
  if (
    !isQuoted ||
    patch?.type !== 'scalar' ||
    patch.value === null ||
    typeof patch.value === 'string'
  )
    return patch;
  return { ...patch, value: String(patch.value) };
}

/** A part of the patch that meets nothing: directives and nulls in it say nothing any more. */
function cleansed(patch: Node, shape: Shape | undefined): Node | undefined {
  if (patch.type === 'map') {
    if (directiveOf(patch) === 'delete') return undefined;
    return { ...patch, entries: cleansedEntries(patch, shape) };
  }
  if (patch.type === 'seq' && shape?.keys !== undefined)
    return mergeLists({ ...patch, items: [] }, patch, shape);
  return patch;
}

function cleansedEntries(patch: MapNode, shape: Shape | undefined): Entry[] {
  return patch.entries.flatMap((entry): Entry[] => {
    if (entry.key === '$patch' || isNull(entry.value)) return [];
    const value = cleansed(entry.value, getOwn(shape?.fields, entry.key));
    return value === undefined ? [] : [{ ...entry, value }];
  });
}

function directiveOf(patch: MapNode): 'delete' | 'replace' | 'merge' {
  const written = entryOf(patch, '$patch');
  if (written === undefined) return 'merge';
  const text = textOf(written.value);
  if (text === 'delete' || text === 'replace' || text === 'merge') return text;
  throw new Inapplicable(
    `"${text ?? ''}" is no $patch directive; legal values: delete, merge, replace`,
  );
}

/** An item that holds nothing but a directive speaks for the whole list. */
function listDirective(patch: SeqNode): {
  readonly directive: 'delete' | 'replace' | 'merge';
  readonly items: readonly Node[];
} {
  const item = patch.items.find((candidate) => entryOf(candidate, '$patch') !== undefined);
  if (item?.type !== 'map' || item.entries.length > 1)
    return { directive: 'merge', items: patch.items };
  return { directive: directiveOf(item), items: patch.items.filter((other) => other !== item) };
}

/**
 * Items by their merge keys. New ones come first, as kustomize prepends
 * (`MergeOptionsListPrepend`).
 */
function mergeLists(
  base: SeqNode,
  patch: SeqNode,
  { keys = [], items: itemShape }: Shape,
): SeqNode | undefined {
  const { directive, items } = listDirective(patch);
  if (directive === 'delete') return undefined;
  const below = directive === 'replace' ? [] : base.items;
  if (keys.length === 0) return { ...base, items: uniqueTexts([...items, ...below]) };
  const used = keysInUse(keys, [...items, ...below]);
  const over = byKeys(items, used);
  const under = byKeys(below, used);
  const merged = new Map<string, Node | undefined>();
  for (const [key, { first: node }] of over) {
    const match = under.get(key);
    if (match === undefined) {
      // An item that differs in whether it has one of the keys counts as the same, but is not found
      // to be merged: the patch is lost.
      if (![...under.keys()].some((other) => isCompatible(key, other)))
        merged.set(key, cleansed(node, itemShape));
    } else
      merged.set(
        key,
        match.first === match.last && !isReplaced(node)
          ? merge(match.first, node, itemShape)
          : match.last,
      );
  }
  const untouched = [...under].filter(([key]) => !merged.has(key));
  // With several keys the items of the base keep their order, with one the patch's order comes
  // first (`appendListNode`).
  const changed = [...merged].filter(([key]) => used.length === 1 || !under.has(key));
  const rest = (used.length === 1 ? untouched : [...under]).map(
    ([key, { last }]) => [key, merged.has(key) ? merged.get(key) : last] as const,
  );
  const result = [...changed, ...rest].flatMap(([, node]) => (node === undefined ? [] : [node]));
  return { ...base, items: result };
}

/**
 * The keys that any of the items has; the others are left out of all comparisons (`validateKeys`).
 */
function keysInUse(keys: readonly string[], items: readonly Node[]): readonly string[] {
  const used = keys.filter((key) => items.some((item) => textOf(childOf(item, key)) !== undefined));
  if (used.length === 0 && items.length > 0)
    throw new Inapplicable(`an item of a list lacks its merge key "${keys[0] ?? ''}"`);
  return used;
}

const separator = '\n';

/**
 * Where several items share their keys, the last one is what remains of them once a patch touches
 * the list.
 */
interface KeyedItem {
  readonly first: Node;
  readonly last: Node;
}

function byKeys(items: readonly Node[], keys: readonly string[]): Map<string, KeyedItem> {
  const found = new Map<string, KeyedItem>();
  for (const item of items) {
    const key = keys.map((name) => textOf(childOf(item, name)) ?? '').join(separator);
    found.set(key, { first: found.get(key)?.first ?? item, last: item });
  }
  return found;
}

/** `mergeValues`: they agree in one key, and in the others as far as both have them. */
function isCompatible(a: string, b: string): boolean {
  const [left, right] = [a.split(separator), b.split(separator)];
  return (
    left.some((part, index) => part === right[index]) &&
    left.every((part, index) => part === right[index] || part === '' || right[index] === '')
  );
}

/**
 * `$patch: replace` in an item is without effect: the item that it should replace is put back
 * (`appendListNode`).
 */
function isReplaced(patch: Node): boolean {
  return patch.type === 'map' && directiveOf(patch) === 'replace';
}

function uniqueTexts(items: readonly Node[]): Node[] {
  return [...new Map(items.map((item) => [textOf(item) ?? '', item])).values()];
}
