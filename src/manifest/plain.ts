/**
 * A fast reader for the plain part of YAML that nearly all manifests keep to. It either makes
 * exactly the tree that yaml.ts would make or declines: anchors, aliases, tags, merge keys, `? `
 * keys, tabs, templates and everything that is not beyond doubt are left to the full reader. In one
 * thing it can do more: quotes and brackets may go on in lines that are not indented, which go-yaml
 * takes and the `yaml` package does not.
 */
import { readBlockScalar } from './block-scalar.ts';
import type { DuplicateKey, Json, Node, ScalarNode } from './node.ts';
import { type Maker, TreeMaker, ValueMaker } from './plain-makers.ts';
import { quotedEnd, readQuoted } from './quoted-scalar.ts';
import { resolveKey, resolvePlain } from './scalars.ts';
import type { Range } from './source.ts';

export interface DocumentTree {
  /** Undefined: nothing but blanks and comments. */
  readonly root: Node | undefined;
  readonly duplicateKeys: readonly DuplicateKey[];
}

/** Thrown where the text leaves the plain subset; caught here, never seen outside. */
const declined = Symbol('declined');
/**
 * Thrown at a value that starts with `{{`: a mapping cannot be a key, so no reader would take it.
 */
const templated = Symbol('templated');

/**
 * go-yaml refuses some of these and takes others for line breaks; none occurs in an ordinary
 * manifest.
 */
const oddCharacter =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|\r(?!\n)/;

const deepest = 100;

const newline = 0x0a;
const space = 0x20;
const hash = 0x23;
const comma = 0x2c;
const dash = 0x2d;
const colon = 0x3a;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** Characters that a plain scalar cannot start with, or had better not. */
const notPlainFirst = new Uint8Array(128);
for (const char of ',[]{}#&*!|>\'"%@`?:\t') notPlainFirst[char.charCodeAt(0)] = 1;

/**
 * Reads the document at `range`; undefined if it is not plain enough, 'template' if it provably
 * cannot be read before it has been rendered. Ranges of comments are added to `comments`.
 */
export function readPlain(
  text: string,
  range: Range,
  comments?: Range[],
): DocumentTree | 'template' | undefined {
  const maker = new TreeMaker();
  const read = readWith(text, range, maker, comments);
  if (read === undefined || read === 'template') return read;
  return { root: read.root, duplicateKeys: maker.duplicateKeys };
}

export interface PlainValue {
  /** Undefined: nothing but blanks and comments. */
  readonly root: Json | undefined;
  /** Where it lies, as its tree would say. */
  readonly start: number;
  readonly end: number;
}

/**
 * The same document as JSON, without the places of its parts, which nobody needs of most: a third
 * of the work, and a tenth of the memory. 'repeated': a key is given twice, of which a tree tells.
 */
export function readPlainValue(
  text: string,
  range: Range,
): PlainValue | 'template' | 'repeated' | undefined {
  const maker = new ValueMaker();
  const read = readWith(text, range, maker);
  return typeof read === 'object' && maker.isRepeated ? 'repeated' : read;
}

function readWith<T, M>(
  text: string,
  range: Range,
  maker: Maker<T, M>,
  comments?: Range[],
): { root: T | undefined; start: number; end: number } | 'template' | undefined {
  if (
    oddCharacter.test(
      range[0] === 0 && range[1] === text.length ? text : text.slice(range[0], range[1]),
    )
  )
    return undefined;
  try {
    return new PlainReader(text, range, maker, comments).document();
  } catch (error) {
    if (error === declined) return undefined;
    if (error === templated) return 'template';
    throw error;
  }
}

/**
 * The cursor `at` stands on the first character of a token. Between values it stands on the first
 * character of the next line that says something,
 * `column` being how far that line is indented, or -1 at the end of the document.
 */
class PlainReader<T, M> {
  readonly #text: string;
  readonly #maker: Maker<T, M>;
  readonly #end: number;
  readonly #comments: Range[] | undefined;
  #at: number;
  #lineStart: number;
  #column = -1;
  #depth = 0;
  /** Where the value ends that was read last. */
  #valueEnd = 0;

  constructor(
    text: string,
    [start, end]: Range,
    maker: Maker<T, M>,
    comments: Range[] | undefined,
  ) {
    this.#text = text;
    this.#maker = maker;
    this.#end = end;
    this.#comments = comments;
    this.#at = start;
    this.#lineStart = start;
  }

