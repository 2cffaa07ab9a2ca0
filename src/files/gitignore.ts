/**
 * Which files git would not see: the .gitignore files from the root of the repository (or of what
 * is read) down.
 */
import { dirname, join, relative, sep } from 'node:path';
import { pathVerdict } from '../text/path-list.ts';
import { disk } from './disk.ts';
import type { FileSystem } from './file-system.ts';

interface Layer {
  /** Absolute; patterns count from here. */
  readonly directory: string;
  /** Whether a path, seen from there, is ignored; undefined where nothing is said of it. */
  readonly verdict: (path: string) => boolean | undefined;
}

/**
 * Patterns in force in one directory: each level adds its own, and the deepest that says anything
 * decides.
 */
export class GitIgnore {
  readonly #layers: readonly Layer[];
  readonly #files: FileSystem;

  private constructor(layers: readonly Layer[], files: FileSystem) {
    this.#layers = layers;
    this.#files = files;
  }

  static readonly none = new GitIgnore([], disk);

  /**
   * All patterns in force in `directory`, its own included; outside of a repository, as in an
   * archive of one, those from `top` down.
   */
  static within(directory: string, files = disk, top?: string): GitIgnore {
    let ignored = new GitIgnore([], files);
    for (const level of levelsAbove(directory, files, top))
      ignored = ignored.enter(level, files.exists(join(level, '.gitignore')));
    return ignored;
  }

  /**
   * The patterns from above for a directory that was asked for: none, if they exclude it as a
   * whole.
   */
  static above(directory: string, files = disk): GitIgnore {
    const none = new GitIgnore([], files);
    if (files.exists(join(directory, '.git'))) return none;
    const above = GitIgnore.within(dirname(directory), files);
    return above.ignores(directory, true) ? none : above;
  }

  /** The patterns in force below `directory`, an absolute path. */
  enter(directory: string, hasFile: boolean): GitIgnore {
    if (!hasFile) return this;
    let text: string;
    try {
      text = this.#files.bytes(join(directory, '.gitignore')).toString('utf8');
    } catch {
      return this;
    }
    return new GitIgnore(
      [...this.#layers, { directory, verdict: pathVerdict(text.split('\n'), { groups: false }) }],
      this.#files,
    );
  }

  ignores(path: string, isDirectory: boolean): boolean {
    for (let index = this.#layers.length - 1; index >= 0; index--) {
      const { directory, verdict } = this.#layers[index]!;
      const inside = relative(directory, path).split(sep).join('/');
      const said = verdict(isDirectory ? `${inside}/` : inside);
      if (said !== undefined) return said;
    }
    return false;
  }
}

/**
 * The directories from the top of the repository down to one in it, this one included; outside of
 * a repository those from `top` down.
 */
export function levelsAbove(directory: string, files: FileSystem, top?: string): string[] {
  const levels: string[] = [];
  let belowTop = 0;
  for (let at = directory; ; at = dirname(at)) {
    levels.unshift(at);
    if (files.exists(join(at, '.git'))) return levels;
    if (at === top) belowTop = levels.length;
    if (dirname(at) === at) return levels.slice(levels.length - belowTop);
  }
}
