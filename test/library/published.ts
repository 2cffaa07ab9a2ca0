/** The library as it is published, where a project would have it. */
import { copyFileSync, cpSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { library } from '../support/build.ts';

export const root = join(import.meta.dirname, '../..');

/** A directory with the library in its node_modules. */
export function projectWithLibrary(): string {
  const project = mkdtempSync(join(tmpdir(), 'kubeplumb-library-'));
  const installed = join(project, 'node_modules/kubeplumb');
  mkdirSync(installed, { recursive: true });
  copyFileSync(join(root, 'package.json'), join(installed, 'package.json'));
  cpSync(library(), join(installed, 'dist'), { recursive: true });
  return project;
}
