import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isInput, readInputs } from '../../src/files/read.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'kubeplumb-files-'));
});
afterEach(() => {
  rmSync(cwd, { recursive: true });
});

function write(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), content);
  }
}

const read = (args: readonly string[], options: Partial<Parameters<typeof readInputs>[1]> = {}) =>
  readInputs(args, {
    cwd,
    recursive: true,
    gitignore: true,
    stdin: async () => Buffer.from('kind: FromStdin\n'),
    ...options,
  });
const paths = async (...args: string[]): Promise<string[]> =>
  (await read(args)).files.map(({ path }) => path);

describe('what is read', () => {
  it('a file of any extension that is named', async () => {
    write({ 'web.yaml.tmpl': 'kind: A\n' });
    const { files, explicitFiles, problems } = await read(['web.yaml.tmpl']);
    expect(files.map(({ path, text }) => [path, text])).toEqual([['web.yaml.tmpl', 'kind: A\n']]);
    expect(explicitFiles).toBe(true);
    expect(problems).toEqual([]);
  });

  it('nothing, where there is more than a run can hold: a part is not judged for all', async () => {
    write({ 'all/a.yaml': 'kind: A\n', 'all/b.yaml': 'kind: B\n', 'all/c.yaml': 'kind: C\n' });
    for (const path of ['all', 'all/*.yaml']) {
      const { files, problems } = await read([path], { mostBytes: 16 });
      expect(files).toEqual([]);
      expect(problems).toEqual([
        {
          code: 'too-large',
          path,
          explicit: true,
          message: 'gives more than 256 MiB to read; name a directory nearer to the manifests',
        },
      ]);
    }
    expect((await read(['all'], { mostBytes: 24 })).files).toHaveLength(3);
  });

  it('manifests of a directory, in lexical order level by level, as kubectl walks', async () => {
    write({
      'k8s/b.yml': '',
      'k8s/a/z.yaml': '',
      'k8s/a.yaml': '',
      'k8s/c.json': '',
      'k8s/README.md': '',
      'k8s/B.yaml': '',
    });
    expect(await paths('k8s')).toEqual([
      'k8s/B.yaml',
      'k8s/a/z.yaml',
      'k8s/a.yaml',
      'k8s/b.yml',
      'k8s/c.json',
    ]);
  });

  it('without recursion nothing from below, but a word about it', async () => {
    write({ 'k8s/a/one.yaml': '', 'k8s/b/two.yaml': '' });
    const { files, below, problems } = await read(['k8s'], { recursive: false });
    expect(files).toEqual([]);
    expect(below).toEqual([{ path: 'k8s', files: 2, only: true }]);
    expect(problems).toEqual([]);
  });

  it('each file once, however often it is named', async () => {
    write({ 'k8s/a.yaml': 'kind: A\n' });
    symlinkSync('a.yaml', join(cwd, 'k8s/link.yaml'));
    expect(await paths('k8s/a.yaml', 'k8s', './k8s/../k8s/a.yaml')).toEqual(['k8s/a.yaml']);
  });

  it('stdin once', async () => {
    const { files } = await read(['-', '-']);
    expect(files.map(({ path, text }) => [path, text])).toEqual([['<stdin>', 'kind: FromStdin\n']]);
  });

  it('nothing in .git and node_modules', async () => {
    write({ 'node_modules/x/a.yaml': '', '.git/a.yaml': '', '.github/b.yaml': '' });
    expect(await paths('.')).toEqual(['.github/b.yaml']);
  });

  it('a directory outside of the working directory under the name it was given', async () => {
    write({ 'here/x': '', 'there/a.yaml': '' });
    const inside = { cwd: join(cwd, 'here') };
    expect((await read(['../there'], inside)).files[0]?.path).toBe('../there/a.yaml');
    expect((await read([join(cwd, 'there')], inside)).files[0]?.path).toBe(
      join(cwd, 'there/a.yaml'),
    );
  });

  it('no directory with a Chart.yaml: its templates must be rendered', async () => {
    write({
      'charts/web/Chart.yaml': '',
      'charts/web/templates/a.yaml': '{{ x }}',
      'plain.yaml': '',
    });
    const { files, charts } = await read(['.']);
    expect(files.map(({ path }) => path)).toEqual(['plain.yaml']);
    expect(charts).toEqual(['charts/web']);
  });

  it('a chart that is named is not an empty directory', async () => {
    write({ 'web/Chart.yaml': '' });
    expect(await read(['web'])).toMatchObject({ charts: ['web'], problems: [] });
  });
});

