/**
 * A rule's page for a terminal: headings, paragraphs, lists, tables and code; not all of Markdown.
 */
import { largest, pushAll } from '../lists.ts';
import type { Style } from './style.ts';
import { displayWidth, padEnd, wrap } from './text.ts';

/** A last column is not squeezed into less. */
const leastRoom = 30;

export function markdown(text: string, { style, width }: { style: Style; width: number }): string {
  const lines: string[] = [];
  const paragraph: string[] = [];
  const rows: string[][] = [];
  let code = false;
  const flush = (): void => {
    if (paragraph.length > 0)
      pushAll(
        lines,
        wrap(withUrls(paragraph.join(' ')), width).map((line) => inline(line, style)),
      );
    if (rows.length > 0) pushAll(lines, tableLines(rows, style, width));
    paragraph.length = 0;
    rows.length = 0;
  };
  for (const line of text.replace(/<!--[^<>]*-->\n?/g, '').split(/\r?\n/)) {
    if (line.startsWith('```')) {
      flush();
      code = !code;
    } else if (code) lines.push(style.dim(`    ${line}`));
    else if (line.startsWith('|')) {
      if (!/^[|\s:-]+$/.test(line))
        rows.push(
          line
            .split('|')
            .slice(1, -1)
            .map((cell) => cell.trim()),
        );
    } else if (/^#+ /.test(line)) {
      flush();
      lines.push(style.bold(line.replace(/^#+ /, '')));
    } else if (/^\s*([-*]|\d+\.) /.test(line)) {
      flush();
      const [, indent = '', mark = '-', rest = ''] = /^(\s*)([-*]|\d+\.) (.*)$/.exec(line) ?? [];
      const prefix = `${indent}${mark} `;
      pushAll(
        lines,
        wrap(withUrls(rest), width - prefix.length).map((part, index) =>
          inline(`${index === 0 ? prefix : ' '.repeat(prefix.length)}${part}`, style),
        ),
      );
    } else if (line.trim() === '') {
      flush();
      lines.push('');
    } else paragraph.push(line.trim());
  }
  flush();
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

/** Links with their addresses behind them; before lines are broken, for it makes them longer. */
function withUrls(text: string): string {
  return text.replace(/\[([^\][]+)\]\(([^()]+)\)/g, (_, label: string, url: string) =>
    label === url ? url : `${label} (${url})`,
  );
}

function inline(text: string, style: Style): string {
  return text
    .replace(/\*\*([^*]+)\*\*/g, (_, strong: string) => style.bold(strong))
    .replace(/`([^`]+)`/g, (_, code: string) => style.blue(code));
}

/** A table of two rows reads better as a list of facts. */
function tableLines(rows: readonly (readonly string[])[], style: Style, width: number): string[] {
  const [header = [], ...body] = rows;
  const plain = (cell: string): string => cell.replace(/[`*]/g, '');
  if (body.length === 1) {
    const first = largest(header.map((cell) => displayWidth(plain(cell))));
    return header.flatMap((cell, column) =>
      wrap(withUrls(body[0]?.[column] ?? ''), Math.max(leastRoom, width - first - 2)).map(
        (line, index) =>
          `${index === 0 ? style.dim(padEnd(plain(cell), first)) : ' '.repeat(first)}  ` +
          `${inline(line, style)}`,
      ),
    );
  }
  const widths = header.map((_, column) =>
    largest(rows.map((row) => displayWidth(plain(row[column] ?? '')))),
  );
  const before = widths.slice(0, -1).reduce((sum, column) => sum + column + 2, 0);
  return rows.flatMap((row, index) => {
    const front = row
      .slice(0, -1)
      .map((cell, column) => `${padEnd(plain(cell), widths[column] ?? 0)}  `);
    const [first = '', ...more] = wrap(
      plain(row.at(-1) ?? ''),
      Math.max(leastRoom, width - before),
    );
    return [
      `${front.join('')}${first}`.trimEnd(),
      ...more.map((line) => ' '.repeat(before) + line),
    ].map((line) => (index === 0 ? style.bold(line) : line));
  });
}
