/** JSON patches (RFC 6902) as kustomize applies them (gopkg.in/evanphx/json-patch.v4 patch.go). */
import { withSortedKeys } from '../../kubernetes/json.ts';
import { inFile, textOf, withEntry, without, withValue } from '../../manifest/edit.ts';
import {
  childOf,
  type Entry,
  entryOf,
  type MapNode,
  type Node,
  type SeqNode,
  toJson,
} from '../../manifest/node.ts';
import type { SourceFile } from '../../manifest/source.ts';
import { Inapplicable } from './inapplicable.ts';

/**
 * The object after all operations of the patch, every node of which must know its file. `file` is
 * where the object lies.
 * @throws Inapplicable where an operation fails, as it would make kustomize fail.
 */
export function jsonPatch(object: MapNode, patch: SeqNode, file: SourceFile): MapNode {
  let root: Node = object;
  for (const operation of patch.items) root = applyOperation(root, operation, file);
  if (root.type !== 'map') throw new Inapplicable('it replaces the object by something else');
  return root;
}

function applyOperation(root: Node, operation: Node, file: SourceFile): Node {
  const op = textOf(childOf(operation, 'op')) ?? '';
  const path = pointer(operation, 'path');
  const entry = entryOf(operation, 'value');
  const value: Entry = entry ?? {
    key: 'value',
    keyRange: operation.range,
    value: inFile(
      { type: 'scalar', range: operation.range, value: null, style: 'plain' },
      operation.file ?? file,
    ),
  };
  const placed: Entry = { ...value, value: inFile(value.value, operation.file ?? file) };
  switch (op) {
    case 'add':
      return add(root, path, placed);
    case 'remove':
      return remove(root, path);
    case 'replace':
      return replace(root, path, placed);
    case 'move': {
      const from = pointer(operation, 'from');
      const moved = get(root, from, file);
      return add(remove(root, from), path, moved);
    }
    case 'copy':
      return add(root, path, get(root, pointer(operation, 'from'), file));
    case 'test':
      if (!equal(get(root, path, file).value, placed.value))
        throw new Inapplicable(`its test of ${shown(path)} fails`);
      return root;
    default:
      throw new Inapplicable(
        `"${op}" is not an operation of a JSON patch; legal values: add, copy, move, ` +
          'remove, replace, test',
      );
  }
}

function pointer(operation: Node, field: 'path' | 'from'): string[] {
  const text = textOf(childOf(operation, field));
  if (text === undefined) throw new Inapplicable(`an operation has no "${field}"`);
  if (text === '') return [];
  return text
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

const shown = (path: readonly string[]): string => `/${path.join('/')}`;

function add(root: Node, path: readonly string[], entry: Entry): Node {
  return changed(root, path, path, (parent, key) => {
    if (parent.type === 'map') return withEntry(parent, key, entry.keyRange, entry.value);
    const index = key === '-' ? parent.items.length : indexOf(parent.items.length + 1, key, path);
    return { ...parent, items: parent.items.toSpliced(index, 0, entry.value) };
  });
}

function remove(root: Node, path: readonly string[]): Node {
  return changed(root, path, path, (parent, key) => {
    if (parent.type === 'seq')
      return {
        ...parent,
        items: parent.items.toSpliced(indexOf(parent.items.length, key, path), 1),
      };
    if (entryOf(parent, key) === undefined)
      throw new Inapplicable(`there is no ${shown(path)} to remove`);
    return without(parent, key);
  });
}

/**
 * A field of a mapping need not be there (json-patch v4 only looks whether a list is long enough).
 */
function replace(root: Node, path: readonly string[], entry: Entry): Node {
  if (path.length === 0) return entry.value;
  return changed(root, path, path, (parent, key) => {
    if (parent.type === 'map') return withEntry(parent, key, entry.keyRange, entry.value);
    return {
      ...parent,
      items: parent.items.with(indexOf(parent.items.length, key, path), entry.value),
    };
  });
}

/** The tree with the parent of what `rest` leads to changed. */
function changed(
  node: Node,
  rest: readonly string[],
  path: readonly string[],
  edit: (parent: MapNode | SeqNode, key: string) => Node,
): Node {
  const [step, ...deeper] = rest;
  if (step === undefined || node.type === 'scalar')
    throw new Inapplicable(`${shown(path)} leads nowhere`);
  if (deeper.length === 0) return edit(node, step);
  if (node.type === 'seq') {
    const index = indexOf(node.items.length, step, path);
    return {
      ...node,
      items: node.items.with(index, changed(node.items[index] as Node, deeper, path, edit)),
    };
  }
  const child = entryOf(node, step);
  if (child === undefined)
    throw new Inapplicable(`${shown(path)} leads nowhere: there is no "${step}"`);
  return withValue(node, step, changed(child.value, deeper, path, edit));
}

/** The value at a path, knowing its file, for it is going to stand elsewhere. */
function get(root: Node, path: readonly string[], file: SourceFile): Entry {
  let node = root;
  let within = root.file ?? file;
  let keyRange = root.range;
  for (const step of path) {
    const entry = entryOf(node, step);
    const child =
      entry?.value ??
      (node.type === 'seq' ? node.items[indexOf(node.items.length, step, path)] : undefined);
    if (child === undefined) throw new Inapplicable(`there is no ${shown(path)}`);
    within = child.file ?? within;
    keyRange = entry?.keyRange ?? child.range;
    node = child;
  }
  return { key: path.at(-1) ?? '', keyRange, value: inFile(node, within) };
}

/** Negative ones count from the end (`SupportNegativeIndices`). */
function indexOf(length: number, step: string, path: readonly string[]): number {
  const index = /^[-+]?\d+$/.test(step) ? Number(step) : NaN;
  const found = index < 0 ? index + length : index;
  if (!(found >= 0 && found < length))
    throw new Inapplicable(`${shown(path)} leads nowhere: "${step}" is not an index of the list`);
  return found;
}

function equal(a: Node, b: Node): boolean {
  const [one, other] = [a, b].map((node) => JSON.stringify(withSortedKeys(toJson(node))));
  return one === other;
}
