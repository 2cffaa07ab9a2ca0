import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';

/**
 * Builds as `npm run bundle -- FLAGS` does, of the sources that lie here; throws with what was said
 * where there was anything: an error, or a warning that a module cannot be loaded late.
 */
function build(...flags: readonly string[]): void {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'scripts/build.ts', ...flags],
    { cwd: join(import.meta.dirname, '../..'), encoding: 'utf8' },
  );
  if (status !== 0 || stderr !== '') throw new Error(`the build failed: ${stderr}`);
}

/** What all of a run reads, and the first test file that asks for it builds. */
interface Built {
  /** The command as it is distributed, of today's sources: kubeplumb.js and its parts. */
  readonly distribution: string;
  /** The same once more, in a folder that held one of yesterday. */
  readonly again: string;
  /** The library as it is published, but for its types. */
  readonly library: string;
}

/** Together: asking TypeScript about the sources is most of what a build takes. */
export function built(): Built {
  const folders = (directory: string): Built => ({
    distribution: join(directory, 'distribution'),
    again: join(directory, 'again'),
    library: join(directory, 'library'),
  });
  const made = once('built', (directory) => {
    const { distribution, again, library: own } = folders(directory);
    mkdirSync(join(again, 'parts'), { recursive: true });
    writeFileSync(join(again, 'package.json'), '{ "type": "commonjs" }\n');
    writeFileSync(join(again, 'parts/gone.cjs'), 'a part of yesterday');
    build(`--outdir=${distribution}`, `--outdir=${again}`, `--library=${own}`);
  });
  return folders(made);
}

export const distribution = (): string => built().distribution;

export const library = (): string => built().library;

/** The command in one file, for all of the run as well. */
export function oneFile(): string {
  const directory = once('one-file', (made) => build(`--outfile=${join(made, 'kubeplumb.mjs')}`));
  return join(directory, 'kubeplumb.mjs');
}

/** A folder of the run. Of two workers that want it at once one makes it, and the other waits. */
function once(name: string, make: (directory: string) => void): string {
  const shared = join(inject('shared'), name);
  const lock = `${shared}-is-made`;
  while (!existsSync(shared)) {
    if (!takes(lock)) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
      continue;
    }
    try {
      if (existsSync(shared)) break;
      const own = mkdtempSync(`${shared}-`);
      make(own);
      renameSync(own, shared);
    } finally {
      rmSync(lock, { recursive: true });
    }
  }
  return shared;
}

/** Whether the lock is ours from now on. */
function takes(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}
