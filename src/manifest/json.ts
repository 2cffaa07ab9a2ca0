/**
 * A strict reader for JSON that keeps positions: encoding/json, with which kubectl reads streams
 * that start with `{`.
 */
import { mostNesting } from '../text/limits.ts';
import type { DuplicateKey, Entry, Node } from './node.ts';

export interface JsonTree {
  readonly root: Node;
  readonly duplicateKeys: readonly DuplicateKey[];
  /** Behind the value. */
  readonly end: number;
}

const token =
  // eslint-disable-next-line no-control-regex -- JSON forbids them in strings
  /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null|[[\]{},:]/y;
const blanks = /[ \t\r\n]*/y;

/** Reads one JSON value from `start` on. Undefined if it is not JSON, or nested beyond reason. */
export function readJson(text: string, start: number): JsonTree | undefined {
  return new JsonReader(text, start).tree();
}

/** Where one JSON value from `start` on is not JSON, or where it ends. */
export function faultOfJson(text: string, start: number): number {
  const reader = new JsonReader(text, start);
  const tree = reader.tree();
  return tree === undefined ? reader.foundAt : skipBlanks(text, tree.end);
}

class JsonReader {
  readonly #text: string;
  readonly #duplicateKeys: DuplicateKey[] = [];
  /** Behind the token that was found last. */
  #at: number;
  /** Where it starts. */
  foundAt: number;

  constructor(text: string, start: number) {
    this.#text = text;
    this.#at = start;
    this.foundAt = start;
  }

  tree(): JsonTree | undefined {
    const root = this.#value(this.#next(), mostNesting);
    return root && { root, duplicateKeys: this.#duplicateKeys, end: this.#at };
  }

  /** The next token, or '' at the end of the text and where there is none. */
  #next(): string {
    this.foundAt = skipBlanks(this.#text, this.#at);
    token.lastIndex = this.foundAt;
    const found = token.exec(this.#text)?.[0] ?? '';
    this.#at = this.foundAt + found.length;
    return found;
  }

  /** The value that starts with the token just found. */
  #value(first: string, depth: number): Node | undefined {
    const from = this.foundAt;
    if (first === '{') return depth === 0 ? undefined : this.#map(from, depth - 1);
    if (first === '[') return depth === 0 ? undefined : this.#seq(from, depth - 1);
    const range = [from, this.#at] as const;
    if (first.startsWith('"'))
      return { type: 'scalar', range, value: unquoted(first), style: 'quoted' };
    if (!/^[-0-9tfn]/.test(first)) return undefined;
    const value = JSON.parse(first) as number | boolean | null;
    if (typeof value === 'number' && !Number.isFinite(value)) return undefined;
    return { type: 'scalar', range, value, style: 'plain' };
  }

  #map(from: number, depth: number): Node | undefined {
    const entries = new Map<string, Entry>();
    let found = this.#next();
    while (found !== '}') {
      if (!found.startsWith('"')) return undefined;
      const key = unquoted(found);
      const keyRange = [this.foundAt, this.#at] as const;
      const value = this.#next() === ':' ? this.#value(this.#next(), depth) : undefined;
      if (value === undefined) return undefined;
      const before = entries.get(key);
      if (before !== undefined) {
        this.#duplicateKeys.push({ key, first: before.keyRange, second: keyRange });
        entries.delete(key);
      }
      entries.set(key, { key, keyRange, value });
      found = this.#afterItem('}');
      if (found === '') return undefined;
    }
    return { type: 'map', range: [from, this.#at], entries: [...entries.values()] };
  }

  #seq(from: number, depth: number): Node | undefined {
    const items: Node[] = [];
    let found = this.#next();
    while (found !== ']') {
      const item = this.#value(found, depth);
      if (item === undefined) return undefined;
      items.push(item);
      found = this.#afterItem(']');
      if (found === '') return undefined;
    }
    return { type: 'seq', range: [from, this.#at], items };
  }

  /**
   * The closing bracket, or what follows a comma: the start of the next item. '' for anything else.
   */
  #afterItem(close: string): string {
    const found = this.#next();
    if (found === close) return close;
    const following = found === ',' ? this.#next() : '';
    return following === close ? '' : following;
  }
}

function unquoted(source: string): string {
  return source.includes('\\') ? (JSON.parse(source) as string) : source.slice(1, -1);
}

export function skipBlanks(text: string, from: number): number {
  blanks.lastIndex = from;
  return from + (blanks.exec(text)?.[0].length ?? 0);
}
