/** The library as it is published, where a project would have it. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

/** A directory with the library in its node_modules, built anew. */
export function projectWithLibrary(): string {
  const project = mkdtempSync(join(tmpdir(), 'kubeplumb-library-'));
  const installed = join(project, 'node_modules/kubeplumb');
  mkdirSync(join(installed, 'dist'), { recursive: true });
  copyFileSync(join(root, 'package.json'), join(installed, 'package.json'));
  build('--library', `--outdir=${join(installed, 'dist')}`);
  return project;
}

/** The whole command in one file. */
export function buildBundle(directory: string): string {
  const bundle = join(directory, 'kubeplumb.mjs');
  build(`--outfile=${bundle}`);
  return bundle;
}

function build(...flags: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/build.mjs', ...flags], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
}
