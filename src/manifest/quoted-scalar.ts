/** Scalars in single and double quotes: go-yaml v2 scannerc.go, `yaml_parser_scan_flow_scalar`. */
import { getOwn } from '../own.ts';
import { withoutTrailing } from '../text/trim.ts';
import { backslash, doubleQuote, singleQuote } from './characters.ts';
import type { ScalarNode } from './node.ts';

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};

const escape = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([^]))/g;

/** Reads the quoted scalar at `start`; undefined if it does not end or is odd in any way. */
export function readQuoted(text: string, start: number, end: number): ScalarNode | undefined {
  const isDouble = text.charCodeAt(start) === doubleQuote;
  const close = quotedEnd(text, start) - 1;
  if (close < 0 || close >= end) return undefined;
  const source = text.slice(start + 1, close);
  const lines = source.includes('\n') ? foldLines(source, isDouble) : source;
  if (lines === undefined) return undefined;
  const value = !isDouble
    ? lines.replaceAll("''", "'")
    : lines.includes('\\')
      ? unescaped(lines)
      : lines;
  return value === undefined
    ? undefined
    : { type: 'scalar', range: [start, close + 1], value, style: 'quoted' };
}

/** Behind the closing quote of the scalar at `start`, or -1. */
export function quotedEnd(text: string, start: number): number {
  const close =
    text.charCodeAt(start) === doubleQuote
      ? doubleEnd(text, start + 1)
      : singleEnd(text, start + 1);
  return close === -1 ? -1 : close + 1;
}

function singleEnd(text: string, from: number): number {
  let at = text.indexOf("'", from);
  while (at !== -1 && text.charCodeAt(at + 1) === singleQuote) at = text.indexOf("'", at + 2);
  return at;
}

function doubleEnd(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (at - backslashes > from && text.charCodeAt(at - backslashes - 1) === backslash)
      backslashes++;
    if (backslashes % 2 === 0) return at;
  }
  return -1;
}

/** One line break folds to a blank, more to one less; blanks around them go. */
function foldLines(source: string, isDouble: boolean): string | undefined {
  const lines = source.split(/\r?\n/);
  let result = withoutTrailing(lines[0] ?? '', ' \t');
  let empty = 0;
  // Only double quotes know the escaped line break.
  if (isDouble && /\\[ \t]+\r?\n/.test(source)) return undefined;
  for (const [index, line] of lines.entries()) {
    if (index === 0) continue;
    const isLast = index === lines.length - 1;
    const content = line.trimStart();
    if (content === '' && !isLast) {
      empty++;
      continue;
    }
    if (
      /^ *\t/.test(line) ||
      (content !== '' && line.startsWith(content) && /^(---|\.\.\.)/.test(line))
    )
      return undefined;
    const isJoined = isDouble && empty === 0 && endsInEscape(result);
    if (isDouble && empty > 0 && endsInEscape(result)) return undefined;
    if (isJoined) result = result.slice(0, -1);
    else result += empty === 0 ? ' ' : '\n'.repeat(empty);
    result += isLast ? content : withoutTrailing(content, ' \t');
    empty = 0;
  }
  return result;
}

/**
 * Whether the text ends in a backslash that is not itself escaped: the line break behind it goes,
 * and the blanks around that.
 */
function endsInEscape(text: string): boolean {
  let start = text.length;
  while (text.charCodeAt(start - 1) === backslash) start--;
  return (text.length - start) % 2 === 1;
}

/**
 * With escapes replaced; undefined for unknown ones and for halves of surrogate pairs, which YAML
 * does not have.
 */
function unescaped(source: string): string | undefined {
  let isOdd = false;
  const value = source.replace(escape, (_, x?: string, u?: string, U?: string, char?: string) => {
    const hex = x ?? u ?? U;
    if (hex !== undefined) {
      const code = Number.parseInt(hex, 16);
      if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) isOdd = true;
      else return String.fromCodePoint(code);
    }
    const plain = char === undefined ? undefined : getOwn(escapes, char);
    if (plain === undefined) isOdd = true;
    return plain ?? '';
  });
  return isOdd ? undefined : value;
}
