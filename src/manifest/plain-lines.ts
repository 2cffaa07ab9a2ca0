/** Going from line to line of plain YAML. */
import { carriageReturn, hash, isBlank, newline, percent, space, tab } from './characters.ts';
import type { Range } from './source.ts';

/** Thrown where the text leaves the plain subset; caught in plain.ts, never seen outside. */
export const declined = Symbol('declined');

/**
 * The cursor `at` stands on the first character of a token. Between values it stands on the first
 * character of the next line that says something, `column` being how far that line is indented, or
 * -1 at the end of the document.
 */
export class Lines {
  protected readonly text: string;
  /** Of the document. */
  protected readonly end: number;
  protected readonly comments: Range[] | undefined;
  protected at: number;
  protected lineStart: number;
  protected column = -1;
  /** How many collections are open. */
  protected depth = 0;

  /** @param comments to which the ranges of comments are added */
  constructor(text: string, [start, end]: Range, comments: Range[] | undefined) {
    this.text = text;
    this.end = end;
    this.comments = comments;
    this.at = start;
    this.lineStart = start;
  }

  /** Moves to the next line with content, from `start`, where a line starts. */
  protected nextLine(start: number): void {
    const text = this.text;
    for (let at = start; at < this.end;) {
      this.lineStart = at;
      while (text.charCodeAt(at) === space) at++;
      const char = at < this.end ? text.charCodeAt(at) : newline;
      if (char === newline) at++;
      else if (char === carriageReturn) at += 2;
      else if (char === hash) at = this.passComment(at);
      else {
        this.at = at;
        this.column = at - this.lineStart;
        // What stands behind the end of the document is silently passed over.
        if (
          this.depth > 0 &&
          this.column === 0 &&
          text.startsWith('...', at) &&
          isBlank(text.charCodeAt(at + 3))
        )
          break;
        if (char === tab || (this.column === 0 && (text.startsWith('...', at) || char === percent)))
          throw declined;
        return;
      }
    }
    this.at = this.end;
    this.column = -1;
  }

  /** Notes the comment at `at`, gives the start of the next line. */
  protected passComment(at: number): number {
    const lineEnd = this.lineEnd(at);
    this.comments?.push([at, this.trimmed(at, lineEnd)]);
    return lineEnd + 1;
  }

  protected lineEnd(at: number): number {
    const found = this.text.indexOf('\n', at);
    return found === -1 || found > this.end ? this.end : found;
  }

  protected trimmed(from: number, to: number): number {
    let end = to;
    while (end > from && this.text.charCodeAt(end - 1) <= space) end--;
    return end;
  }

  /** Behind a value only blanks and a comment may follow; moves to the next line with content. */
  protected finishLine(from: number, isText = false): void {
    let at = this.behindBlanks(from);
    // Behind plain text, and nowhere else for certain, a tab is a blank like any other.
    while (isText && this.text.charCodeAt(at) === tab) at = this.behindBlanks(at + 1);
    const char = at < this.end ? this.text.charCodeAt(at) : newline;
    if (char === hash && at > from) this.nextLine(this.passComment(at));
    else if (char === newline || char === carriageReturn)
      this.nextLine(char === newline ? at + 1 : at + 2);
    else throw declined;
  }

  protected behindBlanks(from: number): number {
    let at = from;
    while (this.text.charCodeAt(at) === space) at++;
    return at;
  }

  /** Whether at `at` the line has nothing more than a comment. */
  protected lineIsOver(at: number): boolean {
    const char = at < this.end ? this.text.charCodeAt(at) : newline;
    return char === newline || char === carriageReturn || char === hash;
  }
}
