/**
 * Lists, as kubectl takes them apart: any object with a top-level `items` is one, whatever its
 * kind, and it is flattened one level deep (apimachinery pkg/apis/meta/v1/unstructured/helpers.go
 * `decode`, `decodeToList`; cli-runtime pkg/resource/visitor.go `FlattenListVisitor`).
 */
import { isNull } from './edit.ts';
import type { Problem } from './manifest.ts';
import { entryOf, type MapNode } from './node.ts';
import type { TypeMeta } from './skip.ts';
import { stringAt } from './type-meta.ts';

export interface ListItem extends TypeMeta {
  readonly node: MapNode;
  /** The item says neither apiVersion nor kind: both come from the list. */
  readonly inherited: boolean;
}

export interface FlattenedList {
  readonly items: readonly ListItem[];
  /** With no items at all the whole list is lost, otherwise some items of it. */
  readonly problem?: Problem;
}

export function isList(root: MapNode): boolean {
  return entryOf(root, 'items') !== undefined;
}

/** The items of a list of the given type. */
export function flattenList(root: MapNode, { apiVersion, kind }: TypeMeta): FlattenedList {
  const list = entryOf(root, 'items');
  if (list === undefined || isNull(list.value)) return { items: [] };
  if (list.value.type !== 'seq')
    return lost('"items" makes this a list, but it is not a list of objects', list.keyRange);
  const items: ListItem[] = [];
  let problem: Problem | undefined;
  for (const item of list.value.items) {
    if (item.type !== 'map' && !isNull(item))
      return lost('an item of a list must be an object', item.range);
    const node: MapNode =
      item.type === 'map' ? item : { type: 'map', range: item.range, entries: [] };
    const nested = entryOf(node, 'items');
    if (nested?.value.type === 'seq')
      return lost('a List inside a List: kubectl drops the whole outer one', nested.keyRange);
    const own = {
      apiVersion: stringAt(node, 'apiVersion') ?? '',
      kind: stringAt(node, 'kind') ?? '',
    };
    const inherited = own.apiVersion === '' && own.kind === '';
    const type = inherited ? { apiVersion, kind: kind.replace(/List$/, '') } : own;
    if (type.kind === '' || type.apiVersion === '') {
      const missing = type.kind === '' ? 'kind' : 'apiVersion';
      problem ??= {
        code: 'type-meta',
        message: `an item of the list has no ${missing}`,
        range: startOf(node),
        help: 'an item inherits both from a typed list only, never from kind: List',
      };
    } else items.push({ ...type, node, inherited });
  }
  return problem === undefined ? { items } : { items, problem };
}

function lost(message: string, range: Problem['range']): FlattenedList {
  return {
    items: [],
    problem: {
      code: 'list',
      message,
      range,
      help: 'write the objects as documents of their own, or as items of one list',
    },
  };
}

function startOf(node: MapNode): Problem['range'] {
  return node.entries[0]?.keyRange ?? node.range;
}
