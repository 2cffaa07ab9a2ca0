/**
 * What `diff BASE [HEAD]` compares: paths, or revisions of the repository that the working
 * directory is in.
 */
import { existsSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { DiffSide } from '../diff/diff-report.ts';
import type { FileSystem } from '../files/file-system.ts';
import { Repository, type Revision } from '../files/git.ts';
import { GitError } from '../files/git-command.ts';
import { movedPath, moveOf, withMovedDirectory } from '../files/moved-directory.ts';
import { isAtOrBelow } from '../files/top.ts';
import { isManifestName } from '../files/walk.ts';
import { fixedPart } from '../units/paths.ts';
import { filesFor } from './files.ts';
import type { CommandLine } from './flags.ts';
import type { Io } from './io.ts';
import { nearbyPath } from './nearby-path.ts';
import { pullRequestBase, pullRequestNames } from './pull-request.ts';
import { UsageError } from './usage-error.ts';

/** Where one side is read. */
export interface Source extends Pick<DiffSide, 'label' | 'kind' | 'id' | 'ownPath'> {
  /** As somebody would type them, seen from the working directory. */
  readonly paths: readonly string[];
  readonly files: FileSystem;
  /** Whether it was asked for on this side only, and must be there. */
  readonly strict: boolean;
  /** Repositories inside of the repository: a commit does not hold their files. */
  readonly submodules: ReadonlySet<string>;
}

/** What one argument says. */
type Argument =
  | { readonly kind: 'path'; readonly text: string }
  | {
      readonly kind: 'revision';
      readonly text: string;
      readonly revision: Revision;
      readonly path?: string;
      /** What people call it. */
      readonly label?: string;
    }
  | { readonly kind: 'working-tree'; readonly label?: string };

/** Undefined where the base of a pull request is asked for and there is none. @throws UsageError */
export function diffSources(line: CommandLine, io: Io): { base: Source; head: Source } | undefined {
  try {
    return new Sides(line, io).sources();
  } catch (error) {
    if (error instanceof GitError) throw new UsageError(error.message, 'diff');
    throw error;
  }
}

class Sides {
  readonly #cwd: string;
  readonly #env: Io['env'];
  readonly #line: CommandLine;
  readonly #ofPullRequest: boolean;
  readonly #arguments: readonly string[];
  /** Behind `--` and by -f: of both sides. */
  readonly #only: readonly string[];
  #repository: Repository | undefined;

  constructor(line: CommandLine, { cwd, env }: Io) {
    this.#cwd = cwd;
    this.#line = line;
    this.#env = env;
    this.#ofPullRequest = line.has('pull-request');
    const first = line.positionals.length - line.behindDashes;
    this.#arguments = line.positionals.slice(0, first);
    this.#only = [...line.positionals.slice(first), ...line.list('filename')];
  }

  sources(): { base: Source; head: Source } | undefined {
    const pair = this.#ofPullRequest ? this.#pullRequest() : this.#sides();
    if (pair === undefined) return undefined;
    const [base, head] = pair;
    if (base.kind === 'path' && head.kind === 'working-tree')
      throw new UsageError(
        `diff needs two sides; with what is ${base.text} to be compared? kubeplumb diff ` +
          `${base.text} OTHER   (or, with the last commit: kubeplumb diff HEAD -- ` +
          `${base.text})`,
        'diff',
      );
    const sides = [base, head];
    if (
      this.#only.length > 0 &&
      sides.some(
        (side) => side.kind === 'path' || (side.kind === 'revision' && side.path !== undefined),
      )
    )
      throw new UsageError(
        '-f and paths behind -- choose among the files of revisions; here a side has a ' +
          'path of its own',
        'diff',
      );
    if (sides.every((side) => side.kind === 'path' && side.text === '-'))
      throw new UsageError('only one side can come from stdin', 'diff');
    return {
      base: this.#moved(this.#source(base, head), base, head),
      head: this.#source(head, base),
    };
  }

  #pullRequest(): [Argument, Argument] | undefined {
    const [head, more] = this.#arguments;
    if (more !== undefined)
      throw new UsageError('--pull-request says what BASE is; only HEAD can be named', 'diff');
    const revision = pullRequestBase(this.#git(), this.#env);
    if (revision === undefined) return undefined;
    const names = pullRequestNames(this.#env);
    const { base: label = revision.id } = names;
    return [
      { kind: 'revision', text: revision.id, revision, label },
      head === undefined ? { kind: 'working-tree', label: names.head } : this.#argument(head),
    ];
  }

  #sides(): [Argument, Argument] {
    const [one, two, ...more] = this.#arguments;
    if (one === undefined)
      throw new UsageError(
        'diff with what? a revision or a directory: kubeplumb diff main',
        'diff',
      );
    if (more.length > 0)
      throw new UsageError(
        'diff takes two sides; paths that both are limited to go behind --: ' +
          ['kubeplumb diff', one, two, '--', ...more].join(' '),
        'diff',
      );
    if (two !== undefined) return [this.#argument(one), this.#argument(two)];
    const [, from = '', dots, to = ''] =
      (!this.#isPath(one) && /^([^.].*?)(\.{2,3})([^./].*)?$/s.exec(one)) || [];
    if (dots === undefined) return [this.#argument(one), { kind: 'working-tree' }];
    const head = to === '' ? ({ kind: 'working-tree' } as const) : this.#argument(to);
    if (dots === '..') return [this.#argument(from), head];
    return [
      {
        kind: 'revision',
        text: one,
        revision: this.#git().mergeBase(from, to === '' ? 'HEAD' : to),
      },
      head,
    ];
  }

  #isPath(text: string): boolean {
    return text === '-' || existsSync(resolve(this.#cwd, text));
  }

  /** A path that exists wins. */
  #argument(text: string): Argument {
    if (this.#isPath(text)) return { kind: 'path', text };
    const [, name = text, path] = /^((?:[^:{]|\{[^}]*\})+):(.*)$/.exec(text) ?? [];
    let revision: Revision;
    try {
      revision = this.#git().revision(name);
    } catch (error) {
      const near = error instanceof GitError ? nearbyPath(text, this.#cwd) : undefined;
      if (near !== undefined)
        throw new UsageError(`"${text}" does not exist; did you mean "${near}"?`, 'diff');
      throw error;
    }
    return {
      kind: 'revision',
      text,
      revision,
      ...(path !== undefined && { path: this.#inTree(path) }),
    };
  }

  /**
   * `k8s` counts from the root of the repository, `./k8s` from the working directory, as for git.
   */
  #inTree(path: string): string {
    return this.#shown(resolve(/^\.{1,2}(\/|$)/.test(path) ? this.#cwd : this.#git().root, path));
  }

  #shown(path: string): string {
    return relative(this.#cwd, path).split(sep).join('/') || '.';
  }

  #git(): Repository {
    try {
      return (this.#repository ??= new Repository(this.#cwd));
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
      if (this.#ofPullRequest) throw error;
      const missing = this.#arguments.find((argument) => !this.#isPath(argument)) ?? '';
      throw new GitError(`"${missing}" does not exist, and cannot be a revision: ${error.message}`);
    }
  }

  /** A revision of which no path is named is read where the other side is. */
  #source(side: Argument, other: Argument): Source {
    const plain = { ownPath: (path: string) => path, submodules: new Set<string>() };
    if (side.kind === 'path') {
      const label = side.text === '-' ? 'stdin' : side.text;
      return {
        ...plain,
        kind: side.kind,
        label,
        paths: [side.text],
        files: this.#disk([side.text]),
        strict: true,
      };
    }
    const beside =
      other.kind === 'path'
        ? this.#insideRepository(other.text)
        : other.kind === 'revision'
          ? other.path
          : undefined;
    const paths = this.#only.length > 0 ? this.#only : [beside ?? '.'];
    if (side.kind === 'working-tree')
      return {
        ...plain,
        kind: side.kind,
        label: side.label ?? 'the working tree',
        paths,
        files: this.#disk(paths),
        strict: false,
      };
    const wanted = side.path === undefined ? paths : [side.path];
    const checkedOut = other.kind === 'working-tree';
    const files = this.#git().tree(side.revision, this.#within(wanted), { checkedOut });
    const { text, revision, path } = side;
    const label = (side.label ?? text).replace(/\b[0-9a-f]{40,}\b/g, (id) => id.slice(0, 12));
    return {
      ...plain,
      kind: side.kind,
      label,
      id: revision.id,
      paths: wanted,
      files,
      strict: path !== undefined,
      submodules: files.submodules,
    };
  }

  #disk(paths: readonly string[]): FileSystem {
    return filesFor(paths, this.#line, { cwd: this.#cwd });
  }

  /** BASE as if it were where HEAD is, so that files go by equal names. */
  #moved(base: Source, from: Argument, to: Argument): Source {
    const [path, place] = [pathOf(from), pathOf(to)];
    if (path === undefined || place === undefined) return base;
    const move = moveOf(resolve(this.#cwd, path), resolve(this.#cwd, place));
    if (move.from === move.to) return base;
    const ownPath = (shown: string): string =>
      this.#shown(movedPath(resolve(this.#cwd, shown), { from: move.to, to: move.from }));
    return { ...base, paths: [place], files: withMovedDirectory(base.files, move), ownPath };
  }

  #insideRepository(path: string): string | undefined {
    const inside = path === '-' ? '..' : relative(this.#git().root, resolve(this.#cwd, path));
    return inside.startsWith('..') || isAbsolute(inside) ? undefined : path;
  }

  /** Which files are certainly read. */
  #within(paths: readonly string[]): (path: string) => boolean {
    const roots = paths.map((path) => resolve(this.#cwd, fixedPart(path)));
    return (path) => isManifestName(path) && roots.some((root) => isAtOrBelow(path, root));
  }
}

/** The one path that a side has of its own. */
function pathOf(side: Argument): string | undefined {
  const path = side.kind === 'path' ? side.text : side.kind === 'revision' ? side.path : undefined;
  return path === '-' ? undefined : path;
}
