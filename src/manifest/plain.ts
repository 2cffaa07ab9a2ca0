/**
 * A fast reader for the plain part of YAML that nearly all manifests keep to. It either makes
 * exactly the tree that yaml.ts would make or declines: anchors, aliases, tags, merge keys, `? `
 * keys, tabs, templates and everything that is not beyond doubt are left to the full reader. In one
 * thing it can do more: quotes and brackets may go on in lines that are not indented, which go-yaml
 * takes and the `yaml` package does not.
 */
import type { Json } from '../kubernetes/json.ts';
import { readBlockScalar } from './block-scalar.ts';
import {
  carriageReturn,
  colon,
  dash,
  greaterThan,
  hash,
  isBlank,
  isQuote,
  newline,
  openBrace,
  openBracket,
  pipe,
  questionMark,
  space,
  tab,
} from './characters.ts';
import type { DuplicateKey, Node } from './node.ts';
import { cannotBegin, deepest, FlowReader } from './plain-flow.ts';
import { declined } from './plain-lines.ts';
import { type Maker, TreeMaker, ValueMaker } from './plain-makers.ts';
import { quotedEnd } from './quoted-scalar.ts';
import { resolvePlain } from './scalars.ts';
import type { Range } from './source.ts';

export interface DocumentTree {
  /** Undefined: nothing but blanks and comments. */
  readonly root: Node | undefined;
  readonly duplicateKeys: readonly DuplicateKey[];
}

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

/** Values that are told apart by lines and how these are indented. */
class PlainReader<T, M> extends FlowReader<T, M> {
  document(): { root: T | undefined; start: number; end: number } {
    this.nextLine(this.at);
    const start = this.at;
    if (this.column === -1) return { root: undefined, start, end: start };
    const root = this.#block(-1);
    if (this.column !== -1) throw declined;
    return { root, start, end: this.valueEnd };
  }

  /** Whatever starts at the cursor, inside a collection indented by `parent`. */
  #block(parent: number): T {
    if (this.#isDash(this.at)) return this.#sequence(this.at - this.lineStart);
    const keyEnd = this.#keyEnd(this.at);
    return keyEnd === -1 ? this.#inline(parent) : this.#mapping(this.at - this.lineStart, keyEnd);
  }

