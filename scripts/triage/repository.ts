/** A repository on disk as the linter sees it: what `kubeplumb lint .` inside of it would read. */
import { readInputs } from '../../src/files/read.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { readManifest } from '../../src/manifest/read.ts';

/** Paths are relative to the directory, so that they are the same wherever it lies. */
export async function readRepository(directory: string): Promise<Manifest[]> {
  const stdin = (): Promise<Buffer> => Promise.resolve(Buffer.alloc(0));
  const { files } = await readInputs(['.'], {
    cwd: directory,
    recursive: true,
    gitignore: true,
    stdin,
  });
  return files.map((file) => readManifest(file));
}