describe('patterns', () => {
  beforeEach(() =>
    write({
      'k8s/a.yaml': '',
      'k8s/b/c.yml': '',
      'k8s/b/d.json': '',
      'k8s/notes.txt': '',
      'k8s/e.tmpl': '',
    }),
  );

  it.each([
    ['k8s/*', ['k8s/a.yaml']],
    ['k8s/**/*.yml', ['k8s/b/c.yml']],
    ['k8s/**', ['k8s/a.yaml', 'k8s/b/c.yml', 'k8s/b/d.json']],
    ['./k8s/**/*.{yml,json}', ['k8s/b/c.yml', 'k8s/b/d.json']],
    ['k8s/*.tmpl', ['k8s/e.tmpl']],
    ['k8s/[ab].yaml', ['k8s/a.yaml']],
  ])('%s', async (pattern, expected) => {
    expect(await paths(pattern)).toEqual(expected);
  });

  it('a file whose name looks like a pattern is that file', async () => {
    write({ 'k8s/[ab].yaml': '' });
    expect(await paths('k8s/[ab].yaml').catch(() => [])).toEqual([]);
    write({ 'k8s/[ab].yaml': 'kind: A\n' });
    expect(await paths('k8s/[ab].yaml')).toEqual(['k8s/[ab].yaml']);
  });

  it('leave out what git ignores', async () => {
    execFileSync('git', ['init', '-q'], { cwd });
    write({ '.gitignore': 'b/\n' });
    expect(await paths('k8s/**')).toEqual(['k8s/a.yaml']);
  });
});

describe('.gitignore', () => {
  it('counts from the root of the repository down, the deepest word last', async () => {
    execFileSync('git', ['init', '-q'], { cwd });
    write({
      '.gitignore': 'out/\n*.local.yaml\n',
      'k8s/.gitignore': '!keep.local.yaml\n/only-here.yaml\n',
    });
    write({
      'k8s/a.yaml': '',
      'k8s/b.local.yaml': '',
      'k8s/keep.local.yaml': '',
      'k8s/only-here.yaml': '',
      'k8s/x/only-here.yaml': '',
      'k8s/out/c.yaml': '',
    });
    expect(await paths('k8s')).toEqual([
      'k8s/a.yaml',
      'k8s/keep.local.yaml',
      'k8s/x/only-here.yaml',
    ]);
  });

  it('counts below the directory where there is no repository', async () => {
    write({ 'k8s/.gitignore': 'b.yaml\n', 'k8s/a.yaml': '', 'k8s/b.yaml': '' });
    expect(await paths('k8s')).toEqual(['k8s/a.yaml']);
  });

  it('does not hide a directory or a file that was asked for', async () => {
    execFileSync('git', ['init', '-q'], { cwd });
    write({ '.gitignore': 'build/\n', 'build/a.yaml': 'kind: A\n' });
    expect(await paths('build')).toEqual(['build/a.yaml']);
    expect(await paths('build/a.yaml')).toEqual(['build/a.yaml']);
  });

  it('does not count for kubectl’s own way of reading', async () => {
    write({ 'k8s/.gitignore': 'b.yaml\n', 'k8s/b.yaml': '' });
    expect((await read(['k8s'], { gitignore: false })).files.map(({ path }) => path)).toEqual([
      'k8s/b.yaml',
    ]);
  });
});

