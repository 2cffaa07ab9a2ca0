/** The table of rooms in docs/architecture.md. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GeneratedFile, root } from './generated-file.ts';
import { type Room, rooms } from './rooms.ts';

const path = 'docs/architecture.md';
const block = /(<!-- begin generated: rooms -->\n)[\s\S]*?(<!-- end generated -->\n)/;

/** @throws Error where the page has no place for it */
export function architecturePage(): GeneratedFile {
  const page = readFileSync(join(root, path), 'utf8');
  if (!block.test(page)) throw new Error(`${path} has lost the markers of its table of rooms`);
  const table = [
    '| room | takes | gives | the file to read first |',
    '| --- | --- | --- | --- |',
    ...rooms.map(row),
  ];
  return {
    path,
    text: page.replace(
      block,
      (_, begin: string, end: string) => `${begin}\n${table.join('\n')}\n\n${end}`,
    ),
  };
}

function row({ paths, takes, gives, first = [] }: Room): string {
  return `| ${coded(paths)} | ${takes} | ${gives} | ${coded(first)} |`;
}

function coded(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
