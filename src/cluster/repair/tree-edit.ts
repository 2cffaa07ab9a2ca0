/**
 * Edits of a tree by path, in changed copies: what a refused object becomes once it is repaired.
 * Every node keeps the place of the text that it stands for.
 */
import type { Path } from '../../kubernetes/json.ts';
import {
  childOf,
  type Entry,
  entryOf,
  type MapNode,
  type Node,
  type ScalarNode,
} from '../../manifest/node.ts';

/**
 * The tree with another node at a path; undefined takes it out, but not out of a list, whose other
 * items would move. As it was where the path leads nowhere.
 */
export function edited(
  root: MapNode,
  path: Path,
  change: (node: Node) => Node | undefined,
): MapNode {
  const changed = edit(root, path, change);
  return changed?.type === 'map' ? changed : root;
}

function edit(
  node: Node,
  [step, ...rest]: Path,
  change: (node: Node) => Node | undefined,
): Node | undefined {
  if (step === undefined) return change(node);
  if (node.type === 'seq') {
    if (typeof step !== 'number') return node;
    return {
      ...node,
      items: node.items.map((item, index) =>
        index === step ? (edit(item, rest, change) ?? item) : item,
      ),
    };
  }
  if (node.type === 'scalar') return node;
  return {
    ...node,
    entries: node.entries.flatMap((entry): Entry[] => {
      if (entry.key !== String(step)) return [entry];
      const value = edit(entry.value, rest, change);
      return value === undefined ? [] : [{ ...entry, value }];
    }),
  };
}

/** The tree with a key of another name, unless the map has that, too. */
export function renamed(root: MapNode, path: Path, name: string): MapNode {
  const key = String(path.at(-1));
  return edited(root, path.slice(0, -1), (map) =>
    map.type !== 'map' || entryOf(map, name) !== undefined
      ? map
      : {
          ...map,
          entries: map.entries.map((entry) =>
            entry.key === key ? { ...entry, key: name } : entry,
          ),
        },
  );
}

/**
 * The tree with an entry more in the map at a path; maps that are missing on the way are made. As
 * it was where something else stands in the way.
 */
export function added(root: MapNode, path: Path, entry: Entry): MapNode {
  const changed = add(root, path, entry);
  return changed?.type === 'map' ? changed : root;
}

/** Undefined where it cannot be. */
function add(node: Node, [step, ...rest]: Path, entry: Entry): Node | undefined {
  if (step === undefined) {
    return node.type === 'map' && entryOf(node, entry.key) === undefined
      ? { ...node, entries: [...node.entries, entry] }
      : undefined;
  }
  const inner = childOf(node, step);
  if (inner !== undefined) {
    const value = add(inner, rest, entry);
    return value && edit(node, [step], () => value);
  }
  if (node.type !== 'map' || typeof step === 'number') return undefined;
  const value = add({ type: 'map', entries: [], range: entry.value.range }, rest, entry);
  return value && { ...node, entries: [...node.entries, { ...entry, key: step, value }] };
}

/** A value that nobody wrote, at the place of another node. */
export function scalarAt(value: ScalarNode['value'], { range, file }: Node): ScalarNode {
  return { type: 'scalar', value, style: 'plain', range, ...(file !== undefined && { file }) };
}
