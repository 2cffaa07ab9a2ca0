/** What reading gave: texts, and everything that stood in the way of one. */
import type { SourceFile } from '../manifest/source.ts';

/** Why a path gave no text. */
export interface InputProblem {
  /**
   * - `missing`: there is no such file or directory
   * - `unreadable`: the system would not let us read it
   * - `binary`: it holds NUL bytes
   * - `encoding`: it is text, but not UTF-8
   * - `special`: it is not a file but a device, a FIFO or a socket
   * - `too-large`: it is larger than what is read
   * - `outside`: it lies outside of what may be read
   * - `loop`: a symbolic link that leads back to itself
   * - `empty`: it was asked for, and there is nothing in it
   * - `no-match`: a pattern or directory gave no manifest at all
   */
  readonly code:
    | 'missing'
    | 'unreadable'
    | 'binary'
    | 'encoding'
    | 'special'
    | 'too-large'
    | 'outside'
    | 'loop'
    | 'empty'
    | 'no-match';
  /** As shown: relative to the working directory where possible, forward slashes. */
  readonly path: string;
  /** Lower case, no full stop: what is wrong, then what to do. */
  readonly message: string;
  /** Whether the user named that very path; then the run as a whole failed. */
  readonly explicit: boolean;
  /** Whether the run as a whole failed because of it. */
  readonly fails?: boolean;
}

/** A directory that was read without what is below it, although there are manifests. */
export interface DirectoryBelow {
  readonly path: string;
  readonly files: number;
  /** Whether it holds none itself. */
  readonly only: boolean;
}

export interface Inputs {
  /** In the order read: arguments as given, each directory in lexical order as kubectl lists it. */
  readonly files: readonly SourceFile[];
  readonly problems: readonly InputProblem[];
  /** Directories of Helm charts, whose templates must be rendered first. */
  readonly charts: readonly string[];
  readonly below: readonly DirectoryBelow[];
  /** Configurations that lie among what was found. */
  readonly configs?: readonly string[];
  /** Whether every argument was a file (or stdin) named one by one. */
  readonly explicitFiles: boolean;
}

export const stdinName = '<stdin>';
