/** Remarks on stderr, wrapped where there is a terminal. */
import { wrap } from '../report/text.ts';
import type { Output } from './io.ts';

export function noteLines(note: string, { columns }: Output): string {
  const label = 'note: ';
  const lines = columns === undefined ? [note] : wrap(note, Math.max(30, columns - label.length));
  return lines
    .map((line, index) => `${index === 0 ? label : ' '.repeat(label.length)}${line}\n`)
    .join('');
}
