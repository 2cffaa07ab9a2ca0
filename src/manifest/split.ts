/**
 * Where the documents of a YAML file lie: as kubectl splits them, by lines (apimachinery
 * pkg/util/yaml/decoder.go `YAMLReader.Read`).
 */
import type { Problem } from './manifest.ts';
import type { Range } from './source.ts';

export interface Chunk {
  /** From the line behind the separator up to the next separator. */
  readonly range: Range;
  /** Why kubectl cannot use what starts here. */
  readonly problem?: Problem;
}

/**
 * Splits `text` from `start` on. A line that begins with `---` separates, wherever it stands:
 * kubectl does not know that it is inside a block scalar. Chunks of blanks alone at either end are
 * left out.
 */
export function splitDocuments(text: string, start = 0): Chunk[] {
  const chunks: Chunk[] = [];
  let from = start;
  let problem: Problem | undefined;
  let first = true;
  for (;;) {
    const separator = nextSeparator(text, from, first);
    const to = separator ?? text.length;
    const edge = chunks.length === 0 || separator === undefined;
    if (problem !== undefined || !edge || !isBlank(text, from, to))
      chunks.push(problem === undefined ? { range: [from, to] } : { range: [from, to], problem });
    if (separator === undefined) return chunks;
    const lineEnd = endOfLine(text, separator);
    problem = separatorProblem(text, separator, lineEnd);
    from = Math.min(lineEnd + 1, text.length);
    first = lineEnd < text.length;
  }
}

/** The offset of the next line that begins with `---`. */
function nextSeparator(text: string, from: number, atLineStart: boolean): number | undefined {
  if (atLineStart && text.startsWith('---', from)) return from;
  const at = text.indexOf('\n---', from);
  return at === -1 ? undefined : at + 1;
}

function separatorProblem(text: string, separator: number, lineEnd: number): Problem | undefined {
  const rest = text.slice(separator + 3, lineEnd).trim();
  if (rest === '' || rest.startsWith('#')) return undefined;
  return {
    code: 'separator',
    message: 'only a comment may follow "---" on its line',
    range: [separator, separator + text.slice(separator, lineEnd).trimEnd().length],
    help: rest.startsWith('-')
      ? 'write exactly three dashes'
      : 'move what follows to the next line',
  };
}

export function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at === -1 ? text.length : at;
}

function isBlank(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (text.charCodeAt(at) > 0x20) return false;
  return true;
}
