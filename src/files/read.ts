/** From what the user typed to texts. */
import { statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { SourceFile } from '../manifest/source.ts';
import { isPattern } from '../text/glob.ts';
import { mostFoundBytes } from '../text/limits.ts';
import { decode } from './decode.ts';
import { disk } from './disk.ts';
import type { FileSystem } from './file-system.ts';
import { type DirectoryBelow, type InputProblem, type Inputs, stdinName } from './inputs.ts';
import { matchPattern } from './pattern.ts';
import { systemProblem } from './system-problem.ts';
import { walk } from './walk.ts';

export interface ReadOptions {
  readonly cwd: string;
  /** Whether directories are read with everything below them. */
  readonly recursive: boolean;
  /** Whether files that git ignores are left out of directories and patterns. */
  readonly gitignore: boolean;
  readonly stdin: () => Promise<Buffer>;
  /** What is not read below directories and by patterns; a path is absolute. */
  readonly isIgnored?: (path: string, isDirectory: boolean) => boolean;
  /**
   * False: it is a file of the repository that names the paths, so they must be files inside of
   * what may be read.
   */
  readonly named?: boolean;
  /** Is told of every file before it is read. */
  readonly onFile?: () => void;
  /** Is told of every directory before it is listed. */
  readonly onDirectory?: () => void;
  /** Instead of `mostFoundBytes`. */
  readonly mostBytes?: number;
  /** Instead of the disk. */
  readonly files?: FileSystem;
}

/** Whether an argument can only be meant as input: it exists, is `-`, or is a pattern. */
export function isInput(argument: string, cwd: string): boolean {
  return argument === '-' || isPattern(argument) || exists(resolve(cwd, argument));
}

/**
 * Reads paths, directories, patterns and `-`. Never throws: what could not be read is among the
 * problems.
 */
export async function readInputs(args: readonly string[], options: ReadOptions): Promise<Inputs> {
  const reader = new Reader(options);
  for (const argument of args) await reader.add(argument);
  return reader.inputs();
}

class Reader {
  readonly #options: ReadOptions;
  readonly #system: FileSystem;
  readonly #files: SourceFile[] = [];
  readonly #problems: InputProblem[] = [];
  readonly #charts: string[] = [];
  readonly #below: DirectoryBelow[] = [];
  readonly #configs: string[] = [];
  /** Real paths: a file that two arguments name is read once. */
  readonly #seen = new Set<string>();
  #explicitFiles = true;
  /** Bytes of what nobody named file by file. */
  #found = 0;

  constructor(options: ReadOptions) {
    this.#options = options;
    this.#system = options.files ?? disk;
  }

  inputs(): Inputs {
    // A part of what was meant is never judged as if it were all.
    const isPart = this.#isFull();
    return {
      files: isPart ? [] : this.#files,
      problems: this.#problems,
      charts: isPart ? [] : this.#charts,
      below: this.#below,
      configs: this.#configs,
      explicitFiles: this.#explicitFiles,
    };
  }

  async add(argument: string): Promise<void> {
    if (argument === '-') return this.#addStdin();
    const path = resolve(this.#options.cwd, argument);
    try {
      if (this.#system.isDirectory(path)) this.#addDirectory(path, argument);
      else this.#readFile(path, argument, true);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' && isPattern(argument)) this.#addPattern(argument);
      else this.#problems.push(systemProblem(this.#show(path, argument), error, true));
    }
  }

  async #addStdin(): Promise<void> {
    if (this.#seen.has(stdinName)) return;
    this.#seen.add(stdinName);
    this.#take(stdinName, await this.#options.stdin(), true);
  }

  #addDirectory(path: string, argument: string): void {
    this.#explicitFiles = false;
    const found = walk(path, this.#options);
    for (const chart of found.charts) this.#charts.push(this.#show(chart, argument));
    for (const config of found.configs) this.#configs.push(this.#show(config, argument));
    const real = this.#system.real(path);
    for (const file of found.files) {
      const known = found.links.has(file) ? undefined : real + file.slice(path.length);
      this.#readFile(file, argument, false, known);
      if (this.#isFull()) return this.#tellFull(this.#show(path, argument));
    }
    for (const { path: unlisted, error } of found.unlisted)
      this.#problems.push(systemProblem(this.#show(unlisted, argument), error, unlisted === path));
    if (found.charts.includes(path) || found.unlisted.some((directory) => directory.path === path))
      return;
    const shown = this.#show(path, argument);
    const below = this.#options.recursive
      ? 0
      : walk(path, { ...this.#options, recursive: true }).files.length - found.files.length;
    if (below > 0) this.#below.push({ path: shown, files: below, only: found.files.length === 0 });
    else if (found.files.length === 0 && found.charts.length === 0)
      this.#problems.push({
        code: 'no-match',
        path: shown,
        explicit: true,
        message:
          'holds no .yaml, .yml or .json file' +
          (this.#leavesOut(path) ? ' that ignorePaths or --exclude leaves in' : ''),
      });
  }

  #leavesOut(directory: string): boolean {
    const all = { ...this.#options, isIgnored: () => false, recursive: true };
    return walk(directory, all).files.length > 0;
  }

  #addPattern(pattern: string): void {
    this.#explicitFiles = false;
    const { files, any } = matchPattern(pattern, this.#options);
    for (const path of files) {
      this.#readFile(path, pattern, false);
      if (this.#isFull()) return this.#tellFull(pattern);
    }
    if (files.length > 0) return;
    const message = any
      ? 'matches no .yaml, .yml or .json file that git does not ignore'
      : `matches no file in ${this.#options.cwd}`;
    this.#problems.push({ code: 'no-match', path: pattern, explicit: true, message });
  }

  #isFull(): boolean {
    return this.#found > (this.#options.mostBytes ?? mostFoundBytes);
  }

  #tellFull(path: string): void {
    const most = `${mostFoundBytes / 1024 / 1024} MiB`;
    const message = `gives more than ${most} to read; name a directory nearer to the manifests`;
    this.#problems.push({ code: 'too-large', path, explicit: true, message });
  }

  /** `real`: the path without symbolic links, where it is known. */
  #readFile(path: string, argument: string, explicit: boolean, real?: string): void {
    const shown = this.#show(path, argument);
    try {
      const identity = real ?? this.#identity(path, explicit);
      if (this.#seen.has(identity)) return;
      this.#seen.add(identity);
      this.#options.onFile?.();
      const named = explicit && this.#options.named !== false;
      this.#take(shown, this.#system.bytes(path, named), explicit);
    } catch (error) {
      this.#problems.push(systemProblem(shown, error, explicit));
    }
  }

  /**
   * A pipe that a shell has opened (`<(helm template …)`) has a name that leads nowhere, and can be
   * read all the same.
   */
  #identity(path: string, explicit: boolean): string {
    try {
      return this.#system.real(path);
    } catch (error) {
      if (explicit && this.#system.exists(path)) return path;
      throw error;
    }
  }

  #take(path: string, bytes: Buffer, explicit: boolean): void {
    if (!explicit) this.#found += bytes.length;
    const decoded = decode(bytes);
    if (!('text' in decoded)) this.#problems.push({ path, explicit, ...decoded });
    else if (explicit && decoded.text.trim() === '')
      this.#problems.push({ code: 'empty', path, explicit, message: emptyMessage(path) });
    else this.#files.push(new SourceFile(path, decoded.text));
  }

  /**
   * Relative to the working directory; absolute where the user wrote it so and it lies elsewhere.
   */
  #show(path: string, argument: string): string {
    const inside = relative(this.#options.cwd, path);
    const shown =
      inside === '' ? '.' : inside.startsWith('..') && isAbsolute(argument) ? path : inside;
    return shown.split(sep).join('/');
  }
}

function emptyMessage(path: string): string {
  return path === stdinName
    ? 'gave nothing to read; did the command before the pipe fail?'
    : 'is empty';
}

function exists(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}
