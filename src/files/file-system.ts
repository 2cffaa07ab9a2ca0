/** Where files are read from: the disk, or a commit of a git repository (git.ts). */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';

/** A name in a directory. A symbolic link is neither a file nor a directory. */
export interface Entry {
  readonly name: string;
  isFile(): boolean;
  isDirectory(): boolean;
}

/** All paths are absolute; what does not work throws errors with Node's codes: ENOENT, ENOTDIR, EISDIR, ELOOP. */
export interface FileSystem {
  list(directory: string): Entry[];
  /** Follows symbolic links. */
  isDirectory(path: string): boolean;
  exists(path: string): boolean;
  /** The path without symbolic links. */
  real(path: string): string;
  bytes(path: string): Buffer;
}

export const disk: FileSystem = {
  list: (directory) => readdirSync(directory, { withFileTypes: true }),
  isDirectory: (path) => statSync(path).isDirectory(),
  exists: existsSync,
  real: (path) => realpathSync.native(path),
  bytes: (path) => readFileSync(path),
};
