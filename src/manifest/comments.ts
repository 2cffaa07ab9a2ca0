/** The comments of a document, found when they are asked for: hardly any file needs them. */
import { Lexer } from 'yaml';
import type { ManifestDocument } from './manifest.ts';
import { readPlain } from './plain.ts';
import type { Range } from './source.ts';

export interface Comment {
  /** From the `#` to the end of the text on its line. */
  readonly range: Range;
  /** With the `#`. */
  readonly text: string;
}

/**
 * All comments between a document's separators, in order. A `#` inside quotes or a block scalar
 * starts none.
 */
export function commentsOf({ file: { text }, range }: ManifestDocument): readonly Comment[] {
  const ranges: Range[] = [];
  const isPlain = typeof readPlain(text, range, ranges) === 'object';
  return (isPlain ? ranges : lexedComments(text, range)).map((found) => ({
    range: found,
    text: text.slice(...found),
  }));
}

/**
 * Marks of the lexer that stand for no text: document start, end of a flow collection, scalar
 * follows.
 */
const marks = new Set(['\u0002', '\u0018', '\u001f']);

function lexedComments(text: string, range: Range): Range[] {
  const ranges: Range[] = [];
  let at = range[0];
  let isScalar = false;
  for (const lexeme of new Lexer().lex(text.slice(...range))) {
    if (marks.has(lexeme)) {
      isScalar = lexeme === '\u001f';
      continue;
    }
    if (lexeme.startsWith('#') && !isScalar) ranges.push([at, at + lexeme.trimEnd().length]);
    isScalar = false;
    at += lexeme.length;
  }
  return ranges;
}
