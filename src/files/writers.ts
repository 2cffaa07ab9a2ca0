/** Makefiles, scripts and CI jobs that write manifests which are not in the repository. */
import { basename, join } from 'node:path';
import { decode } from './decode.ts';
import type { FileSystem } from './file-system.ts';
import { levelsAbove } from './gitignore.ts';

const scripts =
  /^(?:(?:GNU)?makefile|justfile|taskfile\.ya?ml|\.gitlab-ci\.ya?ml)$|\.(?:sh|bash|mk)$/i;
/** Where such files lie in a directory that has a kustomization, or one above it. */
const places = ['.', 'bin', 'ci', 'hack', 'script', 'scripts'] as const;
const jobs = '.github/workflows';
/** What has a line put something into a file. */
const writes = />|\b(?:tee|cp|mv|ln|curl|wget|sed|envsubst)\b|\s-[oO]\b|--output\b/;

export class Writers {
  readonly #files: FileSystem;
  readonly #top: string;
  readonly #lines = new Map<string, readonly string[]>();

  constructor(files: FileSystem, top: string) {
    this.#files = files;
    this.#top = top;
  }

  /** Whether a script around the directory `above` writes a file of this name. */
  write(path: string, above: string): boolean {
    const name = basename(path);
    if (!/\.(?:ya?ml|json)$/i.test(name)) return false;
    return levelsAbove(above, this.#files, this.#top).some((level) =>
      [...places, jobs].some((place) =>
        this.#linesIn(join(level, place)).some(
          (line) => line.includes(name) && (writes.test(line) || isTarget(line, name)),
        ),
      ),
    );
  }

  /** The lines of all scripts in a directory. */
  #linesIn(directory: string): readonly string[] {
    let lines = this.#lines.get(directory);
    if (lines === undefined) {
      lines = this.#read(directory);
      this.#lines.set(directory, lines);
    }
    return lines;
  }

  #read(directory: string): string[] {
    try {
      if (!this.#files.exists(directory)) return [];
      const isScript = directory.endsWith('workflows') ? /\.ya?ml$/i : scripts;
      const names = this.#files.list(directory).filter((entry) => entry.isFile());
      return names
        .filter(({ name }) => isScript.test(name))
        .flatMap(({ name }) => {
          const decoded = decode(this.#files.bytes(join(directory, name)));
          return 'text' in decoded ? decoded.text.split('\n') : [];
        });
    } catch {
      return [];
    }
  }
}

/** `deploy/secret.yaml: secret.tpl` of make. */
function isTarget(line: string, name: string): boolean {
  const colon = line.indexOf(':');
  return colon !== -1 && !/^\s/.test(line) && line.slice(0, colon).includes(name);
}
