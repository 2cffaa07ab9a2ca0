/** A stream that starts with `{`, as apimachinery pkg/util/yaml/decoder.go reads it. */
import { readJson, skipBlanks } from './json.ts';
import type { Problem } from './manifest.ts';
import type { DocumentTree } from './plain.ts';
import type { Range } from './source.ts';
import { endOfLine } from './split.ts';

export type Parsed = DocumentTree | { readonly problem: Problem };

interface JsonStream {
  readonly values: readonly { readonly range: Range; readonly parsed: Parsed }[];
  /** The offset from which the rest is YAML. */
  readonly rest: number;
}

/**
 * Any number of values. Where that fails, kubectl from 1.34 on takes the rest for YAML unless more
 * than one value was JSON (`YAMLOrJSONDecoder.Decode`).
 */
export function readJsonStream(text: string, start: number): JsonStream {
  const values: { readonly range: Range; readonly parsed: Parsed }[] = [];
  let at = start;
  for (;;) {
    const from = skipBlanks(text, at);
    if (from === text.length) return { values, rest: text.length };
    const tree = readJson(text, from);
    if (tree === undefined)
      return values.length < 2
        ? { values, rest: nextLine(text, at) }
        : { values: [...values, strange(text, from)], rest: endOfStrange(text, from) };
    values.push({ range: [from, tree.end], parsed: tree });
    at = tree.end;
  }
}

/** The blanks up to the next line are dropped, so that a separator there is one. */
function nextLine(text: string, at: number): number {
  const lineEnd = endOfLine(text, at);
  return text.slice(at, lineEnd).trim() === '' ? Math.min(lineEnd + 1, text.length) : at;
}

/** What stands behind values and is none. */
function strange(text: string, from: number): JsonStream['values'][number] {
  const message = text.startsWith('---', from)
    ? 'no "---" can stand between JSON values'
    : 'this is not JSON as the text above it is';
  return {
    range: [from, Math.max(endOfStrange(text, from), from)],
    parsed: {
      problem: { code: 'syntax', message, range: [from, Math.min(from + 3, text.length)] },
    },
  };
}

function endOfStrange(text: string, from: number): number {
  const separator = text.startsWith('---', from) ? from : text.indexOf('\n---', from) + 1;
  return separator <= 0 ? text.length : separator;
}
