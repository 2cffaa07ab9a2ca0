/** Commits as file systems, of a real repository. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { disk } from '../../src/files/disk.ts';
import { Repository } from '../../src/files/git.ts';
import { GitError } from '../../src/files/git-command.ts';
import type { GitTree } from '../../src/files/git-tree.ts';
import { movedPath, moveOf, withMovedDirectory } from '../../src/files/moved-directory.ts';
import { readInputs } from '../../src/files/read.ts';
import { inDirectory } from '../cli/run.ts';

let root = '';
const git = (...args: string[]): string =>
  execFileSync(
    'git',
    ['-c', 'user.name=somebody', '-c', 'user.email=somebody@example.com', ...args],
    {
      cwd: root,
      encoding: 'utf8',
      stdio: 'pipe',
    },
  ).trim();

const texts: Readonly<Record<string, string>> = {
  'a.yaml': 'a: 1\n',
  'deep/er/b.yml': 'b: ü\r\n',
  'deep/c.json': '{}',
  'deep/notes.txt': 'no manifest\n',
  'deep/zero.yaml': '',
  'ignored/d.yaml': 'd: 1\n',
  '.gitignore': 'ignored/\n',
  'chart/Chart.yaml': 'name: x\n',
  'chart/templates/e.yaml': '{{ }}\n',
  'node_modules/f.yaml': 'f: 1\n',
};

beforeAll(() => {
  root = inDirectory(texts);
  symlinkSync('er', join(root, 'deep/link'));
  symlinkSync('../a.yaml', join(root, 'deep/same.yaml'));
  symlinkSync('loop.yaml', join(root, 'deep/loop.yaml'));
  git('init', '-q', '-b', 'main');
  git('config', 'core.autocrlf', 'false');
  git('add', '-A', '-f');
  git('commit', '-q', '-m', 'one');
  git('tag', '-a', '-m', 'a tag', 'v1.0');
});
afterAll(() => rmSync(root, { recursive: true }));

const tree = (wanted = (_: string): boolean => false): GitTree => {
  const repository = new Repository(root);
  return repository.tree(repository.revision('main'), wanted);
};
const codeOf = (act: () => unknown): string | undefined => {
  try {
    act();
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  }
};

describe('a commit reads as the disk does', () => {
  it.each([
    '.',
    'deep',
    'deep/er',
    'a.yaml',
    'ignored',
    'deep/same.yaml',
    'deep/link',
    'nowhere',
    'a.yaml/b',
    'deep/loop.yaml',
    'deep/*.json',
  ])('%s', async (path) => {
    const reading = {
      cwd: root,
      recursive: true,
      gitignore: true,
      stdin: async (): Promise<Buffer> => Buffer.alloc(0),
    };
    const [here, there] = [
      await readInputs([path], reading),
      await readInputs([path], { ...reading, files: tree(() => true) }),
    ];
    const plain = ({ files, problems, charts }: typeof here): unknown => ({
      files: files.map((file) => [file.path, file.text]),
      problems,
      charts,
    });
    expect(plain(there)).toEqual(plain(here));
  });

  it.each([
    '.',
    'a.yaml',
    'deep',
    'deep/link',
    'deep/link/b.yml',
    'deep/same.yaml',
    'deep/loop.yaml',
    'nowhere',
    'a.yaml/b',
    'deep/link/x',
  ])('%s: every question', (path) => {
    const at = join(root, path);
    const files = tree();
    for (const ask of ['list', 'isDirectory', 'real', 'bytes'] as const) {
      const code = codeOf(() => disk[ask](at));
      if (code !== 'EISDIR') expect([ask, codeOf(() => files[ask](at))]).toEqual([ask, code]);
    }
    expect(files.exists(at)).toBe(disk.exists(at));
  });

  it('contents come whole, wanted at once or not', () => {
    for (const wanted of [true, false]) {
      const files = tree(() => wanted);
      for (const [path, text] of Object.entries(texts))
        expect(files.bytes(join(root, path)).toString('utf8')).toBe(text);
    }
  });
});

describe('revisions', () => {
  const repository = (): Repository => new Repository(join(root, 'deep'));
  const head = (): string => git('rev-parse', 'HEAD');

  it.each(['main', 'HEAD', 'v1.0', 'v1.0^{}', ':/one', 'HEAD@{0}'])('%s is the commit', (name) => {
    expect(repository().revision(name)).toEqual({ name, id: head() });
  });

  it.each([
    ['mian', /did you mean "main"\?/],
    ['master', /did you mean "main"\?/],
    ['v1.1', /did you mean "v1.0"\?/],
    ['--help', /neither a path nor a revision/],
    ['HEAD^9', /neither a path nor a revision/],
    ['', /neither a path nor a revision/],
  ])('%s is none', (name, message) => {
    expect(() => repository().revision(name)).toThrow(GitError);
    expect(() => repository().revision(name)).toThrow(message);
  });

  it('the root is the top of the working tree, from wherever it is opened', () => {
    expect(repository().root).toBe(root);
    expect(() => new Repository('/')).toThrow('/ is in no git repository');
  });

  it('histories without a common commit', () => {
    git('checkout', '-q', '--orphan', 'alone');
    git('commit', '-q', '--allow-empty', '-m', 'alone');
    git('checkout', '-q', '-f', 'main');
    expect(() => repository().mergeBase('main', 'alone')).toThrow(
      'main and alone have no commit in common',
    );
    expect(repository().mergeBase('main', 'HEAD').id).toBe(head());
  });

  it('before the first commit there is nothing', () => {
    const fresh = join(root, '..', `${root.split('/').at(-1)}-fresh`);
    git('init', '-q', fresh);
    try {
      const unborn = new Repository(fresh);
      expect(unborn.tree(unborn.revision('HEAD'), () => true).list(fresh)).toEqual([]);
      expect(() => unborn.revision('main')).toThrow(GitError);
    } finally {
      rmSync(fresh, { recursive: true });
    }
  });

  it('a clone without contents says so, and fetches nothing', () => {
    const clone = join(root, '..', `${root.split('/').at(-1)}-partial`);
    git('config', 'uploadpack.allowFilter', 'true');
    git('clone', '-q', '--no-checkout', '--filter=blob:none', `file://${root}`, clone);
    try {
      const partial = new Repository(clone);
      expect(() => partial.tree(partial.revision('HEAD'), () => true)).toThrow(
        /of HEAD are not in this clone, and nothing is fetched here/,
      );
    } finally {
      rmSync(clone, { recursive: true });
    }
  });
});

describe('files under another name', () => {
  it.each([
    ['/r/old', '/r/new', '/r/old', '/r/new'],
    ['/r/old/app', '/r/new/app', '/r/old', '/r/new'],
    ['/r/a.yaml', '/r/b.yaml', '/r/a.yaml', '/r/b.yaml'],
  ])('%s to %s', (from, to, ...expected) => {
    expect(Object.values(moveOf(from, to))).toEqual(expected);
  });

  it('what is beside stays where it is', () => {
    const move = { from: '/r/old', to: '/r/new' };
    expect(['/r/old', '/r/old/x/y', '/r/older', '/r'].map((path) => movedPath(path, move))).toEqual(
      ['/r/new', '/r/new/x/y', '/r/older', '/r'],
    );
  });

  it('is found at its new place', () => {
    mkdirSync(dirname(join(root, 'old/x.yaml')), { recursive: true });
    writeFileSync(join(root, 'old/x.yaml'), 'x: 1\n');
    const files = withMovedDirectory(disk, { from: join(root, 'old'), to: join(root, 'new') });
    expect(files.bytes(join(root, 'new/x.yaml')).toString()).toBe('x: 1\n');
    expect([
      files.exists(join(root, 'new')),
      files.exists(join(root, 'a.yaml')),
      files.exists(join(root, 'new/y')),
    ]).toEqual([true, true, false]);
  });
});
