/**
 * The scaffold of a new rule, run in a copy of the repository: what it writes is right from the
 * first minute, but for what it asks to fill in.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseArguments } from '../../scripts/new-rule.ts';
import { isEverything } from '../support/runs.ts';

const root = join(import.meta.dirname, '../..');
const note = isEverything ? '' : ' (skipped: EVERYTHING=1 runs it)';
const id = 'service-named-badly';
const written = [
  `rules/port/${id}.ts`,
  `docs/rules/${id}.md`,
  `fixtures/bad/${id}/alone.yaml`,
  `fixtures/bad/${id}/beside-another.yaml`,
  `fixtures/ok/${id}-is-not-this.yaml`,
  `test/rules/${id}.test.ts`,
];
let copy = '';

function run(...command: readonly string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: copy,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { status, output: stdout + stderr };
}

/**
 * What concerns the new rule and the list of all; the tests of the other rules are not asked again.
 */
const vitest = (): { status: number | null; output: string } =>
  run(
    'node_modules/vitest/vitest.mjs',
    'run',
    ...['fixtures', 'pages', 'meta', id].map((name) => `test/rules/${name}.test.ts`),
    // The sources are loaded once for all four.
    ...['--no-isolate', '--maxWorkers=1'],
    ...['-t', `${id}|rules/index.ts|the list of rules|belongs to a rule`],
  );

