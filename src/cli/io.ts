/** What a command may touch of the world around it; tests hand in their own. */

import type { Changes } from '../files/changes.ts';
import type { Look } from '../files/observed.ts';

export interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
  /** Width of the terminal; undefined where there is none. */
  readonly columns: number | undefined;
}

/**
 * What stdin has for a command that reads none of it. `no pipe`: a terminal, `/dev/null`, nothing
 * at all. `nothing`: an empty file, or a pipe that was closed, or that nobody writes to.
 */
export type Arrival = 'no pipe' | 'nothing' | 'not yet' | 'something';

export interface Io {
  /** Everything that comes in, read to its end. */
  readonly stdin: () => Promise<Buffer>;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  readonly cwd: string;
  /** To be asked where no path is named; what has come is lost. */
  readonly comesThroughStdin?: () => Promise<Arrival>;
  /** Tells of changes below paths, but for those of which `isOwn` holds. */
  readonly changes?: (paths: readonly string[], isOwn: (path: string) => boolean) => Changes;
  /** Told of every path that is looked at while manifests and the configuration are read. */
  readonly looksAt?: (path: string, look: Look) => void;
  /** Milliseconds of some clock. */
  readonly now?: () => number;
  /** What the process has used so far. */
  readonly usage?: () => { readonly cpuSeconds: number; readonly peakBytes: number };
}

/**
 * - 0: nothing at or above `--fail-on`; what was asked for was found
 * - 1: findings; a named object that is not there
 * - 2: wrong use, unreadable input, nothing to read, a crash
 */
export type ExitCode = 0 | 1 | 2;
