/** The library as it is published, where a project would have it. */
import { copyFileSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../support/build.ts';

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
