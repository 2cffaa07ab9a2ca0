/** Makefiles, scripts and CI jobs that write manifests which are not in the repository. */
import { basename, join } from 'node:path';
import { entryOf } from '../multimap.ts';
import { decode } from './decode.ts';
import type { FileSystem } from './file-system.ts';
import { levelsAbove } from './gitignore.ts';

const isScript =
  /^(?:(?:GNU)?makefile|justfile|taskfile\.ya?ml|\.gitlab-ci\.ya?ml)$|\.(?:sh|bash|mk)$/i;
/** Where such files lie in a directory that has a kustomization, or one above it. */
const places = ['.', 'bin', 'ci', 'hack', 'script', 'scripts'] as const;
const jobs = '.github/workflows';
const isJob = /\.ya?ml$/i;
/** What has a line put something into a file. */
const writes = />|\b(?:tee|cp|mv|ln|curl|wget|sed|envsubst)\b|\s-[oO]\b|--output\b/;

const isManifest = /\.(?:ya?ml|json)$/i;
/** More is no script that anybody wrote. */
const mostBytes = 1 << 20;

export class Writers {
  readonly #files: FileSystem;
  readonly #top: string;
  readonly #written = new Map<string, ReadonlySet<string>>();

  constructor(files: FileSystem, top: string) {
    this.#files = files;
    this.#top = top;
  }

  /** Whether a script around the directory `above` writes a file of this name. */
  write(path: string, above: string): boolean {
    const name = basename(path);
    if (!isManifest.test(name)) return false;
    return levelsAbove(above, this.#files, this.#top).some((level) =>
      [...places, jobs].some((place) =>
        this.#writtenIn(join(level, place), place === jobs ? isJob : isScript).has(name),
      ),
    );
  }

  /** The names of what all scripts in a directory write. */
  #writtenIn(directory: string, isOne: RegExp): ReadonlySet<string> {
    return entryOf(this.#written, `${directory}\n${isOne.source}`, () => {
      let left = mostBytes;
      const names = this.#filesIn(directory).flatMap((file) => {
        if (left <= 0 || !isOne.test(file)) return [];
        const bytes = this.#bytes(join(directory, file));
        left -= bytes.length;
        const decoded = decode(bytes);
        return left > 0 && 'text' in decoded ? decoded.text.split('\n').flatMap(namesWritten) : [];
      });
      return new Set(names);
    });
  }

  #filesIn(directory: string): string[] {
    try {
      const entries = this.#files.exists(directory) ? this.#files.list(directory) : [];
      return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    } catch {
      return [];
    }
  }

  #bytes(path: string): Buffer {
    try {
      return this.#files.bytes(path);
    } catch {
      return Buffer.alloc(0);
    }
  }
}

/** Of a target of make (`deploy/secret.yaml: secret.tpl`), what stands before the colon. */
function namesWritten(line: string): string[] {
  const colon = line.indexOf(':');
  const isTarget = colon !== -1 && !/^\s/.test(line);
  const text = writes.test(line) ? line : isTarget ? line.slice(0, colon) : '';
  return text.split(/[^\w.-]+/).filter((word) => isManifest.test(word));
}
