/** A file whose text is not what lies on the disk: an editor's buffer that nobody has saved. */
import { basename, dirname, join } from 'node:path';
import { realOrAbove } from './disk.ts';
import type { FileSystem } from './file-system.ts';

/** @param path absolute; its directory exists, itself it need not */
export function withText(files: FileSystem, path: string, text: Buffer): FileSystem {
  const name = basename(path);
  const directory = realOrAbove(dirname(path));
  const own = join(directory, name);
  const isDirectory = (other: string): boolean => realOrAbove(other) === directory;
  const isIt = (other: string): boolean => basename(other) === name && isDirectory(dirname(other));
  return {
    list(other) {
      const entries = files.list(other);
      if (!isDirectory(other) || entries.some((entry) => entry.name === name)) return entries;
      return [...entries, { name, isFile: () => true, isDirectory: () => false }];
    },
    isDirectory: (other) => !isIt(other) && files.isDirectory(other),
    exists: (other) => isIt(other) || files.exists(other),
    isOutside: (other) => files.isOutside(other),
    real: (other) => (isIt(other) ? own : files.real(other)),
    bytes: (other, named) => (isIt(other) ? text : files.bytes(other, named)),
  };
}
