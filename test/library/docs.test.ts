/**
 * docs/library.md and the examples in docstrings: every block is run, and prints what the page
 * says.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import * as library from '../../src/index.ts';
import { ruleTester, yaml } from '../../src/testing.ts';
import { deployment, service } from '../cli/run.ts';
import { projectWithLibrary, root } from './published.ts';

const project = projectWithLibrary();
afterAll(() => rmSync(project, { recursive: true }));

const page = readFileSync(join(root, 'docs/library.md'), 'utf8');
const blocks = [
  ...page.matchAll(/^```js\n([\s\S]*?)^```$(?:\n\n^```text\n([\s\S]*?)^```$)?/gm),
].map(([, code = '', output]) => ({
  line: page.slice(0, page.indexOf(code)).split('\n').length,
  code,
  output,
}));

describe('docs/library.md', () => {
  it('has blocks with output', () => {
    expect(
      blocks.filter(({ output }) => output !== undefined && output.trim() !== '').length,
    ).toBeGreaterThanOrEqual(6);
    expect(blocks.filter(({ output }) => output === undefined)).toHaveLength(1);
  });

  it.each(blocks)('prints what it says, line $line', ({ code, output, line }) => {
    const file = join(project, `line-${line}.mjs`);
    writeFileSync(file, code);
    const { status, stdout, stderr } = spawnSync(process.execPath, [file], {
      cwd: root,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] ?? '' },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    if (output === undefined) expect(stdout).toMatch(/^# pass 3$/m);
    else expect(stdout.replace(/[ \t]+$/gm, '').trimEnd()).toBe(output.trimEnd());
  });

  it('names every function of the library', () => {
    const functions = Object.entries(library).filter(([, value]) => typeof value === 'function');
    expect(
      functions
        .map(([name]) => name)
        .filter(
          (name) =>
            !page.includes(name) &&
            !['SourceFile', 'describeObject', 'isInPreset', 'parseAssumption'].includes(name),
        ),
    ).toEqual([]);
  });
});

const sources = [
  'src/index.ts',
  ...readdirSync(join(root, 'src/library')).map((name) => `src/library/${name}`),
  'src/testing/rule-tester.ts',
];
const examples = sources.flatMap((path) =>
  [...readFileSync(join(root, path), 'utf8').matchAll(/^ \* @example\n((?: \* .*\n)+)/gm)].map(
    ([, text = '']) => ({
      path,
      code: text.replace(/^ \* /gm, ''),
    }),
  ),
);

describe('examples in docstrings', () => {
  it('are there for every function', () => {
    expect(examples.length).toBeGreaterThanOrEqual(9);
  });

  it.each(examples)('run: $path $code', async ({ code }) => {
    const text = deployment('web') + service('web', { target: 'htttp' });
    const files = [{ path: 'web.yaml', text }];
    const base = { label: 'main', manifests: library.load(files) };
    const [rule] = library.rules;
    const framework = {
      describe: (title: string) => titles.push(title),
      it: (title: string) => titles.push(title),
    };
    const titles: string[] = [];
    const logged: unknown[] = [];
    const known = {
      ...library,
      ruleTester,
      yaml,
      text,
      files,
      before: files,
      after: files,
      base,
      head: base,
      rule,
      ...framework,
      console: { log: (...said: unknown[]) => logged.push(...said) },
    };
    const { code: script } = await transform(code.replace(/^import .*$/gm, ''), { loader: 'ts' });
    const { constructor } = Object.getPrototypeOf(async () => undefined) as object;
    const Run = constructor as new (...names: string[]) => (...values: unknown[]) => Promise<void>;
    // In a block of its own: an example may use a name again.
    await new Run(...Object.keys(known), `{${script}}`)(...Object.values(known));
    if (code.includes('console.log')) expect(logged).not.toEqual([]);
    if (code.includes('testRule(')) expect(titles).toEqual([rule?.meta.id]);
  });
});
