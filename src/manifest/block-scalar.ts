/**
 * Literal (`|`) and folded (`>`) scalars: go-yaml v2 scannerc.go, `yaml_parser_scan_block_scalar`.
 */
import { carriageReturn, newline, space, tab } from './characters.ts';
import type { ScalarNode } from './node.ts';
import type { Range } from './source.ts';

export interface BlockScalar {
  readonly node: ScalarNode;
  /** Behind the indicators. */
  readonly comment?: Range;
  /** The start of the line behind the scalar. */
  readonly next: number;
}

const header = /([|>])([-+]?)([1-9]?)([-+]?)(?: *| +(#.*))\r?(?:\n|$)/y;

/**
 * Reads the block scalar at `start` whose parent is indented by `parent` (-1 for the document
 * itself); undefined if there is any doubt.
 */
export function readBlockScalar(
  text: string,
  start: number,
  end: number,
  parent: number,
): BlockScalar | undefined {
  header.lastIndex = start;
  const match = header.exec(text);
  if (match === null || (match[2] !== '' && match[4] !== '')) return undefined;
  const [whole, style, before, explicit, after, remark] = match;
  const first = Math.min(start + whole.length, end);
  const indent =
    explicit === ''
      ? detectIndent(text, first, end, parent)
      : Math.max(parent, 0) + Number(explicit);
  if (indent === undefined) return undefined;
  const lines: string[] = [];
  let next = first;
  let contentEnd =
    start + 1 + (before?.length ?? 0) + (explicit?.length ?? 0) + (after?.length ?? 0);
  while (next < end) {
    let at = next;
    const deepest = next + indent;
    while (at < deepest && text.charCodeAt(at) === space) at++;
    const found = text.indexOf('\n', at);
    const lineEnd = found === -1 || found > end ? end : found;
    const isShort = at < deepest;
    if (isShort && at < lineEnd && text.charCodeAt(at) !== carriageReturn) {
      if (text.charCodeAt(at) === tab) return undefined;
      break;
    }
    const last =
      text.charCodeAt(lineEnd - 1) === carriageReturn && lineEnd > at ? lineEnd - 1 : lineEnd;
    const line = text.slice(at, last);
    lines.push(line);
    next = lineEnd + 1;
    if (/\S/.test(line)) contentEnd = at + line.trimEnd().length;
  }
  const chomp = before === '' ? after : before;
  const value = style === '|' ? literal(lines) : folded(lines);
  const node: ScalarNode = {
    type: 'scalar',
    range: [start, contentEnd],
    value: chomped(value, lines, chomp),
    style: 'block',
  };
  const commentAt = start + whole.indexOf('#');
  return {
    node,
    next,
    ...(remark === undefined
      ? {}
      : { comment: [commentAt, commentAt + remark.trimEnd().length] as const }),
  };
}

/**
 * The indent of the first line that is not blank. A blank line longer than that, or a tab, is no
 * plain matter.
 */
function detectIndent(
  text: string,
  first: number,
  end: number,
  parent: number,
): number | undefined {
  let longest = 0;
  for (let lineStart = first; lineStart < end;) {
    let at = lineStart;
    while (text.charCodeAt(at) === space) at++;
    const char = at < end ? text.charCodeAt(at) : newline;
    if (char === tab) return undefined;
    if (char !== newline && char !== carriageReturn) {
      if (longest > at - lineStart) return undefined;
      return Math.max(at - lineStart, parent + 1, 1);
    }
    longest = Math.max(longest, at - lineStart);
    lineStart = at + (char === carriageReturn ? 2 : 1);
  }
  return Math.max(longest, parent + 1, 1);
}

/** The lines up to the last one that is not empty, each with its line break but the last. */
function literal(lines: readonly string[]): string {
  return lines.slice(0, contentLines(lines)).join('\n');
}

function contentLines(lines: readonly string[]): number {
  let count = lines.length;
  while (count > 0 && lines[count - 1] === '') count--;
  return count;
}

/**
 * A break between two lines that start with text becomes a blank, or vanishes before empty lines.
 */
function folded(lines: readonly string[]): string {
  const count = contentLines(lines);
  let result = '';
  let empty = 0;
  let previousIsBlank: boolean | undefined;
  for (let index = 0; index < count; index++) {
    const line = lines[index] ?? '';
    if (line === '') {
      empty++;
      continue;
    }
    const isBlank = line.startsWith(' ') || line.startsWith('\t');
    if (previousIsBlank === undefined) result += '\n'.repeat(empty);
    else if (isBlank || previousIsBlank) result += '\n'.repeat(empty + 1);
    else result += empty === 0 ? ' ' : '\n'.repeat(empty);
    result += line;
    previousIsBlank = isBlank;
    empty = 0;
  }
  return result;
}

/**
 * `-` drops the last line break, `+` keeps all. kubectl ends every line with a break, also the last
 * of the file.
 */
function chomped(value: string, lines: readonly string[], chomp: string | undefined): string {
  if (chomp === '-') return value;
  const content = contentLines(lines);
  if (chomp === '+') return value + '\n'.repeat(lines.length - content + (content > 0 ? 1 : 0));
  return content > 0 ? `${value}\n` : '';
}
