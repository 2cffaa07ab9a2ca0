/** A tree that was read of a part of a text, at its place in the whole. */
import type { Node } from './node.ts';
import type { DocumentTree } from './plain.ts';
import type { Range } from './source.ts';

export function shifted([start, end]: Range, by: number): Range {
  return [start + by, end + by];
}

export function moved({ root, duplicateKeys }: DocumentTree, by: number): DocumentTree {
  return {
    root: root === undefined ? undefined : movedNode(root, by),
    duplicateKeys: duplicateKeys.map(({ key, first, second }) => ({
      key,
      first: shifted(first, by),
      second: shifted(second, by),
    })),
  };
}

function movedNode(node: Node, by: number): Node {
  const range = shifted(node.range, by);
  if (node.type === 'scalar') return { ...node, range };
  if (node.type === 'seq')
    return { ...node, range, items: node.items.map((item) => movedNode(item, by)) };
  return {
    ...node,
    range,
    entries: node.entries.map((entry) => ({
      ...entry,
      keyRange: shifted(entry.keyRange, by),
      value: movedNode(entry.value, by),
    })),
  };
}
