import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';

/**
 * Builds as `npm run bundle -- FLAGS` does, of the sources that lie here; throws with what was said
 * where there was anything: an error, or a warning that a module cannot be loaded late.
 */
export function build(...flags: readonly string[]): void {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'scripts/build.ts', ...flags],
    { cwd: join(import.meta.dirname, '../..'), encoding: 'utf8' },
  );
  if (status !== 0 || stderr !== '') throw new Error(`the build failed: ${stderr}`);
}

/**
 * The folder of the command as it is distributed, of today's sources: kubeplumb.js and its parts. The
 * first test file that asks for it builds it for all of the run, which only read it.
 */
export function distribution(): string {
  return once('distribution', (directory) => build(`--outdir=${directory}`));
}

/** The library as it is published, but for its types. */
export function library(): string {
  return once('library', (directory) => build('--library', `--outdir=${directory}`));
}

/** The command in one file, for all of the run as well. */
export function oneFile(): string {
  const directory = once('one-file', (made) => build(`--outfile=${join(made, 'kubeplumb.mjs')}`));
  return join(directory, 'kubeplumb.mjs');
}

/** A folder of the run; two workers may make it at once, and the first one's stays. */
function once(name: string, make: (directory: string) => void): string {
  const shared = join(inject('shared'), name);
  if (existsSync(shared)) return shared;
  const own = mkdtempSync(`${shared}-`);
  make(own);
  try {
    renameSync(own, shared);
  } catch {
    rmSync(own, { recursive: true });
  }
  return shared;
}
