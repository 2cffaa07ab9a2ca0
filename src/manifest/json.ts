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

/**
 * Reads one JSON value from `start` on. Undefined if it is not JSON, or nested beyond reason.
 * @param onFault is told where that is, or where the value ends
 */
export function readJson(
  text: string,
  start: number,
  onFault?: (at: number) => void,
): JsonTree | undefined {
  const duplicateKeys: DuplicateKey[] = [];
  let at = start;
  let foundAt = start;

  /** The next token, or '' at the end of the text and where there is none. */
  function next(): string {
    foundAt = skipBlanks(text, at);
    token.lastIndex = foundAt;
    const found = token.exec(text)?.[0] ?? '';
    at = foundAt + found.length;
    return found;
  }

  /** The value that starts with the token just found. */
  function value(first: string, depth: number): Node | undefined {
    const from = foundAt;
    if (first === '{') return depth === 0 ? undefined : map(from, depth - 1);
    if (first === '[') return depth === 0 ? undefined : seq(from, depth - 1);
    if (first.startsWith('"'))
      return { type: 'scalar', range: [from, at], value: unquoted(first), style: 'quoted' };
    if (!/^[-0-9tfn]/.test(first)) return undefined;
    const parsed = JSON.parse(first) as number | boolean | null;
    if (typeof parsed === 'number' && !Number.isFinite(parsed)) return undefined;
    return { type: 'scalar', range: [from, at], value: parsed, style: 'plain' };
  }

  function map(from: number, depth: number): Node | undefined {
    const entries = new Map<string, Entry>();
    let found = next();
    while (found !== '}') {
      if (!found.startsWith('"')) return undefined;
      const key = unquoted(found);
      const keyRange = [foundAt, at] as const;
      const node = next() === ':' ? value(next(), depth) : undefined;
      if (node === undefined) return undefined;
      const before = entries.get(key);
      if (before !== undefined) {
        duplicateKeys.push({ key, first: before.keyRange, second: keyRange });
        entries.delete(key);
      }
      entries.set(key, { key, keyRange, value: node });
      found = afterItem('}');
      if (found === '') return undefined;
    }
    return { type: 'map', range: [from, at], entries: [...entries.values()] };
  }

  function seq(from: number, depth: number): Node | undefined {
    const items: Node[] = [];
    let found = next();
    while (found !== ']') {
      const node = value(found, depth);
      if (node === undefined) return undefined;
      items.push(node);
      found = afterItem(']');
      if (found === '') return undefined;
    }
    return { type: 'seq', range: [from, at], items };
  }

  /**
   * The closing bracket, or what follows a comma: the start of the next item. '' for anything else.
   */
  function afterItem(close: string): string {
    const found = next();
    if (found === close) return close;
    const following = found === ',' ? next() : '';
    return following === close ? '' : following;
  }

  const root = value(next(), mostNesting);
  onFault?.(root === undefined ? foundAt : skipBlanks(text, at));
  return root === undefined ? undefined : { root, duplicateKeys, end: at };
}

function unquoted(source: string): string {
  return source.includes('\\') ? (JSON.parse(source) as string) : source.slice(1, -1);
}

export function skipBlanks(text: string, from: number): number {
  blanks.lastIndex = from;
  return from + (blanks.exec(text)?.[0].length ?? 0);
}
