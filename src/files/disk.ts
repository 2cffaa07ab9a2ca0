/**
 * The one door to the disk. What a repository holds may name anything, so nothing is read but
 * regular files of a size that a run can bear, they are opened without waiting for anybody, and
 * `diskWithin` keeps to the directories that a run is about.
 */
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { mostFileBytes } from '../text/limits.ts';
import { type Entry, type FileSystem, systemError } from './file-system.ts';
import { mayBeRaw, pathOf, rawPath } from './raw-name.ts';
import { isBelow, nearestWithGit } from './top.ts';

/** Everything on the disk. */
export const disk: FileSystem = {
  list,
  isDirectory: (path) => statSync(rawPath(path)).isDirectory(),
  exists: (path) => existsSync(rawPath(path)),
  isOutside: () => false,
  real,
  bytes(path, named = false) {
    const waits = named && !isLinkToSpecial(path);
    if (!waits) refuseSpecial(path, statSync(rawPath(path)));
    return readAll(path, waits ? 0 : constants.O_NONBLOCK, waits);
  },
};

/**
 * Only what lies in one of the roots when all symbolic links are followed, and in no `.git` below
 * it: that holds what nobody has committed, such as credentials.
 * @param roots absolute: directories, or files that were named
 */
export function diskWithin(roots: readonly string[]): FileSystem {
  let realRoots: readonly string[] | undefined;
  const directories = new Map<string, string>();
  const isReal = (path: string): boolean => {
    realRoots ??= [
      ...new Set(roots.flatMap((root) => (existsSync(rawPath(root)) ? [real(root)] : []))),
    ];
    return realRoots.some((root) => isWithin(path, root));
  };
  const realDirectory = (directory: string): string => {
    let known = directories.get(directory);
    if (known === undefined) directories.set(directory, (known = real(directory)));
    return known;
  };
  return {
    ...disk,
    isOutside: (path) => !isReal(realOrAbove(path)),
    list(directory) {
      if (!isReal(realDirectory(directory))) throw systemError('EOUTSIDE', directory);
      return list(directory);
    },
    bytes(path, named = false) {
      if (named) return disk.bytes(path, named);
      const at = join(realDirectory(dirname(path)), basename(path));
      let stats = lstatSync(rawPath(at));
      const link = stats.isSymbolicLink();
      const followed = link ? real(path) : at;
      if (!isReal(followed)) throw systemError('EOUTSIDE', path);
      if (link) stats = lstatSync(rawPath(followed));
      refuseSpecial(path, stats);
      return readAll(followed, constants.O_NONBLOCK | constants.O_NOFOLLOW, false);
    },
  };
}

/**
 * What a run that is about these directories and files may read: they themselves, and the
 * repositories that they lie in.
 */
export function rootsOf(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    const directory = isDirectory(path) ? path : dirname(path);
    const top = nearestWithGit(directory);
    return top === undefined ? [directory] : [directory, top];
  });
}

/** False as well of what cannot be looked at, such as a link that leads back to itself. */
function isDirectory(path: string): boolean {
  try {
    return statSync(rawPath(path)).isDirectory();
  } catch {
    return false;
  }
}

/** The real path; of what is not there, where it would be. */
export function realOrAbove(path: string): string {
  try {
    return real(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(realOrAbove(above), basename(path));
  }
}

function isWithin(path: string, root: string): boolean {
  if (path === root) return true;
  if (!isBelow(path, root)) return false;
  return !path
    .slice(root.length)
    .split(sep)
    .some((part) => part.toLowerCase() === '.git');
}

function list(directory: string): Entry[] {
  const entries = readdirSync(rawPath(directory), { withFileTypes: true });
  if (!entries.some(({ name }) => mayBeRaw(name))) return entries;
  const raw = readdirSync(rawPath(directory), { withFileTypes: true, encoding: 'buffer' });
  return raw.map((entry) => ({
    name: pathOf(entry.name),
    isFile: () => entry.isFile(),
    isDirectory: () => entry.isDirectory(),
  }));
}

function real(path: string): string {
  const found = realpathSync.native(rawPath(path));
  return mayBeRaw(found) ? pathOf(realpathSync.native(rawPath(path), 'buffer')) : found;
}

/**
 * A pipe or a device is what somebody may name (`<(helm template …)`, `/dev/stdin`), and what a
 * link is that a repository holds is not.
 */
function isLinkToSpecial(path: string): boolean {
  return (
    !/^\/(?:dev|proc)\//.test(path) &&
    lstatSync(rawPath(path)).isSymbolicLink() &&
    !statSync(rawPath(path)).isFile()
  );
}

function refuseSpecial(path: string, stats: Stats): void {
  if (stats.isDirectory()) throw systemError('EISDIR', path);
  if (!stats.isFile()) throw systemError('EKIND', path, { kind: kindOf(stats) });
  if (stats.size > mostFileBytes) throw systemError('EFBIG', path);
}

function kindOf(stats: Stats): string {
  if (stats.isFIFO()) return 'a FIFO';
  return stats.isSocket() ? 'a socket' : 'a device';
}

/**
 * The size that the system tells is only where to begin: files of /proc have none, and others grow.
 */
function readAll(path: string, flags: number, special: boolean): Buffer {
  const file = openSync(rawPath(path), constants.O_RDONLY | flags);
  try {
    const stats = fstatSync(file);
    if (!special) refuseSpecial(path, stats);
    let buffer = Buffer.allocUnsafe(Math.min(stats.size, mostFileBytes) + 1);
    let length = 0;
    for (;;) {
      const read = readSync(file, buffer, length, buffer.length - length, null);
      if (read === 0) return buffer.subarray(0, length);
      length += read;
      if (length > mostFileBytes) throw systemError('EFBIG', path);
      if (length === buffer.length) buffer = Buffer.concat([buffer], Math.max(2 * length, 1 << 16));
    }
  } finally {
    closeSync(file);
  }
}
