/** Commits of a git repository, asked of the local `git`: nothing is checked out, and nothing fetched. */
import { resolve } from 'node:path';
import { nearestName } from '../text/nearest-name.ts';
import { GitTree } from './git-tree.ts';

/** What stands in the way, for the user: lower case, no full stop. */
export class GitError extends Error {}

/** A commit, and how it was called. */
export interface Revision {
  readonly name: string;
  /** The id of the commit; of the tree, where a tree was named. */
  readonly id: string;
}

export class Repository {
  /** The working directory's top, or the directory it was opened from where there is none. */
  readonly root: string;
  readonly #cwd: string;

  /** The repository that a directory is in. @throws GitError where there is none, or no git */
  constructor(cwd: string) {
    this.#cwd = cwd;
    const found = git(cwd, ['rev-parse', '--show-cdup']);
    if (found.status !== 0) throw new GitError(whyNoRepository(found.problem, cwd));
    this.root = resolve(cwd, found.text().trim());
  }

  /** @throws GitError with the branch or tag that was probably meant */
  revision(name: string): Revision {
    // A leading dash would be an option to git, and no revision starts with one.
    const object = name.startsWith('-') ? undefined : this.#object(name);
    const id = object && (this.#object(`${object}^{commit}`) ?? this.#object(`${object}^{tree}`));
    if (id !== undefined) return { name, id };
    throw new GitError(this.#unknown(name));
  }

  /** The commit at which two lines of history parted. @throws GitError */
  mergeBase(name: string, other: string): Revision {
    const [a, b] = [this.revision(name), this.revision(other)];
    const found = git(this.#cwd, ['merge-base', a.id, b.id]);
    if (found.status !== 0)
      throw new GitError(`${name} and ${other} have no commit in common${this.#shallowHint()}`);
    return { name: `${name}...${other}`, id: found.text().trim() };
  }

  /**
   * The files of a commit. The contents of those that `wanted` names (absolute paths) are read at once, others when they are asked for.
   * @throws GitError where contents are missing, as in a partial clone
   */
  tree({ id, name }: Revision, wanted: (path: string) => boolean): GitTree {
    const listed = git(this.#cwd, ['ls-tree', '-r', '-z', '--full-tree', id]);
    if (listed.status !== 0)
      throw new GitError(`cannot list the files of ${name}: ${listed.problem}`);
    return new GitTree(this.root, listed.text(), (ids) => this.#contents(ids, name), wanted);
  }

  /** `git cat-file --batch`: for each object a line `<id> blob <size>`, its bytes and a line break. */
  #contents(ids: readonly string[], name: string): Map<string, Buffer> {
    const contents = new Map<string, Buffer>();
    if (ids.length === 0) return contents;
    const read = git(this.#cwd, ['cat-file', '--batch'], `${ids.join('\n')}\n`);
    const missing = ids.length - (read.status === 0 ? takeObjects(read.output, contents) : 0);
    if (missing > 0)
      throw new GitError(
        `${missing} of ${ids.length} files of ${name} are not in this clone, and nothing is fetched here; git fetch --refetch --no-filter brings all`,
      );
    return contents;
  }

  #object(name: string): string | undefined {
    const found = git(this.#cwd, ['rev-parse', '--verify', '--quiet', name]);
    return found.status === 0 ? found.text().trim() : undefined;
  }

  #unknown(name: string): string {
    const refs = git(this.#cwd, [
      'for-each-ref',
      '--format=%(refname:short)',
      'refs/heads',
      'refs/tags',
      'refs/remotes',
    ]);
    const nearest = nearestName(name, refs.text().split('\n').filter(Boolean));
    const unknown = `"${name}" is neither a path nor a revision of the git repository ${this.root}`;
    return nearest === undefined
      ? `${unknown}${this.#shallowHint()}`
      : `${unknown}; did you mean "${nearest}"?`;
  }

  #shallowHint(): string {
    const shallow =
      git(this.#cwd, ['rev-parse', '--is-shallow-repository']).text().trim() === 'true';
    return shallow
      ? '; this clone is shallow: in GitHub Actions, actions/checkout with fetch-depth: 0 brings all commits'
      : '';
  }
}

function takeObjects(output: Buffer, contents: Map<string, Buffer>): number {
  for (let at = 0; at < output.length;) {
    const end = output.indexOf(0x0a, at);
    const [id = '', type, size] = output.toString('latin1', at, end).split(' ');
    at = end + 1;
    if (type !== 'blob') continue;
    contents.set(id, output.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return contents.size;
}

interface Answer {
  readonly status: number;
  readonly output: Buffer;
  /** The first line that git had to say against it. */
  readonly problem: string;
  text(): string;
}

/** Never through a shell. What a partial clone lacks git would fetch by itself: older releases are kept from it by forbidding all transports. */
function git(cwd: string, args: readonly string[], input = ''): Answer {
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const { error, status, stdout, stderr } = spawnSync(
    'git',
    ['-c', 'protocol.allow=never', ...args],
    {
      cwd,
      input,
      maxBuffer: Infinity,
      env: { ...process.env, LC_ALL: 'C', GIT_NO_LAZY_FETCH: '1' },
    },
  );
  if (error !== undefined) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new GitError(
      missing ? 'git is not installed, or not in the PATH' : `git cannot be run: ${error.message}`,
    );
  }
  const problem = stderr.toString('utf8').split('\n')[0] ?? '';
  return {
    status: status ?? 128,
    output: stdout,
    problem: problem.replace(/^fatal: /, ''),
    text: () => stdout.toString('utf8'),
  };
}

function whyNoRepository(problem: string, cwd: string): string {
  return /^not a git repository/i.test(problem)
    ? `${cwd} is in no git repository`
    : `git says: ${problem}`;
}
