/**
 * git never does what a repository says: directories that look like one, configurations, names of
 * revisions.
 */
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Repository } from '../../src/files/git.ts';
import { GitError, gitPlace, runGit } from '../../src/files/git-command.ts';
import { programPath } from '../../src/files/program.ts';
import { deployment, inDirectory, service } from '../cli/run.ts';
import { git } from '../distribution/clone.ts';
import { hostileConfig, plantTrap } from '../support/git-trap.ts';

let root = '';
let mark = '';
beforeEach(() => {
  root = inDirectory({
    'k8s/a.yaml': deployment('web') + service('web'),
    '.gitattributes': '* filter=yaml diff=yaml\n',
  });
  mark = join(inDirectory({}), 'ran');
  git(root, 'init', '-q', '-b', 'main');
  git(root, 'add', '-A');
  git(root, 'commit', '-q', '-m', 'one');
});
afterEach(() => {
  for (const directory of [root, dirname(mark)])
    rmSync(directory, { recursive: true, force: true });
});

/** Everything that is asked of git. */
function askEverything(directory: string, revisions: readonly string[] = ['HEAD']): void {
  for (const name of revisions)
    try {
      const repository = new Repository(directory);
      const revision = repository.revision(name);
      const tree = repository.tree(revision, () => true);
      for (const entry of tree.list(repository.root)) tree.real(join(repository.root, entry.name));
      repository.mergeBase(name, 'HEAD');
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
    }
}

describe('a directory that looks like a repository', () => {
  it('is none: the one it lies in is asked, and nothing runs', () => {
    const trap = plantTrap(join(root, 'k8s'), mark);
    expect(new Repository(join(root, 'k8s')).root).toBe(root);
    expect(new Repository(join(root, 'k8s/objects')).root).toBe(root);
    askEverything(join(root, 'k8s'), ['HEAD', trap.missing, 'main', 'origin/main']);
    expect(trap.hasRun()).toBe(false);
    trap.walkInto();
    expect(trap.hasRun()).toBe(true);
  });

  it('is none outside of a repository either', () => {
    rmSync(join(root, '.git'), { recursive: true });
    const trap = plantTrap(root, mark);
    expect(() => new Repository(root)).toThrow(/is in no git repository/);
    mkdirSync(join(root, '.git'));
    expect(() => new Repository(root)).toThrow(/is in no git repository/);
    expect(trap.hasRun()).toBe(false);
  });

  it('is one where whoever runs it says so', () => {
    const bare = join(root, 'bare');
    git(root, 'clone', '-q', '--bare', '.', bare);
    const place = gitPlace(bare, { PATH: process.env['PATH'], GIT_DIR: '.' });
    expect(runGit(place, ['rev-parse', 'HEAD']).text().trim()).toBe(git(root, 'rev-parse', 'HEAD'));
  });
});

describe('the configuration of the repository itself', () => {
  it('runs nothing, and nothing is fetched for what is missing', () => {
    appendFileSync(join(root, '.git/config'), hostileConfig(mark));
    writeFileSync(join(root, '.git/refs/heads/gone'), `${'ab'.repeat(20)}\n`);
    askEverything(join(root, 'k8s'), [
      'HEAD',
      'gone',
      'ab'.repeat(20),
      `${'cd'.repeat(20)}^{tree}`,
    ]);
    expect(existsSync(mark)).toBe(false);
    // Plain git does run it.
    try {
      execFileSync('git', ['rev-parse', 'gone^{commit}'], { cwd: root, stdio: 'ignore' });
    } catch {
      // It fails, but only after the program.
    }
    expect(existsSync(mark)).toBe(true);
  });

  it.each([
    ['core.worktree', '/'],
    ['core.bare', 'true'],
    ['extensions.worktreeConfig', 'true'],
    ['core.excludesFile', '/dev/zero'],
    ['mailmap.file', '/dev/zero'],
    ['core.repositoryFormatVersion', '1'],
    ['core.quotePath', 'true'],
    ['color.ui', 'always'],
    ['core.abbrev', '4'],
  ])('%s = %s changes nothing', (key, value) => {
    git(root, 'config', key, value);
    const repository = new Repository(join(root, 'k8s'));
    expect(repository.root).toBe(root);
    const tree = repository.tree(repository.revision('HEAD'), () => true);
    expect(tree.bytes(join(root, 'k8s/a.yaml')).toString()).toBe(
      deployment('web') + service('web'),
    );
  });

  it.each([
    ['a broken configuration', '[core\n'],
    ['one of an unknown format', '[core]\n\trepositoryFormatVersion = 99\n'],
    ['one that includes itself', '[include]\n\tpath = config\n'],
  ])('%s is told', (_, text) => {
    appendFileSync(join(root, '.git/config'), text);
    expect(() => new Repository(root)).toThrow(GitError);
  });
});

