/** Where files are read from: the disk, or a commit of a git repository (git.ts). */

/** A name in a directory. A symbolic link is neither a file nor a directory. */
export interface Entry {
  readonly name: string;
  isFile(): boolean;
  isDirectory(): boolean;
}

/**
 * All paths are absolute; what does not work throws errors with Node's codes: ENOENT, ENOTDIR,
 * EISDIR, ELOOP, and with three of our own:
 * - EKIND: it is neither a file nor a directory; `kind` says what: `a device`, `a FIFO`, `a socket`
 * - EFBIG: it is larger than what is read
 * - EOUTSIDE: it lies outside of what may be read
 */
export interface FileSystem {
  list(directory: string): Entry[];
  /** Follows symbolic links. */
  isDirectory(path: string): boolean;
  exists(path: string): boolean;
  /** Whether a path lies, or would lie, outside of what may be read. */
  isOutside(path: string): boolean;
  /** The path without symbolic links. */
  real(path: string): string;
  /**
   * `named`: the user himself has named this very path, so it may lie anywhere, and may be a pipe.
   */
  bytes(path: string, named?: boolean): Buffer;
}

export function systemError(
  code: string,
  path: string,
  more: { readonly kind?: string } = {},
): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: ${path}`), { code, ...more });
}
