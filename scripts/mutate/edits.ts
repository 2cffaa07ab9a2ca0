/** Edits to the text of a manifest, and where an offset into the edited text was before. */
import type { TextEdit } from '../../src/lint/diagnostic.ts';
import { scalarText } from '../../src/lint/fixes/scalar-text.ts';
import { type Entry, entryOf, type MapNode, type ScalarNode } from '../../src/manifest/node.ts';

/** `edits` must not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let from = 0;
  for (const { range, text: replacement } of sorted(edits)) {
    result += text.slice(from, range[0]) + replacement;
    from = range[1];
  }
  return result + text.slice(from);
}

/**
 * From the edited text to the original one; an offset inside of what was put in leads into what it
 * replaced.
 */
export function originalOffset(offset: number, edits: readonly TextEdit[]): number {
  let shift = 0;
  for (const { range, text } of sorted(edits)) {
    const start = range[0] + shift;
    if (offset < start) break;
    if (offset < start + text.length)
      return Math.min(range[0] + (offset - start), Math.max(range[0], range[1] - 1));
    shift += text.length - (range[1] - range[0]);
  }
  return offset - shift;
}

function sorted(edits: readonly TextEdit[]): TextEdit[] {
  return [...edits].sort((a, b) => a.range[0] - b.range[0]);
}

/** Another value with the quotes of the one that stands there. */
export function replaceScalar(
  text: string,
  { range }: Pick<ScalarNode, 'range'>,
  value: string | number,
): TextEdit {
  return { range, text: scalarText(value, text.slice(...range)) };
}

/**
 * Takes an entry out: its lines in block style, itself and a comma in flow style. Undefined for
 * what stands otherwise.
 */
export function removeEntry(text: string, map: MapNode, key: string): TextEdit | undefined {
  const entry = entryOf(map, key);
  if (entry === undefined || entry.merged === true) return undefined;
  const [start, end] = [entry.keyRange[0], entry.value.range[1]];
  if (isFlow(text, map)) {
    const comma = /^\s*,\s*/.exec(text.slice(end));
    if (comma !== null) return { range: [start, end + comma[0].length], text: '' };
    const before = /,\s*$/.exec(text.slice(0, start));
    return { range: [start - (before?.[0].length ?? 0), end], text: '' };
  }
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  if (text.slice(lineStart, start).trim() !== '') return undefined;
  const lineEnd = text.indexOf('\n', end);
  return { range: [lineStart, lineEnd === -1 ? text.length : lineEnd + 1], text: '' };
}

/** Puts `key: value` behind an entry that is there. */
export function insertAfter(
  text: string,
  map: MapNode,
  { keyRange, value }: Entry,
  key: string,
  inserted: string,
): TextEdit {
  const end = value.range[1];
  if (isFlow(text, map)) {
    const quote = text.charAt(keyRange[0]) === '"' ? '"' : '';
    return { range: [end, end], text: `, ${quote}${key}${quote}: ${quote}${inserted}${quote}` };
  }
  const column = keyRange[0] - (text.lastIndexOf('\n', keyRange[0] - 1) + 1);
  return { range: [end, end], text: `\n${' '.repeat(column)}${key}: ${inserted}` };
}

function isFlow(text: string, map: MapNode): boolean {
  return text.charAt(map.range[0]) === '{';
}
