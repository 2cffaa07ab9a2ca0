/** Collections in brackets and braces, and keys, of plain YAML. */
import {
  carriageReturn,
  closeBrace,
  closeBracket,
  colon,
  comma,
  dash,
  dot,
  hash,
  isBlank,
  isQuote,
  newline,
  openBrace,
  openBracket,
  questionMark,
  space,
  tab,
} from './characters.ts';
import type { ScalarNode } from './node.ts';
import { declined, Lines } from './plain-lines.ts';
import type { Maker } from './plain-makers.ts';
import { readQuoted } from './quoted-scalar.ts';
import { resolveKey, resolvePlain } from './scalars.ts';
import type { Range } from './source.ts';

export const deepest = 100;

/** Characters that a plain scalar cannot start with, or had better not. */
const notPlainFirst = new Uint8Array(128);
for (const char of ',[]{}#&*!|>\'"%@`?:\t') notPlainFirst[char.charCodeAt(0)] = 1;

export function cannotBegin(char: number): boolean {
  return char < 128 && notPlainFirst[char] === 1;
}

/** Makes values `T`, see plain-makers.ts. */
export class FlowReader<T, M> extends Lines {
  protected readonly maker: Maker<T, M>;
  /** Where the value ends that was read last. */
  protected valueEnd = 0;

  constructor(text: string, range: Range, maker: Maker<T, M>, comments: Range[] | undefined) {
    super(text, range, comments);
    this.maker = maker;
  }

  /** A flow collection; the cursor ends behind its closing bracket. */
  protected flow(): T {
    if (++this.depth > deepest) throw declined;
    const start = this.at;
    const isMap = this.text.charCodeAt(start) === openBrace;
    const map = this.maker.mapping();
    const items: T[] = [];
    const close = isMap ? closeBrace : closeBracket;
    this.at = this.#flowBlanks(start + 1);
    while (this.text.charCodeAt(this.at) !== close) {
      if (isMap) this.#flowEntry(map);
      else items.push(this.#flowValue());
      this.at = this.#flowBlanks(this.at);
      const char = this.text.charCodeAt(this.at);
      if (char === comma) this.at = this.#flowBlanks(this.at + 1);
      else if (char !== close) throw declined;
    }
    if (this.at >= this.end) throw declined;
    this.at++;
    this.depth--;
    this.valueEnd = this.at;
    return isMap
      ? this.maker.endMapping(map, start, this.at)
      : this.maker.sequence(items, start, this.at);
  }

  #flowEntry(map: M): void {
    const { range, style, value } = this.#flowScalar(true);
    const at = this.behindBlanks(range[1]);
    if (this.text.charCodeAt(at) !== colon) throw declined;
    const isQuoted = style === 'quoted';
    if (!isBlank(this.text.charCodeAt(at + 1)) && !isQuoted) throw declined;
    const key = isQuoted ? String(value) : this.key(...range);
    this.at = this.#flowBlanks(at + 1);
    const char = this.text.charCodeAt(this.at);
    const isOver = char === comma || char === closeBrace;
    this.maker.add(map, key, ...range, isOver ? this.nothing(at + 1) : this.#flowValue());
  }

  #flowValue(): T {
    const char = this.text.charCodeAt(this.at);
    if (char === openBrace || char === openBracket) return this.flow();
    const node = this.#flowScalar(false);
    this.at = node.range[1];
    this.valueEnd = this.at;
    return this.maker.scalar(node);
  }

  #flowScalar(isKey: boolean): ScalarNode {
    const text = this.text;
    const start = this.at;
    const first = text.charCodeAt(start);
    if (isQuote(first)) {
      const node = this.quoted();
      if (isKey && text.slice(start, node.range[1]).includes('\n')) throw declined;
      return node;
    }
    if (cannotBegin(first) || (first === dash && isFlowEnd(text.charCodeAt(start + 1))))
      throw declined;
    let end = start;
    for (; end < this.end; end++) {
      const char = text.charCodeAt(end);
      if (char === comma || char === closeBrace || char === closeBracket || char === newline) break;
      if (char === openBrace || char === openBracket || char === questionMark) throw declined;
      if (char === colon && isFlowEnd(text.charCodeAt(end + 1))) {
        if (!isKey) throw declined;
        break;
      }
      if (char === hash && text.charCodeAt(end - 1) <= space) break;
    }
    end = this.#trimmedOfBlanks(start, end);
    const value = isKey ? '' : resolvePlain(text.slice(start, end));
    if (end === start || (typeof value === 'number' && !Number.isFinite(value))) throw declined;
    return { type: 'scalar', range: [start, end], value, style: 'plain' };
  }

  #trimmedOfBlanks(from: number, to: number): number {
    const end = this.trimmed(from, to);
    for (let at = end; at < to; at++) if (this.text.charCodeAt(at) === tab) throw declined;
    return end;
  }

  /** Blanks, line breaks and comments inside a flow collection. */
  #flowBlanks(from: number): number {
    const text = this.text;
    let at = from;
    while (at < this.end) {
      const char = text.charCodeAt(at);
      if (char === hash && at > from && text.charCodeAt(at - 1) <= space)
        at = this.passComment(at) - 1;
      else if (char === newline) {
        this.lineStart = at + 1;
        at = this.behindBlanks(at + 1);
        const next = text.charCodeAt(at);
        if (at === this.lineStart && (next === dash || next === dot)) throw declined;
      } else if (char === space || char === carriageReturn) at++;
      else return at;
    }
    throw declined;
  }

  protected key(from: number, to: number): string {
    const first = this.text.charCodeAt(from);
    if (isQuote(first)) return String(this.quoted().value);
    const source = this.text.slice(from, to);
    const key = source === '<<' ? undefined : resolveKey(source);
    if (key === undefined) throw declined;
    return key;
  }

  protected quoted(): ScalarNode {
    const node = readQuoted(this.text, this.at, this.end);
    if (node === undefined) throw declined;
    return node;
  }

  /** The null of a key or dash with nothing behind it. */
  protected nothing(at: number): T {
    this.valueEnd = at;
    return this.maker.plain(null, at, at);
  }
}

function isFlowEnd(char: number): boolean {
  return (
    isBlank(char) ||
    char === comma ||
    char === openBracket ||
    char === closeBracket ||
    char === openBrace ||
    char === closeBrace
  );
}
