/** Which files git would not see: the .gitignore files from the root of the repository (or of what is read) down. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

interface Layer {
  /** Absolute; patterns count from here. */
  readonly directory: string;
  readonly patterns: Ignore;
}

/** Patterns in force in one directory: each level adds its own, and the deepest that says anything decides. */
export class GitIgnore {
  readonly #layers: readonly Layer[];

  private constructor(layers: readonly Layer[]) {
    this.#layers = layers;
  }

  static readonly none = new GitIgnore([]);

  /** All patterns in force in `directory`, its own included; none outside of a repository. */
  static within(directory: string): GitIgnore {
    const levels: string[] = [];
    for (let at = directory; ; at = dirname(at)) {
      levels.unshift(at);
      if (existsSync(join(at, '.git'))) break;
      if (dirname(at) === at) return GitIgnore.none;
    }
    let ignored = GitIgnore.none;
    for (const level of levels) ignored = ignored.enter(level, existsSync(join(level, '.gitignore')));
    return ignored;
  }

  /** The patterns from above for a directory that was asked for: none, if they exclude it as a whole. */
  static above(directory: string): GitIgnore {
    if (existsSync(join(directory, '.git'))) return GitIgnore.none;
    const above = GitIgnore.within(dirname(directory));
    return above.ignores(directory, true) ? GitIgnore.none : above;
  }

  /** The patterns in force below `directory`, an absolute path. */
  enter(directory: string, hasFile: boolean): GitIgnore {
    if (!hasFile) return this;
    let text: string;
    try {
      text = readFileSync(join(directory, '.gitignore'), 'utf8');
    } catch {
      return this;
    }
    return new GitIgnore([...this.#layers, { directory, patterns: ignore().add(text) }]);
  }

  ignores(path: string, isDirectory: boolean): boolean {
    for (let index = this.#layers.length - 1; index >= 0; index--) {
      const { directory, patterns } = this.#layers[index]!;
      const inside = relative(directory, path).split(sep).join('/');
      const { ignored, unignored } = patterns.test(isDirectory ? `${inside}/` : inside);
      if (ignored) return true;
      if (unignored) return false;
    }
    return false;
  }
}