  document(): { root: T | undefined; start: number; end: number } {
    this.#line(this.#at);
    const start = this.#at;
    if (this.#column === -1) return { root: undefined, start, end: start };
    const root = this.#block(-1);
    if (this.#column !== -1) throw declined;
    return { root, start, end: this.#valueEnd };
  }

  /** Moves to the next line with content, from `start`, where a line starts. */
  #line(start: number): void {
    const text = this.#text;
    for (let at = start; at < this.#end;) {
      this.#lineStart = at;
      while (text.charCodeAt(at) === space) at++;
      const char = at < this.#end ? text.charCodeAt(at) : newline;
      if (char === newline) at++;
      else if (char === 0x0d) at += 2;
      else if (char === hash) at = this.#comment(at);
      else {
        this.#at = at;
        this.#column = at - this.#lineStart;
        // What stands behind the end of the document is silently passed over.
        if (
          this.#depth > 0 &&
          this.#column === 0 &&
          text.startsWith('...', at) &&
          isBlank(text.charCodeAt(at + 3))
        )
          break;
        if (char === 0x09 || (this.#column === 0 && (text.startsWith('...', at) || char === 0x25)))
          throw declined;
        return;
      }
    }
    this.#at = this.#end;
    this.#column = -1;
  }

  /** Notes the comment at `at`, gives the start of the next line. */
  #comment(at: number): number {
    const lineEnd = this.#lineEnd(at);
    this.#comments?.push([at, this.#trimmed(at, lineEnd)]);
    return lineEnd + 1;
  }

  #lineEnd(at: number): number {
    const found = this.#text.indexOf('\n', at);
    return found === -1 || found > this.#end ? this.#end : found;
  }

  #trimmed(from: number, to: number): number {
    let end = to;
    while (end > from && this.#text.charCodeAt(end - 1) <= space) end--;
    return end;
  }

  /** Behind a value only blanks and a comment may follow; moves to the next line with content. */
  #finishLine(from: number, isText = false): void {
    let at = this.#blanks(from);
    // Behind plain text, and nowhere else for certain, a tab is a blank like any other.
    while (isText && this.#text.charCodeAt(at) === 0x09) at = this.#blanks(at + 1);
    const char = at < this.#end ? this.#text.charCodeAt(at) : newline;
    if (char === hash && at > from) this.#line(this.#comment(at));
    else if (char === newline || char === 0x0d) this.#line(char === newline ? at + 1 : at + 2);
    else throw declined;
  }

  #blanks(from: number): number {
    let at = from;
    while (this.#text.charCodeAt(at) === space) at++;
    return at;
  }

  /** Whether at `at` the line has nothing more than a comment. */
  #lineIsOver(at: number): boolean {
    const char = at < this.#end ? this.#text.charCodeAt(at) : newline;
    return char === newline || char === 0x0d || char === hash;
  }

  /** Whatever starts at the cursor, inside a collection indented by `parent`. */
  #block(parent: number): T {
    if (this.#isDash(this.#at)) return this.#sequence(this.#at - this.#lineStart);
    const keyEnd = this.#keyEnd(this.#at);
    return keyEnd === -1 ? this.#inline(parent) : this.#mapping(this.#at - this.#lineStart, keyEnd);
  }

  #isDash(at: number): boolean {
    if (this.#text.charCodeAt(at) !== dash) return false;
    const next = at + 1 < this.#end ? this.#text.charCodeAt(at + 1) : newline;
    if (next === 0x09) throw declined;
    return next === space || next === newline || next === 0x0d;
  }

  /** The offset of the colon of a key at `at`, or -1 where there is a value instead. */
  #keyEnd(at: number): number {
    const text = this.#text;
    const first = text.charCodeAt(at);
    if (first === 0x22 || first === 0x27) {
      const lineEnd = this.#lineEnd(at);
      const close = quotedEnd(text, at);
      if (close === -1 || close > lineEnd) return -1;
      const end = this.#blanks(close);
      return text.charCodeAt(end) === colon && isBlank(text.charCodeAt(end + 1)) ? end : -1;
    }
    if (first === openBracket || first === openBrace || first === 0x7c || first === 0x3e) return -1;
    if (first < 128 && notPlainFirst[first] === 1) throw declined;
    for (let end = at; end < this.#end; end++) {
      const char = text.charCodeAt(end);
      if (char === colon && isBlank(text.charCodeAt(end + 1))) return end;
      if (char === newline) return -1;
      if (char === hash && text.charCodeAt(end - 1) <= space) return -1;
    }
    return -1;
  }

