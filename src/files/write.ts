/**
 * Writing a whole file: what is there is replaced in one step, so a full disk or an end at any
 * moment leaves the old text or the new one, never half.
 */
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { getOwn } from '../own.ts';
import { realOrAbove } from './disk.ts';
import { type FileSystem, systemError } from './file-system.ts';
import { rawPath } from './raw-name.ts';
import { isBelow, nearestWithGit } from './top.ts';

export interface Place {
  /** What may be read, and so be written. */
  readonly files: FileSystem;
  /** Absolute. */
  readonly cwd: string;
}

/**
 * Mode and owner stay. A symbolic link is followed, but not out of the working directory or its
 * repository: a link that somebody has committed must not choose what is overwritten. A device or
 * pipe that was named is written to.
 * @param path absolute
 * @throws with Node's codes, and EOUTSIDE
 */
export function writeWhole(path: string, text: string, place: Place): void {
  if (leadsOut(path, place)) throw systemError('EOUTSIDE', path);
  const stats = statSync(rawPath(path), { throwIfNoEntry: false });
  if (stats?.isDirectory() === true) throw systemError('EISDIR', path);
  if (stats !== undefined && !stats.isFile()) writeFileSync(rawPath(path), text);
  else replace(realOrAbove(path), text, stats);
}

function replace(target: string, text: string, old: Stats | undefined): void {
  const unique = randomBytes(6).toString('hex');
  const beside = rawPath(join(dirname(target), `.${basename(target).slice(0, 60)}.${unique}.tmp`));
  const file = openSync(beside, 'wx', 0o666);
  try {
    try {
      writeFileSync(file, text);
      if (old !== undefined) fchmodSync(file, old.mode & 0o7777);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (old !== undefined) keepOwner(beside, old);
    renameSync(beside, rawPath(target));
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/**
 * As root in a container the file would become root's; others cannot give a file away, and need
 * not.
 */
function keepOwner(path: string | Buffer, { uid, gid }: Stats): void {
  const now = statSync(path);
  if (now.uid === uid && now.gid === gid) return;
  try {
    chownSync(path, uid, gid);
  } catch {
    // It is whose it is.
  }
}

/**
 * Whether something below the working directory or its repository is a link that leads elsewhere.
 * Whoever names a place elsewhere means it.
 */
function leadsOut(path: string, { files, cwd }: Place): boolean {
  if (!files.isOutside(path)) return false;
  const own = [cwd, nearestWithGit(cwd) ?? cwd];
  return own.some((root) => isBelow(path, root)) || !files.isOutside(dirname(path));
}

/** For a message: lower case, no full stop. */
export function whyNotWritten(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return getOwn(reasons, code) ?? message;
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EDQUOT: 'the quota is used up',
  EEXIST: 'a part of the path is a file',
  EFBIG: 'the file would be larger than this process may write',
  EISDIR: 'it is a directory',
  ELOOP: 'it is a symbolic link that leads back to itself',
  ENOSPC: 'no space left',
  ENOTDIR: 'a part of the path is a file',
  EOUTSIDE: 'it is a link that leads out of the repository; --allow-outside follows it',
  EROFS: 'the file system is read-only',
};
