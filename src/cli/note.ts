/** Remarks on stderr, wrapped where there is a terminal. */
import { harmless, printable } from '../report/safe-text.ts';
import { wrap } from '../report/text.ts';
import type { Output } from './io.ts';

export function noteLines(note: string, { columns }: Output): string {
  const label = 'note: ';
  const safe = printable(note);
  const lines = columns === undefined ? [safe] : wrap(safe, Math.max(30, columns - label.length));
  return lines
    .map((line, index) => harmless(`${index === 0 ? label : ' '.repeat(label.length)}${line}\n`))
    .join('');
}
