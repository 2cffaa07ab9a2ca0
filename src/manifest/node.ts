/**
 * The tree of one YAML or JSON document, after aliases and merge keys: what `kubectl` decodes, with
 * every key and value still knowing its place. Two readers make it (plain.ts for the common subset,
 * yaml.ts for all of YAML) and nothing behind them can tell which one did.
 */
import type { Json, JsonObject, Path } from '../kubernetes/json.ts';
import { setOwn } from '../own.ts';
import type { Range, SourceFile } from './source.ts';

export type Node = ScalarNode | MapNode | SeqNode;

/** What all nodes have. */
interface Placed {
  readonly range: Range;
  /**
   * The file that this node and everything below it lies in, where that is another one than its
   * parent's: kustomize puts trees together.
   */
  readonly file?: SourceFile;
}

export interface ScalarNode extends Placed {
  readonly type: 'scalar';
  readonly value: null | boolean | number | string;
  /** Plain scalars are resolved by YAML 1.1's rules; quoted and block ones are always strings. */
  readonly style: 'plain' | 'quoted' | 'block';
}

export interface Entry {
  /** The key as JSON has it: `on:` is "true", `1:` is "1". */
  readonly key: string;
  /** In the file of the value. */
  readonly keyRange: Range;
  readonly value: Node;
  /** Brought in by a merge key (`<<`): the ranges are those of the anchored text. */
  readonly merged?: true;
}

/**
 * A key given twice in one mapping; the last one wins (sigs.k8s.io/yaml is not strict), so `first`
 * is lost.
 */
export interface DuplicateKey {
  readonly key: string;
  readonly first: Range;
  readonly second: Range;
}

export interface MapNode extends Placed {
  readonly type: 'map';
  /**
   * In the order of the text; of a key given twice only the last entry is here. A merge key
   * overrides the explicit keys above it, the ones below it win.
   */
  readonly entries: readonly Entry[];
}

export interface SeqNode extends Placed {
  readonly type: 'seq';
  readonly items: readonly Node[];
}

export function entryOf(node: Node | undefined, key: string): Entry | undefined {
  if (node?.type !== 'map') return undefined;
  return node.entries.find((entry) => entry.key === key);
}

export function childOf(node: Node | undefined, step: string | number): Node | undefined {
  if (node?.type === 'seq') return typeof step === 'number' ? node.items[step] : undefined;
  return entryOf(node, String(step))?.value;
}

/** What stands at a path; undefined where the path leaves the tree. */
export function nodeAt(root: Node, path: Path): Node | undefined {
  return path.reduce<Node | undefined>((node, step) => childOf(node, step), root);
}

/** A stretch of a file. */
export interface Located {
  readonly file: SourceFile;
  readonly range: Range;
}

/**
 * Where a path leads in a tree of one file: the value (or with `part: 'key'` the key). A path that
 * leaves the text, as to a field that was defaulted or forgotten, ends at the key of the deepest
 * part that exists.
 */
export function locate(root: Node, path: Path, part: 'key' | 'value' = 'value'): Range {
  return placeOf(undefined, root, path, part).range;
}

/**
 * The same for a tree that may have been put together from several files; what says nothing else
 * lies in `file`.
 */
export function locateAcross(
  file: SourceFile,
  root: Node,
  path: Path,
  part: 'key' | 'value' = 'value',
): Located {
  const { range, file: found = file } = placeOf(file, root, path, part);
  return { file: found, range };
}

interface PlaceOf {
  readonly file: SourceFile | undefined;
  readonly range: Range;
}

function placeOf(
  file: SourceFile | undefined,
  root: Node,
  path: Path,
  part: 'key' | 'value',
): PlaceOf {
  let node: Node = root;
  let within = root.file ?? file;
  let key: PlaceOf | undefined;
  for (const [depth, step] of path.entries()) {
    const entry = entryOf(node, String(step));
    const child = entry?.value ?? childOf(node, step);
    if (child === undefined) return key ?? firstKey(node, within);
    within = child.file ?? within;
    key = entry === undefined ? undefined : { file: within, range: entry.keyRange };
    if (depth === path.length - 1 && part === 'key' && key !== undefined) return key;
    node = child;
  }
  if (node.type !== 'scalar') return key ?? firstKey(node, within);
  return node.range[0] < node.range[1]
    ? { file: within, range: node.range }
    : (key ?? { file: within, range: node.range });
}

/** A mapping or list as a whole is too much to underline: its first key stands for it. */
function firstKey(node: Node, file: SourceFile | undefined): PlaceOf {
  const within = node.file ?? file;
  const [entry] = node.type === 'map' ? node.entries : [];
  if (entry !== undefined) return { file: entry.value.file ?? within, range: entry.keyRange };
  if (node.type === 'seq' && node.items[0] !== undefined) return firstKey(node.items[0], within);
  return { file: within, range: node.range };
}

/** The document as JSON, as the API server would receive it (before null values are dropped). */
export function toJson(node: Node): Json {
  if (node.type === 'scalar') return node.value;
  if (node.type === 'seq') return node.items.map(toJson);
  const result: JsonObject = {};
  for (const { key, value } of node.entries) setOwn(result, key, toJson(value));
  return result;
}
