/**
 * What commands print, in the documents for people: each block that starts with `$ kubeplumb …`
 * gets its true output.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../src/cli/main.ts';
import { withTables } from './generate-config-schema.ts';
import { type GeneratedFile, root } from './generated-file.ts';

const documents = [
  'README.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => `docs/${name}`),
];

export async function consoleBlocks(): Promise<GeneratedFile[]> {
  return Promise.all(
    documents.map(async (path) => ({
      path,
      text: await withOutputs(withTables(readFileSync(join(root, path), 'utf8'))),
    })),
  );
}

/**
 * Blocks look like this: three backticks and `console`, a line `$ kubeplumb examples/shop`, the
 * output, three backticks.
 */
export async function withOutputs(text: string): Promise<string> {
  const block = /^```console\n\$ kubeplumb (.*)\n[\s\S]*?^```$/gm;
  let result = '';
  let end = 0;
  for (const match of text.matchAll(block)) {
    const [whole, line = ''] = match;
    const output = await outputOf(line.split(' '));
    result += text.slice(end, match.index);
    result += `\`\`\`console\n$ kubeplumb ${line}\n${output}\`\`\``;
    end = match.index + whole.length;
  }
  return result + text.slice(end);
}

async function outputOf(argv: readonly string[]): Promise<string> {
  let output = '';
  const write = (text: string): void => {
    output += text;
  };
  const stream = { write, isTTY: false, columns: 100 };
  await main(argv, {
    stdin: () => Promise.resolve(Buffer.alloc(0)),
    stdout: stream,
    stderr: { ...stream, write: () => undefined },
    env: {},
    cwd: root,
  });
  return output;
}