  #isDash(at: number): boolean {
    if (this.text.charCodeAt(at) !== dash) return false;
    const next = at + 1 < this.end ? this.text.charCodeAt(at + 1) : newline;
    if (next === tab) throw declined;
    return next === space || next === newline || next === carriageReturn;
  }

  /** The offset of the colon of a key at `at`, or -1 where there is a value instead. */
  #keyEnd(at: number): number {
    const text = this.text;
    const first = text.charCodeAt(at);
    if (isQuote(first)) {
      const lineEnd = this.lineEnd(at);
      const close = quotedEnd(text, at);
      if (close === -1 || close > lineEnd) return -1;
      const end = this.behindBlanks(close);
      return text.charCodeAt(end) === colon && isBlank(text.charCodeAt(end + 1)) ? end : -1;
    }
    if (first === openBracket || first === openBrace || first === pipe || first === greaterThan)
      return -1;
    if (cannotBegin(first)) throw declined;
    for (let end = at; end < this.end; end++) {
      const char = text.charCodeAt(end);
      if (char === colon && isBlank(text.charCodeAt(end + 1))) return end;
      if (char === newline) return -1;
      if (char === hash && text.charCodeAt(end - 1) <= space) return -1;
    }
    return -1;
  }

  #mapping(column: number, firstKeyEnd: number): T {
    if (++this.depth > deepest) throw declined;
    const map = this.maker.mapping();
    const start = this.at;
    let keyEnd = firstKeyEnd;
    for (;;) {
      const keyStart = this.at;
      const trimmed = this.trimmed(keyStart, keyEnd);
      const key = this.key(keyStart, trimmed);
      const value = this.#value(keyEnd + 1, column);
      this.maker.add(map, key, keyStart, trimmed, value);
      if (this.column !== column) break;
      if (this.#isDash(this.at)) throw declined;
      keyEnd = this.#keyEnd(this.at);
      if (keyEnd === -1) throw declined;
    }
    if (this.column > column) throw declined;
    this.depth--;
    return this.maker.endMapping(map, start, this.valueEnd);
  }

  /** The value behind the colon of a key in a mapping indented by `column`. */
  #value(behindColon: number, column: number): T {
    this.at = this.behindBlanks(behindColon);
    if (!this.lineIsOver(this.at)) {
      if (this.#isDash(this.at)) throw declined;
      return this.#inline(column);
    }
    this.finishLine(behindColon);
    if (this.column > column) return this.#block(column);
    if (this.column === column && this.#isDash(this.at)) return this.#sequence(column);
    return this.nothing(behindColon);
  }

  #sequence(column: number): T {
    if (++this.depth > deepest) throw declined;
    const items: T[] = [];
    const start = this.at;
    do {
      const behindDash = this.at + 1;
      this.at = this.behindBlanks(behindDash);
      if (this.lineIsOver(this.at)) {
        this.finishLine(behindDash);
        items.push(this.column > column ? this.#block(column) : this.nothing(behindDash));
      } else items.push(this.#block(column));
    } while (this.column === column && this.#isDash(this.at));
    if (this.column > column) throw declined;
    this.depth--;
    return this.maker.sequence(items, start, this.valueEnd);
  }

  /**
   * A scalar or flow collection that starts at the cursor and is not a key; moves on to the next
   * line behind it.
   */
  #inline(parent: number): T {
    const first = this.text.charCodeAt(this.at);
    if (first === pipe || first === greaterThan) {
      const scalar = readBlockScalar(this.text, this.at, this.end, parent);
      if (scalar === undefined) throw declined;
      if (scalar.comment !== undefined) this.comments?.push(scalar.comment);
      this.nextLine(scalar.next);
      this.valueEnd = scalar.node.range[1];
      return this.maker.scalar(scalar.node);
    }
    if (isQuote(first)) {
      const node = this.quoted();
      this.finishLine(node.range[1]);
      this.valueEnd = node.range[1];
      return this.maker.scalar(node);
    }
    if (first === openBracket || first === openBrace) {
      if (first === openBrace && this.text.charCodeAt(this.at + 1) === openBrace) throw templated;
      const node = this.flow();
      this.finishLine(this.at);
      return node;
    }
    return this.#plain(parent);
  }

  #plain(parent: number): T {
    const text = this.text;
    const start = this.at;
    const first = text.charCodeAt(start);
    // `:8080` and `?*` are text; `: ` and `? ` are not.
    const isIndicator = cannotBegin(first);
    if (
      isIndicator &&
      ((first !== colon && first !== questionMark) || isBlank(text.charCodeAt(start + 1)))
    )
      throw declined;
    let end = this.#plainLine(start);
    let source = text.slice(start, end);
    for (;;) {
      const over = this.behindBlanks(end);
      const isCommented = text.charCodeAt(over) === hash && over < this.end;
      const behind = end;
      this.finishLine(behind, true);
      if (this.column <= parent || this.column === -1) break;
      // Continued on the next line: one break folds to a blank, more to one less.
      if (isCommented || parent === -1) throw declined;
      if (this.#isDash(this.at) || text.charCodeAt(this.at) === hash) throw declined;
      const gap = text.slice(behind, this.at);
      if (gap.includes('#')) throw declined;
      const breaks = gap.split('\n').length - 1;
      end = this.#plainLine(this.at);
      source += (breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)) + text.slice(this.at, end);
    }
    const value = resolvePlain(source);
    if (typeof value === 'number' && !Number.isFinite(value)) throw declined;
    this.valueEnd = end;
    return this.maker.plain(value, start, end);
  }

  /** The end of what a plain scalar has on this line. */
  #plainLine(start: number): number {
    const text = this.text;
    let end = start;
    for (; end < this.end; end++) {
      const char = text.charCodeAt(end);
      if (char === newline) break;
      if (char === colon && isBlank(text.charCodeAt(end + 1))) throw declined;
      if (char === hash && text.charCodeAt(end - 1) <= space) {
        if (text.charCodeAt(end - 1) !== space) throw declined;
        break;
      }
    }
    if (end === this.end && text.charCodeAt(end - 1) === colon) throw declined;
    return this.trimmed(start, end);
  }
}
