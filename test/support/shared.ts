/** Gives every test file the path of one folder, which is there as long as the tests run. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    readonly shared: string;
  }
}

export default function setup(project: TestProject): () => void {
  const shared = realpathSync(mkdtempSync(join(tmpdir(), 'kubeplumb-tests-')));
  project.provide('shared', shared);
  return () => rmSync(shared, { recursive: true, force: true });
}
