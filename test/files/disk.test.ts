/** The door to the disk: what comes through it, and what does not, whoever names it. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { disk, diskWithin, rootsOf } from '../../src/files/disk.ts';
import { pathOf, rawPath } from '../../src/files/raw-name.ts';
import { readInputs } from '../../src/files/read.ts';
import { writeWhole } from '../../src/files/write.ts';
import { mostFileBytes } from '../../src/text/limits.ts';
import { inDirectory } from '../cli/run.ts';

let top = '';
let root = '';
beforeEach(() => {
  top = inDirectory({
    'repo/a.yaml': 'a: 1\n',
    'repo/k8s/b.yaml': 'b: 1\n',
    'repo/.git/config': 'secret\n',
    'outside/secret.yaml': 'secret\n',
    'repository/c.yaml': 'secret\n',
  });
  root = join(top, 'repo');
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

const codeOf = (act: () => unknown): string => {
  try {
    act();
    return 'none';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
};

describe('what lies within', () => {
  it.each<[string, string, string]>([
    ['a file', 'a.yaml', 'none'],
    ['one further down', 'k8s/b.yaml', 'none'],
    ['one that is not there', 'no.yaml', 'ENOENT'],
    ['a directory', 'k8s', 'EISDIR'],
    ['a file outside', '../outside/secret.yaml', 'EOUTSIDE'],
    ['a directory whose name begins alike', '../repository/c.yaml', 'EOUTSIDE'],
    ['what git keeps', '.git/config', 'EOUTSIDE'],
    ['a device', '../../../../../../../dev/zero', 'EOUTSIDE'],
    ['a file of /proc', '../../../../../../../proc/self/environ', 'EOUTSIDE'],
    ['a link to a file within', 'to-within.yaml', 'none'],
    ['a link to a file outside', 'to-outside.yaml', 'EOUTSIDE'],
    ['a link to a link', 'twice.yaml', 'EOUTSIDE'],
    ['a file behind a link to a directory outside', 'away/secret.yaml', 'EOUTSIDE'],
    ['a link to what git keeps', 'to-git.yaml', 'EOUTSIDE'],
    ['a link to a device', 'to-device.yaml', 'EOUTSIDE'],
    ['a link to itself', 'loop.yaml', 'ELOOP'],
    ['a link to nothing', 'dangling.yaml', 'ENOENT'],
    ['a FIFO', 'fifo.yaml', 'EKIND'],
    ['a file that is too large', 'huge.yaml', 'EFBIG'],
  ])('%s', (_, path, code) => {
    for (const [name, target] of Object.entries({
      'to-within.yaml': 'k8s/b.yaml',
      'to-outside.yaml': '../outside/secret.yaml',
      'twice.yaml': 'to-outside.yaml',
      away: '../outside',
      'to-git.yaml': '.git/config',
      'to-device.yaml': '/dev/zero',
      'loop.yaml': 'loop.yaml',
      'dangling.yaml': 'nowhere',
    }))
      symlinkSync(target, join(root, name));
    execFileSync('mkfifo', [join(root, 'fifo.yaml')]);
    writeFileSync(join(root, 'huge.yaml'), '');
    truncateSync(join(root, 'huge.yaml'), mostFileBytes + 1);
    const within = diskWithin(rootsOf([join(root, 'k8s')]));
    expect(codeOf(() => within.bytes(join(root, path)))).toBe(code);
    // The whole disk is open to who asks for it, but never to what is not a file.
    const expected = code === 'EOUTSIDE' && path.includes('dev') ? 'EKIND' : code;
    expect(codeOf(() => disk.bytes(join(root, path)))).toBe(
      expected === 'EOUTSIDE' ? (path === 'to-device.yaml' ? 'EKIND' : 'none') : expected,
    );
  });

  it('what the command line names may be a pipe or a device, but not a link to one', () => {
    symlinkSync('/dev/null', join(root, 'link.yaml'));
    symlinkSync('a.yaml', join(root, 'file.yaml'));
    expect(codeOf(() => disk.bytes(join(root, 'link.yaml'), true))).toBe('EKIND');
    expect(disk.bytes('/dev/null', true)).toHaveLength(0);
    expect(disk.bytes(join(root, 'file.yaml'), true).toString()).toBe('a: 1\n');
  });

  it('a socket is told', async () => {
    const server = createServer().listen(join(root, 'socket.yaml'));
    await new Promise((resolve) => server.once('listening', resolve));
    const { problems } = await readInputs([root], {
      cwd: root,
      recursive: true,
      gitignore: true,
      stdin: async () => Buffer.alloc(0),
      files: diskWithin([root]),
    });
    expect(problems).toMatchObject([{ code: 'special', message: 'is a socket, not a file' }]);
    await new Promise((resolve) => server.close(resolve));
  });

  it('a directory outside is not listed', () => {
    const within = diskWithin([root]);
    expect(codeOf(() => within.list(join(top, 'outside')))).toBe('EOUTSIDE');
    expect(codeOf(() => within.list(root))).toBe('none');
  });

  it('what was named may lie anywhere, and be a pipe', () => {
    const within = diskWithin([root]);
    expect(within.bytes(join(top, 'outside/secret.yaml'), true).toString()).toBe('secret\n');
  });
});

describe('names that are not UTF-8', () => {
  const name = Buffer.concat([Buffer.from('caf'), Buffer.from([0xe9]), Buffer.from('-ü.yaml')]);

  it('are read, and lead back to the file', async () => {
    writeFileSync(Buffer.concat([Buffer.from(`${root}/k8s/`), name]), 'c: 1\n');
    const { files, problems } = await readInputs(['k8s'], {
      cwd: root,
      recursive: true,
      gitignore: true,
      stdin: async () => Buffer.alloc(0),
      files: diskWithin([root]),
    });
    expect(problems).toEqual([]);
    expect(files.map(({ path }) => path)).toEqual(['k8s/b.yaml', 'k8s/caf\udce9-ü.yaml']);
    expect(rawPath(pathOf(name))).toEqual(name);
  });

  it.each(['plain', 'ü', '日本', '🚀', '\ufffd'])('%s is what it was', (text) => {
    expect(pathOf(Buffer.from(text))).toBe(text);
    expect(rawPath(text)).toBe(text);
  });
});

describe('writing', () => {
  const place = (): { files: ReturnType<typeof diskWithin>; cwd: string } => ({
    files: diskWithin(rootsOf([root])),
    cwd: root,
  });

  it('keeps the mode, and leaves nothing beside', () => {
    chmodSync(join(root, 'a.yaml'), 0o640);
    writeWhole(join(root, 'a.yaml'), 'new\n', place());
    expect(readFileSync(join(root, 'a.yaml'), 'utf8')).toBe('new\n');
    expect(statSync(join(root, 'a.yaml')).mode & 0o777).toBe(0o640);
    expect(readdirSync(root).sort()).toEqual(['.git', 'a.yaml', 'k8s']);
  });

  it('follows a link that stays within, and the link stays one', () => {
    symlinkSync('k8s/b.yaml', join(root, 'link.yaml'));
    writeWhole(join(root, 'link.yaml'), 'new\n', place());
    expect(readFileSync(join(root, 'k8s/b.yaml'), 'utf8')).toBe('new\n');
    expect(lstatSync(join(root, 'link.yaml')).isSymbolicLink()).toBe(true);
  });

  it.each([
    ['a link to a file', 'link.md', '../outside/secret.yaml', 'link.md'],
    ['a link to a directory', 'reports', '../outside', 'reports/new.md'],
    ['a link to a link', 'link.md', 'other.md', 'link.md'],
  ])('does not follow %s outside', (_, name, target, path) => {
    symlinkSync(target, join(root, name));
    if (target === 'other.md') symlinkSync('../outside/secret.yaml', join(root, 'other.md'));
    expect(codeOf(() => writeWhole(join(root, path), 'new\n', place()))).toBe('EOUTSIDE');
    expect(readFileSync(join(top, 'outside/secret.yaml'), 'utf8')).toBe('secret\n');
    expect(existsSync(join(top, 'outside/new.md'))).toBe(false);
    writeWhole(join(root, path), 'new\n', { ...place(), files: disk });
  });

  it('writes elsewhere where that was named', () => {
    writeWhole(join(top, 'outside/report.md'), 'new\n', place());
    expect(readFileSync(join(top, 'outside/report.md'), 'utf8')).toBe('new\n');
    writeWhole('/dev/null', 'new\n', place());
    expect(lstatSync('/dev/null').isFile()).toBe(false);
  });

  it('a link to nothing becomes a file', () => {
    symlinkSync(join(top, 'outside/none.md'), join(root, 'dangling.md'));
    codeOf(() => writeWhole(join(root, 'dangling.md'), 'new\n', place()));
    expect(existsSync(join(top, 'outside/none.md'))).toBe(false);
  });

  it.skipIf(process.getuid?.() === 0)(
    'leaves the old text where it cannot write (skipped for root, who may write all)',
    () => {
      chmodSync(join(root, 'k8s'), 0o500);
      expect(codeOf(() => writeWhole(join(root, 'k8s/b.yaml'), 'new\n', place()))).toBe('EACCES');
      expect(readFileSync(join(root, 'k8s/b.yaml'), 'utf8')).toBe('b: 1\n');
      chmodSync(join(root, 'k8s'), 0o700);
    },
  );

  it('names as long as names can be', () => {
    const long = join(root, `${'x'.repeat(250)}.yml`);
    writeWhole(long, 'new\n', place());
    expect(readFileSync(long, 'utf8')).toBe('new\n');
    mkdirSync(join(root, 'directory'));
    expect(codeOf(() => writeWhole(join(root, 'directory'), 'x', place()))).toBe('EISDIR');
    expect(dirname(long)).toBe(root);
  });
});
