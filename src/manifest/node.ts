/**
 * The tree of one YAML or JSON document, after aliases and merge keys: what `kubectl` decodes, with every key and value still knowing its place.
 * Two readers make it (plain.ts for the common subset, yaml.ts for all of YAML) and nothing behind them can tell which one did.
 */
import type { Range } from './source.ts';

export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

export type Node = ScalarNode | MapNode | SeqNode;

export interface ScalarNode {
  readonly type: 'scalar';
  readonly range: Range;
  readonly value: null | boolean | number | string;
  /** Plain scalars are resolved by YAML 1.1's rules; quoted and block ones are always strings. */
  readonly style: 'plain' | 'quoted' | 'block';
}

export interface Entry {
  /** The key as JSON has it: `on:` is "true", `1:` is "1". */
  readonly key: string;
  readonly keyRange: Range;
  readonly value: Node;
  /** Brought in by a merge key (`<<`): the ranges are those of the anchored text. */
  readonly merged?: true;
}

/** A key given twice in one mapping; the last one wins (sigs.k8s.io/yaml is not strict), so `first` is lost. */
export interface DuplicateKey {
  readonly key: string;
  readonly first: Range;
  readonly second: Range;
}

export interface MapNode {
  readonly type: 'map';
  readonly range: Range;
  /** In the order of the text; of a key given twice only the last entry is here. A merge key overrides the explicit keys above it, the ones below it win. */
  readonly entries: readonly Entry[];
}

export interface SeqNode {
  readonly type: 'seq';
  readonly range: Range;
  readonly items: readonly Node[];
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object, or undefined where there is anything else. */
export function asJsonObject(value: Json | undefined): JsonObject | undefined {
  return isJsonObject(value) ? value : undefined;
}

/** A path into an object: names of fields and indexes of lists. */
export type Path = readonly (string | number)[];

export function entryOf(node: Node | undefined, key: string): Entry | undefined {
  if (node?.type !== 'map') return undefined;
  return node.entries.find((entry) => entry.key === key);
}

export function childOf(node: Node | undefined, step: string | number): Node | undefined {
  if (node?.type === 'seq') return typeof step === 'number' ? node.items[step] : undefined;
  return entryOf(node, String(step))?.value;
}

/**
 * Where a path leads: the value (or with `part: 'key'` the key). A path that leaves the text, as to a field that was
 * defaulted or forgotten, ends at the key of the deepest part that exists.
 */
export function locate(root: Node, path: Path, part: 'key' | 'value' = 'value'): Range {
  let node: Node = root;
  let keyRange: Range | undefined;
  for (const [depth, step] of path.entries()) {
    const entry = entryOf(node, String(step));
    const child = entry?.value ?? childOf(node, step);
    if (child === undefined) return keyRange ?? firstKey(node);
    keyRange = entry?.keyRange;
    if (depth === path.length - 1 && part === 'key' && keyRange !== undefined) return keyRange;
    node = child;
  }
  return node.type === 'scalar' && node.range[0] < node.range[1]
    ? node.range
    : node.type === 'scalar'
      ? (keyRange ?? node.range)
      : (keyRange ?? firstKey(node));
}

/** A mapping or list as a whole is too much to underline: its first key stands for it. */
function firstKey(node: Node): Range {
  if (node.type === 'map') return node.entries[0]?.keyRange ?? node.range;
  if (node.type === 'seq' && node.items[0] !== undefined) return firstKey(node.items[0]);
  return node.range;
}

/** The document as JSON, as the API server would receive it (before null values are dropped). */
export function toJson(node: Node): Json {
  if (node.type === 'scalar') return node.value;
  if (node.type === 'seq') return node.items.map(toJson);
  const result: JsonObject = {};
  for (const { key, value } of node.entries) {
    if (key === '__proto__')
      Object.defineProperty(result, key, { value: toJson(value), enumerable: true, configurable: true, writable: true });
    else result[key] = toJson(value);
  }
  return result;
}