describe('npm run new-rule', () => {
  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'kubeplumb-'));
    const parts = [
      'rules',
      'src',
      'scripts',
      'test/support',
      'test/rules',
      'docs',
      'examples',
      'schema',
      'fixtures/bad',
      'fixtures/ok',
      'fixtures/projects',
    ];
    const config = readdirSync(root).filter((name) =>
      /^(README\.md|package\.json|tsconfig\.json|vitest\.config\.ts|eslint\.config\.js|\.eslintrc\.json|\.prettierrc\.json|\.prettierignore)$/.test(
        name,
      ),
    );
    for (const part of [...parts, ...config])
      cpSync(join(root, part), join(copy, part), { recursive: true });
    rmSync(join(copy, 'test/rules/new-rule.test.ts'));
    // What commands print has nothing to do with it.
    const pages = readdirSync(join(copy, 'docs')).filter((name) => name.endsWith('.md'));
    for (const page of ['README.md', ...pages.map((name) => `docs/${name}`)]) {
      const text = readFileSync(join(copy, page), 'utf8');
      writeFileSync(join(copy, page), text.replaceAll('```console', '```text'));
    }
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  });

  afterAll(() => rmSync(copy, { recursive: true }));

  it('writes everything that a rule consists of', () => {
    const { status, output } = run('--import', 'tsx', 'scripts/new-rule.ts', 'port', id);
    expect(output).toContain(`listed ${id} in rules/index.ts`);
    expect(status).toBe(0);
    for (const path of written) expect(output).toContain(path);
    const index = readFileSync(join(copy, 'rules/index.ts'), 'utf8');
    expect(index).toContain(`import { serviceNamedBadly } from './port/${id}.ts';`);
    expect(index.indexOf('  serviceNamedBadly,')).toBeLessThan(
      index.indexOf('  targetPortNameUnresolved,'),
    );
    expect(readFileSync(join(copy, 'docs/rules/README.md'), 'utf8')).toContain(`[${id}](${id}.md)`);
  });

  it.skipIf(!isEverything)(`is well formatted and passes the linter${note}`, () => {
    const code = written.filter((path) => path.endsWith('.ts'));
    expect(
      run('node_modules/prettier/bin/prettier.cjs', '--check', ...code, 'rules/index.ts'),
    ).toMatchObject({ status: 0 });
    expect(run('node_modules/eslint/bin/eslint.js', '--max-warnings', '0', ...code)).toEqual({
      status: 0,
      output: '',
    });
  });

  it.skipIf(!isEverything)(`compiles${note}`, () => {
    const config = {
      extends: './tsconfig.json',
      include: [],
      files: written.filter((path) => path.endsWith('.ts')),
    };
    writeFileSync(join(copy, 'tsconfig.rule.json'), JSON.stringify(config));
    expect(run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.rule.json')).toEqual({
      status: 0,
      output: '',
    });
  });

  it('passes all tests but the one that asks for what is missing', () => {
    const { output } = vitest();
    // Nothing else is asked for: it passes too as soon as nothing is marked any more.
    expect(output).toMatch(/Tests +1 failed/);
    expect(output).toContain('these still say TODO: write what belongs there');
    for (const path of written.filter((name) => /\.(ts|md)$/.test(name)))
      expect(output).toContain(`"${path}"`);
  });

  it('does not touch a rule that exists', () => {
    const { status, output } = run('--import', 'tsx', 'scripts/new-rule.ts', 'port', id);
    expect({ status, output }).toEqual({
      status: 2,
      output: `there is a rule ${id} already: rules/port/${id}.ts\n`,
    });
  });

  it('may be renamed by hand: npm run generate says what else goes by the old name', () => {
    const rename = (from: string, to: string): void => renameSync(join(copy, from), join(copy, to));
    const generate = () => run('--import', 'tsx', 'scripts/generate.ts');
    const file = 'rules/port/service-named-well.ts';
    rename(`rules/port/${id}.ts`, file);
    const { status, output } = generate();
    expect({ status, output: output.split('\n').slice(0, -2) }).toEqual({
      status: 1,
      output: [
        `${file} has no "export const serviceNamedWell = defineRule(": a rule is named after its file`,
        `${file} has no "id: 'service-named-well',": a rule is named after its file`,
        ...[`docs/rules/${id}.md`, `fixtures/bad/${id}`, `test/rules/${id}.test.ts`].map(
          (path) => `${path} belongs to no rule: rename it after its rule, or remove it`,
        ),
        'rule service-named-well has no page: write docs/rules/service-named-well.md, or rename ' +
          'one to it',
      ],
    });

    const text = readFileSync(join(copy, file), 'utf8');
    writeFileSync(
      join(copy, file),
      text.replace('serviceNamedBadly', 'serviceNamedWell').replace(id, 'service-named-well'),
    );
    rename(`docs/rules/${id}.md`, 'docs/rules/service-named-well.md');
    rename(`fixtures/bad/${id}`, 'fixtures/bad/service-named-well');
    rename(`test/rules/${id}.test.ts`, 'test/rules/service-named-well.test.ts');
    expect(generate().output).toContain('wrote rules/index.ts\nwrote docs/rules/');
    expect(readFileSync(join(copy, 'rules/index.ts'), 'utf8')).not.toContain('serviceNamedBadly');
  });
});

describe('arguments of npm run new-rule', () => {
  it.each([
    ['nothing', [], 'usage: npm run new-rule -- <category> <id>'],
    ['one word', ['port'], 'usage: npm run new-rule -- <category> <id>'],
    ['a category misspelt', ['prot', 'a-b'], '"prot" is not a category; did you mean "port"?'],
    [
      'no category at all',
      ['networking', 'a-b'],
      '"networking" is not a category; known: selector, port, probe',
    ],
    [
      'upper case',
      ['port', 'TargetPort'],
      '"TargetPort" is not a rule id: write at least two words',
    ],
    ['a path', ['port', 'port/target'], '"port/target" is not a rule id'],
    [
      'what is right instead of what is wrong',
      ['port', 'require-port-name'],
      'name the bad thing instead, such as port-name',
    ],
    [
      'an id in another category',
      ['name', 'target-port-undeclared'],
      'there is a rule target-port-undeclared already: rules/port/target-port-undeclared.ts',
    ],
  ])('%s', (_, args, message) => {
    expect(parseArguments(args)).toContain(message);
  });

  it('takes a category and an id', () => {
    expect(parseArguments(['probe', 'probe-too-slow'])).toEqual({
      category: 'probe',
      id: 'probe-too-slow',
    });
  });
});
