/**
 * `--stdin-filename`: what an editor has in its buffer, in the place of the file that it will be
 * saved to.
 */
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { disk } from '../files/disk.ts';
import type { CommandLine } from './flags.ts';
import type { Io } from './io.ts';
import { UsageError } from './usage-error.ts';

export interface EditorBuffer {
  /** Absolute. */
  readonly path: string;
  /** As reports name it. */
  readonly shown: string;
  readonly text: Buffer;
  /**
   * What is read: what was named, else the working directory, or the directory of a file that lies
   * elsewhere.
   */
  readonly paths: readonly string[];
}

/** Undefined where none is named. @throws UsageError where it cannot be in the place of a file */
export async function editorBuffer(line: CommandLine, io: Io): Promise<EditorBuffer | undefined> {
  const written = line.value('stdin-filename');
  if (written === undefined) return undefined;
  const path = resolve(io.cwd, written);
  const isThere = (at: string): boolean => disk.exists(at) && disk.isDirectory(at);
  if (isThere(path)) throw new UsageError(`--stdin-filename ${written} is a directory`, 'lint');
  if (!isThere(dirname(path)))
    throw new UsageError(`--stdin-filename ${written}: its directory does not exist`, 'lint');
  for (const other of ['within', 'kustomize', 'helm'] as const)
    if (line.has(other))
      throw new UsageError(`--stdin-filename and --${other} exclude each other`, 'lint');
  const inside = relative(io.cwd, path);
  const isElsewhere = inside.startsWith(`..${sep}`) || isAbsolute(inside);
  const named = line.positionals.filter((argument) => argument !== '-');
  return {
    path,
    shown: (isElsewhere ? path : inside).split(sep).join('/'),
    text: await io.stdin(),
    paths: named.length > 0 || line.has('filename') ? named : [isElsewhere ? dirname(path) : '.'],
  };
}
