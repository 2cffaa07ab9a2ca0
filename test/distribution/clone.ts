/**
 * What a clone of this repository would hold if all there is were committed, with a bundle of
 * today's sources.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { distribution } from '../support/build.ts';

const root = join(import.meta.dirname, '../..');

export function temporaryDirectory(name: string): string {
  return realpathSync(mkdtempSync(join(tmpdir(), `kubeplumb-${name}-`)));
}

/** `only`: paths, files or directories; without it everything that git knows or would add. */
export function cloneInto(directory: string, only: readonly string[] = []): void {
  const listed = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...only],
    { cwd: root },
  );
  for (const path of new Set(listed.toString().split('\0'))) {
    if (path === '' || !existsSync(join(root, path))) continue;
    mkdirSync(join(directory, dirname(path)), { recursive: true });
    copyFileSync(join(root, path), join(directory, path));
  }
  cpSync(distribution(), join(directory, 'dist'), { recursive: true });
}

/** Paths for `only`: all but thousands of files that nobody who installs this ever reads. */
export const withoutTests = [':!fixtures', ':!test', ':!conformance', ':!bench'];

/** The tools that package.json names, as `npm ci` would install them. */
export function withTools(directory: string): void {
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
}

/** Whoever the machine's git is set up for, the commits are the same. */
export const gitEnvironment = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
};

export function git(cwd: string, ...args: readonly string[]): string {
  return execFileSync('git', args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...gitEnvironment },
    stdio: 'pipe',
  }).trim();
}

/** The whole output of a process. */
export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Run {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, ...env },
  });
  if (error !== undefined) throw error;
  return { code: status ?? -1, out: stdout, err: stderr };
}
