/**
 * What an object of a manifest holds: as values, which everything looks at, and as a tree, which
 * knows the place of each of them and is ten times as large. Where one is at hand, the other is
 * made when it is asked for: most objects need no tree, for nothing is to be said of them.
 */
import { asJsonObject, type JsonObject } from '../kubernetes/json.ts';
import { type MapNode, toJson } from './node.ts';
import { readPlain, readPlainValue } from './plain.ts';
import type { Range, SourceFile } from './source.ts';

export interface Content {
  readonly value: JsonObject;
  /** May be another one each time, with the same places: the text is read again for it. */
  readonly node: MapNode;
  /** Of the node. */
  readonly range: Range;
  /** In which all of it lies, where that is known without its tree. */
  readonly file?: SourceFile;
  /** Nobody is likely to ask for its values again: they are read again if somebody does. */
  release?(): void;
}

/** Of a tree. `more`: fields that are not in it. */
export function contentOf(node: MapNode, more: JsonObject = {}): Content {
  return new TreeContent(node, () => ({ ...(toJson(node) as JsonObject), ...more }));
}

/** A tree with these values. */
export function withTree({ value }: Pick<Content, 'value'>, node: MapNode): Content {
  return { value, node, range: node.range };
}

/**
 * Of a plain document whose values were read; it lies at `range`, its object from `start` to `end`.
 */
export function plainContent(
  file: SourceFile,
  range: Range,
  value: JsonObject,
  start: number,
  end: number,
): Content {
  return new PlainContent(file, range, value, start, end);
}

class TreeContent implements Content {
  readonly node: MapNode;
  readonly #valueOf: () => JsonObject;
  #value: JsonObject | undefined;

  constructor(node: MapNode, valueOf: () => JsonObject) {
    this.node = node;
    this.#valueOf = valueOf;
  }

  get value(): JsonObject {
    this.#value ??= this.#valueOf();
    return this.#value;
  }

  get range(): Range {
    return this.node.range;
  }
}

class PlainContent implements Content {
  #value: JsonObject | undefined;
  readonly file: SourceFile;
  readonly #range: Range;
  readonly #start: number;
  readonly #end: number;
  #node: MapNode | undefined;

  constructor(file: SourceFile, range: Range, value: JsonObject, start: number, end: number) {
    this.#value = value;
    this.file = file;
    this.#range = range;
    this.#start = start;
    this.#end = end;
  }

  get value(): JsonObject {
    this.#value ??= valueOf(this.file, this.#range);
    return this.#value;
  }

  get node(): MapNode {
    if (this.#node === undefined) {
      this.#node = treeOf(this.file, this.#range);
      keep(this);
    }
    return this.#node;
  }

  release(): void {
    this.#value = undefined;
  }

  forgetNode(): void {
    this.#node = undefined;
  }

  get range(): Range {
    return [this.#start, this.#end];
  }

  /** Characters of text. */
  get size(): number {
    return this.#end - this.#start;
  }
}

/** Those that have a tree, the oldest first. Where a finding stands is asked by several. */
const recent = new Set<PlainContent>();
/** Characters of their texts; a tree takes some ten times as many bytes. */
let recentSize = 0;
const mostRecent = 300_000;

function keep(content: PlainContent): void {
  recent.add(content);
  recentSize += content.size;
  for (const oldest of recent) {
    if (recentSize <= mostRecent || oldest === content) return;
    recent.delete(oldest);
    recentSize -= oldest.size;
    oldest.forgetNode();
  }
}

/** The tree of a plain document that is a mapping, read once more. */
export function treeOf(file: SourceFile, range: Range): MapNode {
  const tree = readPlain(file.text, range);
  if (tree === undefined || tree === 'template' || tree.root?.type !== 'map')
    throw readsOtherwise(file);
  return tree.root;
}

function valueOf(file: SourceFile, range: Range): JsonObject {
  const plain = readPlainValue(file.text, range);
  const value = typeof plain === 'object' ? asJsonObject(plain.root) : undefined;
  if (value === undefined) throw readsOtherwise(file);
  return value;
}

function readsOtherwise({ path }: SourceFile): Error {
  return new Error(`${path} reads otherwise the second time`);
}
