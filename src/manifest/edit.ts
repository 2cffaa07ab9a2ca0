/**
 * Changed copies of trees: what is not on the way to a change is shared with the original, which
 * may be part of other units.
 */
import type { MapNode, Node, ScalarNode } from './node.ts';
import type { Range, SourceFile } from './source.ts';

/** The node, knowing by itself which file it lies in. */
export function inFile<N extends Node>(node: N, file: SourceFile): N {
  return node.file === undefined ? { ...node, file } : node;
}

/**
 * The map with a value at a key, replaced where it stands or else behind all others; `keyRange` is
 * in the file of the value.
 */
export function withEntry(map: MapNode, key: string, keyRange: Range, value: Node): MapNode {
  const known = map.entries.some((entry) => entry.key === key);
  const entries = known
    ? map.entries.map((entry) => (entry.key === key ? { key, keyRange, value } : entry))
    : [...map.entries, { key, keyRange, value }];
  return { ...map, entries };
}

/**
 * The map with another value behind a key that it has: the key stays where it is, so the value is
 * one made of what stood there.
 */
export function withValue(map: MapNode, key: string, value: Node): MapNode {
  return {
    ...map,
    entries: map.entries.map((entry) => (entry.key === key ? { ...entry, value } : entry)),
  };
}

export function without(map: MapNode, key: string): MapNode {
  return { ...map, entries: map.entries.filter((entry) => entry.key !== key) };
}

/** Another text at the same place, as a prefix makes of a name. */
export function withText(node: ScalarNode, value: string): ScalarNode {
  return { ...node, value };
}

export function isNull(node: Node | undefined): boolean {
  return node?.type === 'scalar' && node.value === null;
}

/** The text of a scalar, as kustomize compares it; undefined where there is nothing of the kind. */
export function textOf(node: Node | undefined): string | undefined {
  return node?.type === 'scalar' && node.value !== null ? String(node.value) : undefined;
}

export function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.type === 'seq' ? node.items : [];
}
