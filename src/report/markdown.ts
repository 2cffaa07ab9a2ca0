/** A rule's page for a terminal: headings, paragraphs, lists, tables and code; not all of Markdown. */
import type { Style } from './style.ts';
import { displayWidth, padEnd, wrap } from './text.ts';

export function markdown(text: string, { style, width }: { style: Style; width: number }): string {
  const lines: string[] = [];
  const paragraph: string[] = [];
  const rows: string[][] = [];
  let code = false;
  const flush = (): void => {
    if (paragraph.length > 0) lines.push(...wrap(paragraph.join(' '), width).map((line) => inline(line, style)));
    if (rows.length > 0) lines.push(...tableLines(rows, style));
    paragraph.length = 0;
    rows.length = 0;
  };
  for (const line of text.replace(/<!--[\s\S]*?-->\n?/g, '').split(/\r?\n/)) {
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
      lines.push(
        ...wrap(rest, width - prefix.length).map((part, index) =>
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

function inline(text: string, style: Style): string {
  return text
    .replace(/\[([^\]]+)\]\(([^)]+)\)/g, (_, label: string, url: string) => (label === url ? url : `${label} (${url})`))
    .replace(/\*\*([^*]+)\*\*/g, (_, strong: string) => style.bold(strong))
    .replace(/`([^`]+)`/g, (_, code: string) => style.blue(code));
}

/** A table of two rows reads better as a list of facts. */
function tableLines(rows: readonly (readonly string[])[], style: Style): string[] {
  const [header = [], ...body] = rows;
  const plain = (cell: string): string => cell.replace(/[`*]/g, '');
  if (body.length === 1) {
    const first = Math.max(...header.map((cell) => displayWidth(plain(cell))));
    return header.map((cell, column) => `${style.dim(padEnd(plain(cell), first))}  ${inline(body[0]?.[column] ?? '', style)}`);
  }
  const widths = header.map((_, column) => Math.max(...rows.map((row) => displayWidth(plain(row[column] ?? '')))));
  return rows.map((row, index) => {
    const line = row
      .map((cell, column) => padEnd(plain(cell), widths[column] ?? 0))
      .join('  ')
      .trimEnd();
    return index === 0 ? style.bold(line) : line;
  });
}
