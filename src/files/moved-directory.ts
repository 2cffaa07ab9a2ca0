/**
 * Files under another name: a directory's take the place of another one's, so that both can be
 * compared path by path.
 */
import { relative, resolve, sep } from 'node:path';
import type { FileSystem } from './file-system.ts';

/** A prefix of paths and what it becomes; both absolute. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/**
 * What `from` and `to` have in common at their ends is left out: `old/app` → `new/app` is `old` →
 * `new`, with everything beside `app`.
 */
export function moveOf(from: string, to: string): Move {
  const [a, b] = [from.split(sep), to.split(sep)];
  while (a.length > 2 && b.length > 2 && a.at(-1) === b.at(-1)) {
    a.pop();
    b.pop();
  }
  return { from: a.join(sep), to: b.join(sep) };
}

/** The path in its new place, if it is one that is moved. */
export function movedPath(path: string, { from, to }: Move): string {
  const inside = relative(from, path);
  return inside === '..' || inside.startsWith(`..${sep}`) || resolve(from, inside) !== path
    ? path
    : resolve(to, inside);
}

/** `files` with what is at `from` to be found at `to`. */
export function withMovedDirectory(files: FileSystem, { from, to }: Move): FileSystem {
  const back = (path: string): string => movedPath(path, { from: to, to: from });
  return {
    list: (directory) => files.list(back(directory)),
    isDirectory: (path) => files.isDirectory(back(path)),
    exists: (path) => files.exists(back(path)),
    isOutside: (path) => files.isOutside(back(path)),
    real: (path) => files.real(back(path)),
    bytes: (path, named) => files.bytes(back(path), named),
  };
}