describe('what cannot be read', () => {
  const utf16 = Buffer.from('\ufeffkind: A\n', 'utf16le');
  it.each([
    ['a binary file', Buffer.from([0x4d, 0x5a, 0x90, 0x00, 0x03, 0x01]), 'binary', /NUL/],
    [
      'Latin-1',
      Buffer.from('kind: A\nname: caf\xe9\n', 'latin1'),
      'encoding',
      /byte 0xe9 on line 2/,
    ],
    ['UTF-16 with a byte order mark', utf16, 'encoding', /UTF-16LE/],
    ['UTF-16 without one', utf16.subarray(2), 'encoding', /UTF-16LE/],
    [
      'a character cut off at the end',
      Buffer.from('kind: caf\xc3', 'latin1'),
      'encoding',
      /byte 0xc3 on line 1/,
    ],
  ])('%s', async (_, bytes, code, message) => {
    write({ 'k8s/x.yaml': bytes, 'k8s/y.yaml': 'kind: Y\n' });
    const named = await read(['k8s/x.yaml']);
    expect(named.problems).toMatchObject([
      { code, path: 'k8s/x.yaml', explicit: true, message: expect.stringMatching(message) },
    ]);
    const found = await read(['k8s']);
    expect(found.problems).toMatchObject([{ code, explicit: false }]);
    expect(found.files).toHaveLength(1);
  });

  it('a byte order mark is taken off', async () => {
    write({ 'x.yaml': '\ufeffkind: A\n' });
    expect((await read(['x.yaml'])).files[0]?.text).toBe('kind: A\n');
  });

  it.each([
    ['a file that does not exist', 'no.yaml', 'missing'],
    ['a path through a file', 'file/x.yaml', 'missing'],
    ['an empty file', 'file', 'empty'],
    ['an empty directory', 'empty', 'no-match'],
    ['a pattern without a match', 'empty/*.yaml', 'no-match'],
    ['a link to itself', 'loop.yaml', 'loop'],
  ])('%s', async (_, argument, code) => {
    write({ file: '' });
    mkdirSync(join(cwd, 'empty'));
    symlinkSync('loop.yaml', join(cwd, 'loop.yaml'));
    expect(await read([argument])).toMatchObject({
      files: [],
      problems: [{ code, explicit: true }],
    });
  });

  it('links that lead nowhere or round in circles are counted where nobody named them', async () => {
    write({ 'k8s/a.yaml': '' });
    symlinkSync('gone.yaml', join(cwd, 'k8s/b.yaml'));
    symlinkSync('c.yaml', join(cwd, 'k8s/c.yaml'));
    symlinkSync('.', join(cwd, 'k8s/d'));
    const { files, problems } = await read(['k8s']);
    expect(files).toHaveLength(1);
    expect(problems.map(({ path, code, explicit }) => [path, code, explicit])).toEqual([
      ['k8s/b.yaml', 'missing', false],
      ['k8s/c.yaml', 'loop', false],
    ]);
  });

  it.skipIf(process.getuid?.() === 0)(
    'a file without permission (skipped for root, who may read all)',
    async () => {
      write({ 'x.yaml': 'kind: A\n' });
      chmodSync(join(cwd, 'x.yaml'), 0);
      expect((await read(['x.yaml'])).problems).toMatchObject([
        { code: 'unreadable', explicit: true },
      ]);
    },
  );

  it('empty stdin, with a guess at the reason', async () => {
    const { problems } = await read(['-'], { stdin: async () => Buffer.alloc(0) });
    expect(problems).toMatchObject([
      { code: 'empty', path: '<stdin>', message: expect.stringContaining('before the pipe') },
    ]);
  });
});

describe('isInput tells inputs from names', () => {
  it.each([
    ['k8s', true],
    ['k8s/', true],
    ['-', true],
    ['*.yaml', true],
    ['web', false],
    ['web-api', false],
  ])('%s: %s', (argument, expected) => {
    mkdirSync(join(cwd, 'k8s'));
    expect(isInput(argument, cwd)).toBe(expected);
  });
});
