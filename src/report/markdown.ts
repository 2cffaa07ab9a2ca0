/**
 * A rule's page for a terminal: headings, paragraphs, lists, tables and code; not all of Markdown.
 */
import { largest, pushAll } from '../lists.ts';
import { plainStyle, type Style } from './style.ts';
import { displayWidth, padEnd, wrap } from './text.ts';

/** A last column is not squeezed into less. */
const leastRoom = 30;

export function markdown(text: string, { style, width }: { style: Style; width: number }): string {
  const lines: string[] = [];
  const paragraph: string[] = [];
  const rows: string[][] = [];
  let code = false;
  /** What stands before the first line of the paragraph: it is an item of a list. */
  let prefix = '';
  const flush = (): void => {
    if (paragraph.length > 0)
      pushAll(
        lines,
        wrapped(paragraph.join(' '), width - prefix.length, style).map(
          (line, index) => (index === 0 ? prefix : ' '.repeat(prefix.length)) + line,
        ),
      );
    prefix = '';
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
      prefix = `${indent}${mark} `;
      paragraph.push(rest);
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

/** Stand around the words of code and of what is stressed, and take no room in a line. */
const [codeMark, strongMark] = ['\u200B', '\u200D'];

function wrapped(text: string, width: number, style: Style): string[] {
  const marked = (mark: string, words: string): string =>
    words.replace(/[^ ]+/g, (word) => mark + word + mark);
  const measured = withUrls(text.replaceAll(codeMark, '').replaceAll(strongMark, ''))
    // In one go: a star within code stresses nothing.
    .replace(
      /`([^`]+)`|\*\*([^*]+)\*\*|(?<![\w*])\*([^\s*][^*]*)\*(?![\w*])/g,
      (_, code?: string, strong?: string, stressed?: string) =>
        code === undefined ? marked(strongMark, strong ?? stressed ?? '') : marked(codeMark, code),
    );
  return wrap(measured, width).map((line) =>
    line
      .replace(/\u200D([^\u200D]*)\u200D/g, (_, strong: string) => style.bold(strong))
      .replace(/\u200B([^\u200B]*)\u200B/g, (_, code: string) => style.blue(code)),
  );
}

/** A table of two rows reads better as a list of facts. */
function tableLines(rows: readonly (readonly string[])[], style: Style, width: number): string[] {
  const [header = [], ...body] = rows;
  const plain = (cell: string): string => wrapped(cell, cell.length, plainStyle).join(' ');
  if (body.length === 1) {
    const first = largest(header.map((cell) => displayWidth(plain(cell))));
    return header.flatMap((cell, column) =>
      wrapped(body[0]?.[column] ?? '', Math.max(leastRoom, width - first - 2), style).map(
        (line, index) =>
          `${index === 0 ? style.dim(padEnd(plain(cell), first)) : ' '.repeat(first)}  ${line}`,
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
