/** docs/limits.md, from the constants of src/text/limits.ts and what their comments say. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as values from '../src/text/limits.ts';
import { type GeneratedFile, root } from './generated-file.ts';

const source = 'src/text/limits.ts';

const introduction = `# Limits

Everything a repository holds may be written by somebody who means harm, so kubeplumb takes only so
much of anything. The limits lie far above what the manifests of a real repository hold; if you meet
one, please tell us. A file, a document or a kustomization that a limit keeps out is always told,
never passed over in silence. Smaller bounds, as that of the lines of one list, are not here: they
stand in the code where they hold.

This page is made from [${source}](../${source}).
`;

interface Limit {
  readonly name: string;
  readonly counts: string;
  readonly above: string;
}

/** @throws Error for a constant whose comment does not say both. */
export function limitsPage(text = readFileSync(join(root, source), 'utf8')): GeneratedFile {
  const parts = [
    ...text.matchAll(/^\/\/ ## (.+)$|^(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)\nexport const (\w+)/gm),
  ];
  const lines: string[] = [introduction];
  for (const [, heading, comment = '', name = ''] of parts) {
    if (heading !== undefined)
      lines.push(`## ${heading}\n`, '| what | limit | above it |', '| --- | ---: | --- |');
    else lines.push(row(limitOf(name, comment)));
    const next = parts[parts.findIndex(([, , , other]) => other === name) + 1];
    if (heading === undefined && next?.[1] !== undefined) lines.push('');
  }
  return { path: 'docs/limits.md', text: `${lines.join('\n')}\n` };
}

function limitOf(name: string, comment: string): Limit {
  const said = comment
    .replace(/^\s*\/?\*+\/?|\*\/$/gm, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const [, counts, above] = /^(.+?)\. Above: (.+)\.$/.exec(said) ?? [];
  if (counts === undefined || above === undefined)
    throw new Error(
      `${source}: the comment of ${name} must read "What it counts. Above: what happens."`,
    );
  return { name, counts, above };
}

function row({ name, counts, above }: Limit): string {
  const value: unknown = Object.entries(values).find(([known]) => known === name)?.[1];
  if (typeof value !== 'number') throw new Error(`${source}: ${name} is not a number`);
  return `| ${counts} | ${shown(name, value)} | ${above} |`;
}

function shown(name: string, value: number): string {
  const mebibytes = value / 1024 / 1024;
  return name.endsWith('Bytes') && Number.isInteger(mebibytes)
    ? `${mebibytes} MiB`
    : value.toLocaleString('en-US');
}