describe('names of revisions', () => {
  const hostile = [
    '--output=x',
    '-h',
    '--exec=touch x',
    '--git-dir=/',
    '-c',
    '--end-of-options',
    '--',
    '^HEAD',
    'HEAD..HEAD',
    'HEAD HEAD',
    'HEAD\nHEAD',
    'HEAD\0',
    '$(touch x)',
    '`touch x`',
    ';touch x',
    '| touch x',
    'ext::sh -c touch% x',
    ':/(((((((((((a*)*)*)*)*)*)*)*)*)*)*b',
    'HEAD^{/(a*)*b}',
    'HEAD@{upstream}',
    '@{-1}',
    '../../../etc/passwd',
    ':0:k8s/a.yaml',
    'HEAD:k8s/a.yaml',
    'a'.repeat(100_000),
    '^'.repeat(900),
    `HEAD${'^'.repeat(900)}`,
    '\u{1b}]0;x\u0007',
    '\ud800',
  ];

  it.each(hostile.map((name) => [JSON.stringify(name).slice(0, 60), name]))(
    '%s is none',
    (_, name) => {
      const repository = new Repository(root);
      expect(() => repository.revision(name)).toThrow(GitError);
      expect(existsSync(join(root, 'x'))).toBe(false);
    },
  );
});

describe('variables of the environment', () => {
  it('which run programs or choose another repository are not passed on', () => {
    const other = inDirectory({});
    const hostile = {
      GIT_WORK_TREE: '/',
      GIT_INDEX_FILE: '/dev/zero',
      GIT_NAMESPACE: 'other',
      GIT_EXTERNAL_DIFF: `touch ${mark}`,
      GIT_PAGER: `touch ${mark}`,
      GIT_SSH_COMMAND: `touch ${mark}`,
      GIT_PROXY_COMMAND: `touch ${mark}`,
      GIT_ASKPASS: `touch ${mark}`,
      GIT_TRACE: mark,
      GIT_TRACE2_EVENT: mark,
      GIT_ALLOW_PROTOCOL: 'ext:file:https',
      GIT_LITERAL_PATHSPECS: '1',
      GIT_COMMON_DIR: other,
    };
    const env = { ...process.env, ...hostile };
    const place = gitPlace(join(root, 'k8s'), env);
    expect(place).toEqual({ top: root, gitDirectory: join(root, '.git') });
    expect(runGit(place, ['rev-parse', 'HEAD'], {}, env).text().trim()).toBe(
      git(root, 'rev-parse', 'HEAD'),
    );
    expect(existsSync(mark)).toBe(false);
    rmSync(other, { recursive: true });
  });

  it('a program of the directory itself is never run', () => {
    writeFileSync(join(root, 'git'), `#!/bin/sh\ntouch ${mark}\n`, { mode: 0o755 });
    for (const path of ['', '.', ':', `.:${process.env['PATH']}`, ':/usr/bin'])
      expect(programPath('git', { PATH: path })).not.toBe(join(root, 'git'));
    expect(programPath('git', { PATH: root })).toBe(join(root, 'git'));
    expect(programPath('git', {})).toBeUndefined();
  });
});

describe('working trees of every kind', () => {
  it('linked ones', () => {
    const linked = join(dirname(mark), 'linked');
    git(root, 'worktree', 'add', '-q', '-b', 'other', linked);
    const repository = new Repository(join(linked, 'k8s'));
    expect(repository.root).toBe(linked);
    expect(repository.revision('main').id).toBe(git(root, 'rev-parse', 'main'));
  });

  it('a submodule', () => {
    git(root, '-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', root, 'sub');
    const repository = new Repository(join(root, 'sub/k8s'));
    expect(repository.root).toBe(join(root, 'sub'));
    expect(
      repository.tree(repository.revision('HEAD'), () => true).exists(join(root, 'sub/k8s/a.yaml')),
    ).toBe(true);
  });

  it('a shallow one', () => {
    git(root, 'commit', '-q', '--allow-empty', '-m', 'two');
    const shallow = join(dirname(mark), 'shallow');
    git(root, 'clone', '-q', '--depth', '1', `file://${root}`, shallow);
    const repository = new Repository(shallow);
    expect(repository.revision('HEAD').id).toBe(git(root, 'rev-parse', 'HEAD'));
    expect(() => repository.revision('HEAD~1')).toThrow(/this clone is shallow/);
  });

  it('one whose .git lies elsewhere and is a link', () => {
    const moved = join(dirname(mark), 'moved.git');
    renameSync(join(root, '.git'), moved);
    symlinkSync(moved, join(root, '.git'));
    expect(new Repository(join(root, 'k8s')).root).toBe(root);
    expect(new Repository(root).revision('main').name).toBe('main');
  });

  it('an empty .git is passed over', () => {
    mkdirSync(join(root, 'k8s/.git'));
    expect(new Repository(join(root, 'k8s')).root).toBe(root);
  });

  it.each(['gitdir: /nowhere\n', 'gitdir: ../.git/../../..\n', '', 'x'.repeat(1000)])(
    'a .git file that leads nowhere is told: %j',
    (text) => {
      writeFileSync(join(root, 'k8s/.git'), text);
      expect(() => new Repository(join(root, 'k8s'))).toThrow(GitError);
    },
  );
});
