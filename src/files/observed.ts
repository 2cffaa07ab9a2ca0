/** Files of which somebody is told what is looked at: what a change could matter to. */
import type { FileSystem } from './file-system.ts';

/**
 * - `path`: what is at this very path, if anything
 * - `list`: which names this directory holds
 */
export type Look = 'path' | 'list';

/** @param tell of absolute paths, whether something is there or not; often of the same */
export function observed(files: FileSystem, tell: (path: string, look: Look) => void): FileSystem {
  return {
    list(directory) {
      tell(directory, 'list');
      return files.list(directory);
    },
    isDirectory(path) {
      tell(path, 'path');
      return files.isDirectory(path);
    },
    exists(path) {
      tell(path, 'path');
      return files.exists(path);
    },
    isOutside: (path) => files.isOutside(path),
    real: (path) => files.real(path),
    bytes(path, named) {
      tell(path, 'path');
      return files.bytes(path, named);
    },
  };
}