  #mapping(column: number, firstKeyEnd: number): T {
    if (++this.#depth > deepest) throw declined;
    const map = this.#maker.mapping();
    const start = this.#at;
    let keyEnd = firstKeyEnd;
    for (;;) {
      const keyStart = this.#at;
      const trimmed = this.#trimmed(keyStart, keyEnd);
      const key = this.#key(keyStart, trimmed);
      const value = this.#value(keyEnd + 1, column);
      this.#maker.add(map, key, keyStart, trimmed, value);
      if (this.#column !== column) break;
      if (this.#isDash(this.#at)) throw declined;
      keyEnd = this.#keyEnd(this.#at);
      if (keyEnd === -1) throw declined;
    }
    if (this.#column > column) throw declined;
    this.#depth--;
    return this.#maker.endMapping(map, start, this.#valueEnd);
  }

  #key(from: number, to: number): string {
    const first = this.#text.charCodeAt(from);
    if (first === 0x22 || first === 0x27) return String(this.#quoted().value);
    const source = this.#text.slice(from, to);
    const key = source === '<<' ? undefined : resolveKey(source);
    if (key === undefined) throw declined;
    return key;
  }

  /** The value behind the colon of a key in a mapping indented by `column`. */
  #value(behindColon: number, column: number): T {
    this.#at = this.#blanks(behindColon);
    if (!this.#lineIsOver(this.#at)) {
      if (this.#isDash(this.#at)) throw declined;
      return this.#inline(column);
    }
    this.#finishLine(behindColon);
    if (this.#column > column) return this.#block(column);
    if (this.#column === column && this.#isDash(this.#at)) return this.#sequence(column);
    return this.#nothing(behindColon);
  }

  /** The null of a key or dash with nothing behind it. */
  #nothing(at: number): T {
    this.#valueEnd = at;
    return this.#maker.plain(null, at, at);
  }

  #sequence(column: number): T {
    if (++this.#depth > deepest) throw declined;
    const items: T[] = [];
    const start = this.#at;
    do {
      const behindDash = this.#at + 1;
      this.#at = this.#blanks(behindDash);
      if (this.#lineIsOver(this.#at)) {
        this.#finishLine(behindDash);
        items.push(this.#column > column ? this.#block(column) : this.#nothing(behindDash));
      } else items.push(this.#block(column));
    } while (this.#column === column && this.#isDash(this.#at));
    if (this.#column > column) throw declined;
    this.#depth--;
    return this.#maker.sequence(items, start, this.#valueEnd);
  }

  /**
   * A scalar or flow collection that starts at the cursor and is not a key; moves on to the next
   * line behind it.
   */
  #inline(parent: number): T {
    const first = this.#text.charCodeAt(this.#at);
    if (first === 0x7c || first === 0x3e) {
      const scalar = readBlockScalar(this.#text, this.#at, this.#end, parent);
      if (scalar === undefined) throw declined;
      if (scalar.comment !== undefined) this.#comments?.push(scalar.comment);
      this.#line(scalar.next);
      this.#valueEnd = scalar.node.range[1];
      return this.#maker.scalar(scalar.node);
    }
    if (first === 0x22 || first === 0x27) {
      const node = this.#quoted();
      this.#finishLine(node.range[1]);
      this.#valueEnd = node.range[1];
      return this.#maker.scalar(node);
    }
    if (first === openBracket || first === openBrace) {
      if (first === openBrace && this.#text.charCodeAt(this.#at + 1) === openBrace) throw templated;
      const node = this.#flow();
      this.#finishLine(this.#at);
      return node;
    }
    return this.#plain(parent);
  }

  #quoted(): ScalarNode {
    const node = readQuoted(this.#text, this.#at, this.#end);
    if (node === undefined) throw declined;
    return node;
  }

  #plain(parent: number): T {
    const text = this.#text;
    const start = this.#at;
    const first = text.charCodeAt(start);
    // `:8080` and `?*` are text; `: ` and `? ` are not.
    const isIndicator = first < 128 && notPlainFirst[first] === 1;
    if (isIndicator && ((first !== colon && first !== 0x3f) || isBlank(text.charCodeAt(start + 1))))
      throw declined;
    let end = this.#plainLine(start);
    let source = text.slice(start, end);
    for (;;) {
      const over = this.#blanks(end);
      const isCommented = text.charCodeAt(over) === hash && over < this.#end;
      const behind = end;
      this.#finishLine(behind, true);
      if (this.#column <= parent || this.#column === -1) break;
      // Continued on the next line: one break folds to a blank, more to one less.
      if (isCommented || parent === -1) throw declined;
      if (this.#isDash(this.#at) || text.charCodeAt(this.#at) === hash) throw declined;
      const gap = text.slice(behind, this.#at);
      if (gap.includes('#')) throw declined;
      const breaks = gap.split('\n').length - 1;
      end = this.#plainLine(this.#at);
      source += (breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)) + text.slice(this.#at, end);
    }
    const value = resolvePlain(source);
    if (typeof value === 'number' && !Number.isFinite(value)) throw declined;
    this.#valueEnd = end;
    return this.#maker.plain(value, start, end);
  }

  /** The end of what a plain scalar has on this line. */
  #plainLine(start: number): number {
    const text = this.#text;
    let end = start;
    for (; end < this.#end; end++) {
      const char = text.charCodeAt(end);
      if (char === newline) break;
      if (char === colon && isBlank(text.charCodeAt(end + 1))) throw declined;
      if (char === hash && text.charCodeAt(end - 1) <= space) {
        if (text.charCodeAt(end - 1) !== space) throw declined;
        break;
      }
    }
    if (end === this.#end && text.charCodeAt(end - 1) === colon) throw declined;
    return this.#trimmed(start, end);
  }

  #trimmedOfBlanks(from: number, to: number): number {
    const end = this.#trimmed(from, to);
    for (let at = end; at < to; at++) if (this.#text.charCodeAt(at) === 0x09) throw declined;
    return end;
  }

  /** A flow collection; the cursor ends behind its closing bracket. */
  #flow(): T {
    if (++this.#depth > deepest) throw declined;
    const start = this.#at;
    const isMap = this.#text.charCodeAt(start) === openBrace;
    const map = this.#maker.mapping();
    const items: T[] = [];
    const close = isMap ? closeBrace : closeBracket;
    this.#at = this.#flowBlanks(start + 1);
    while (this.#text.charCodeAt(this.#at) !== close) {
      if (isMap) this.#flowEntry(map);
      else items.push(this.#flowValue());
      this.#at = this.#flowBlanks(this.#at);
      const char = this.#text.charCodeAt(this.#at);
      if (char === comma) this.#at = this.#flowBlanks(this.#at + 1);
      else if (char !== close) throw declined;
    }
    if (this.#at >= this.#end) throw declined;
    this.#at++;
    this.#depth--;
    this.#valueEnd = this.#at;
    return isMap
      ? this.#maker.endMapping(map, start, this.#at)
      : this.#maker.sequence(items, start, this.#at);
  }

  #flowEntry(map: M): void {
    const { range, style, value } = this.#flowScalar(true);
    const at = this.#blanks(range[1]);
    if (this.#text.charCodeAt(at) !== colon) throw declined;
    const isQuoted = style === 'quoted';
    if (!isBlank(this.#text.charCodeAt(at + 1)) && !isQuoted) throw declined;
    const key = isQuoted ? String(value) : this.#key(...range);
    this.#at = this.#flowBlanks(at + 1);
    const char = this.#text.charCodeAt(this.#at);
    const isOver = char === comma || char === closeBrace;
    this.#maker.add(map, key, ...range, isOver ? this.#nothing(at + 1) : this.#flowValue());
  }

  #flowValue(): T {
    const char = this.#text.charCodeAt(this.#at);
    if (char === openBrace || char === openBracket) return this.#flow();
    const node = this.#flowScalar(false);
    this.#at = node.range[1];
    this.#valueEnd = this.#at;
    return this.#maker.scalar(node);
  }

  #flowScalar(isKey: boolean): ScalarNode {
    const text = this.#text;
    const start = this.#at;
    const first = text.charCodeAt(start);
    if (first === 0x22 || first === 0x27) {
      const node = this.#quoted();
      if (isKey && text.slice(start, node.range[1]).includes('\n')) throw declined;
      return node;
    }
    if (
      (first < 128 && notPlainFirst[first] === 1) ||
      (first === dash && isFlowEnd(text.charCodeAt(start + 1)))
    )
      throw declined;
    let end = start;
    for (; end < this.#end; end++) {
      const char = text.charCodeAt(end);
      if (char === comma || char === closeBrace || char === closeBracket || char === newline) break;
      if (char === openBrace || char === openBracket || char === 0x3f) throw declined;
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

  /** Blanks, line breaks and comments inside a flow collection. */
  #flowBlanks(from: number): number {
    const text = this.#text;
    let at = from;
    while (at < this.#end) {
      const char = text.charCodeAt(at);
      if (char === hash && at > from && text.charCodeAt(at - 1) <= space)
        at = this.#comment(at) - 1;
      else if (char === newline) {
        this.#lineStart = at + 1;
        at = this.#blanks(at + 1);
        const next = text.charCodeAt(at);
        if (at === this.#lineStart && (next === dash || next === 0x2e)) throw declined;
      } else if (char === space || char === 0x0d) at++;
      else return at;
    }
    throw declined;
  }
}

/** A blank, a line break or the end of the text. A tab counts: what follows it is then declined. */
function isBlank(char: number): boolean {
  return char <= space || Number.isNaN(char);
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
