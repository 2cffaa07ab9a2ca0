/** A line of source with a pointer below it. */
import type { Range, SourceFile } from '../manifest/source.ts';
import { printable } from './safe-text.ts';
import type { Style } from './style.ts';
import { displayWidth, wrap } from './text.ts';

export interface FrameOptions {
  /** Columns in all. */
  readonly width: number;
  /** Columns for line numbers. */
  readonly gutter: number;
  readonly style: Style;
  /** Colours the pointer and what it says. */
  readonly paint: (text: string) => string;
}

/** Too little room beside the pointer: what it says goes below. */
const leastRoom = 34;

export function sourceFrame(
  file: SourceFile,
  range: Range,
  message: string,
  { width, gutter, style, paint }: FrameOptions,
): string[] {
  const { line, column } = file.position(range[0]);
  const bar = (number: string): string => style.dim(`  ${number.padStart(gutter)} | `);
  const room = width - gutter - 5;
  const { text, before, marked } = cut(file.line(line), column - 1, range[1] - range[0], room);
  const carets = '^'.repeat(Math.max(1, marked));
  const lines = [`${bar(String(line))}${text}`];
  const beside = room - before - carets.length - 1;
  if (beside >= Math.min(leastRoom, displayWidth(message))) {
    const [first = '', ...rest] = wrap(message, beside);
    lines.push(`${bar('')}${' '.repeat(before)}${paint(`${carets} ${first}`)}`.trimEnd());
    for (const more of rest)
      lines.push(`${bar('')}${' '.repeat(before + carets.length + 1)}${paint(more)}`);
  } else {
    lines.push(`${bar('')}${' '.repeat(before)}${paint(carets)}`);
    const indent = Math.min(before, Math.max(0, room - 60));
    for (const more of wrap(message, room - indent))
      lines.push(`${bar('')}${' '.repeat(indent)}${paint(more)}`);
  }
  return lines;
}

interface Cut {
  readonly text: string;
  /** Columns in front of what is pointed at. */
  readonly before: number;
  /** Columns pointed at. */
  readonly marked: number;
}

/**
 * The part of a line that fits, around what is pointed at; `…` stands for what is left out. A range
 * over several lines is pointed at in its first.
 */
function cut(line: string, start: number, length: number, room: number): Cut {
  const head = printable(line.slice(0, start));
  const mark = printable(line.slice(start, start + length)).trimEnd();
  const tail = printable(line.slice(start + length));
  const whole = {
    text: (head + mark + tail).trimEnd(),
    before: displayWidth(head),
    marked: displayWidth(mark),
  };
  if (displayWidth(whole.text) <= room) return whole;
  const shownMark = fit(mark, Math.max(1, Math.floor(room / 2)));
  const keep = Math.max(0, Math.floor((room - displayWidth(shownMark)) / 2) - 1);
  const shownHead = displayWidth(head) <= keep ? head : `…${lastColumns(head, keep - 1)}`;
  const shownTail = fit(tail, room - displayWidth(shownHead) - displayWidth(shownMark));
  return {
    text: shownHead + shownMark + shownTail,
    before: displayWidth(shownHead),
    marked: displayWidth(shownMark),
  };
}

function fit(text: string, room: number): string {
  if (displayWidth(text) <= room) return text;
  let shown = '';
  for (const character of text) {
    if (displayWidth(shown + character) >= room) break;
    shown += character;
  }
  return `${shown}…`;
}

function lastColumns(text: string, room: number): string {
  let shown = '';
  for (const character of [...text].reverse()) {
    if (displayWidth(shown + character) > room) break;
    shown = character + shown;
  }
  return shown;
}
