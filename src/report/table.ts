/** Columns as kubectl aligns them: three blanks between, the last one as long as it likes. */
import { largest } from '../lists.ts';
import { printable } from './safe-text.ts';
import { displayWidth, padEnd, wrap } from './text.ts';

/** The last column is not squeezed into less: then what does not fit stands below its row. */
const leastRoom = 30;
const indent = '    ';

/**
 * `width`: where there is a terminal, the last column is wrapped to what is left of it; otherwise a
 * row is a line.
 */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  width?: number,
): string {
  const cells = [header, ...rows].map((row) => row.map(printable));
  const widths = header.map((_, column) =>
    largest(cells.map((row) => displayWidth(row[column] ?? ''))),
  );
  const before = widths.slice(0, -1).reduce((sum, column) => sum + column + 3, 0);
  const room = width === undefined ? Infinity : width - before;
  return cells
    .map((row, index) => {
      const front = row
        .slice(0, -1)
        .map((cell, column) => padEnd(cell, widths[column] ?? 0) + '   ');
      const last = row.at(-1) ?? '';
      if (room < leastRoom && width !== undefined && displayWidth(last) > room) {
        const inLine = `${front.join('').trimEnd()}   ${last}`.trimEnd();
        if (last === '' || (index === 0 && displayWidth(inLine) <= width)) return `${inLine}\n`;
        return [front.join(''), ...wrap(last, width - indent.length).map((line) => indent + line)]
          .map((line) => `${line.trimEnd()}\n`)
          .join('');
      }
      const [first = '', ...more] =
        room === Infinity ? [row.at(-1) ?? ''] : wrap(row.at(-1) ?? '', room);
      return [`${front.join('')}${first}`, ...more.map((line) => `${' '.repeat(before)}${line}`)]
        .map((line) => `${line.trimEnd()}\n`)
        .join('');
    })
    .join('');
}
