/**
 * Makefiles, scripts, CI jobs and read-me files by which manifests come to be that are not in the
 * repository.
 */
import { basename, join } from 'node:path';
import { entryOf } from '../multimap.ts';
import { decode } from './decode.ts';
import type { FileSystem } from './file-system.ts';
import { levelsAbove } from './gitignore.ts';

const isScript =
  /^(?:(?:GNU)?makefile|justfile|taskfile\.ya?ml|\.gitlab-ci\.ya?ml)$|\.(?:sh|bash|mk)$/i;
const isReadme = /^readme(?:\.(?:md|txt|rst|adoc))?$/i;
/** A line of a read-me that is typed into a shell, and no prose. */
const isTyped =
  /^\s*(?:\$ +)?(?:cat|tee|cp|mv|ln|curl|wget|sed|envsubst|mkdir|git|helm|kubectl|kustomize) /;
/** Where such files lie in a directory that has a kustomization, or one above it. */
const places = ['.', 'bin', 'ci', 'hack', 'script', 'scripts'] as const;
const jobs = '.github/workflows';
const isJob = /\.ya?ml$/i;
/** What has a line put something into a file. */
const writes = />|\b(?:tee|cp|mv|ln|curl|wget|sed|envsubst)\b|\s-[oO]\b|--output\b/;

const makesDirectory = /\b(?:mkdir|git clone)\b([^&|;]*)/;

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

  /** Whether a script around the directory `above` writes a file or makes a directory so called. */
  write(path: string, above: string): boolean {
    const name = basename(path);
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
        const isText = isReadme.test(file);
        if (left <= 0 || !(isText || isOne.test(file))) return [];
        const bytes = this.#bytes(join(directory, file));
        left -= bytes.length;
        const decoded = decode(bytes);
        if (left <= 0 || !('text' in decoded)) return [];
        const lines = decoded.text.split('\n');
        return (isText ? lines.filter((line) => isTyped.test(line)) : lines).flatMap(namesWritten);
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

/**
 * Of a target of make (`deploy/secret.yaml: secret.tpl`), what stands before the colon. One line
 * may make a directory and write into it.
 */
function namesWritten(line: string): string[] {
  const colon = line.indexOf(':');
  const isTarget = colon !== -1 && !/^\s/.test(line);
  const text = writes.test(line) ? line : isTarget ? line.slice(0, colon) : '';
  const files = text.split(/[^\w.-]+/).filter((word) => isManifest.test(word));
  const [, made = ''] = makesDirectory.exec(line) ?? [];
  const directories = made
    .split(/[\s"']+/)
    .flatMap((word) => (word === '' || word.includes('$') ? [] : basename(word, '.git')));
  return [...files, ...directories];
}
