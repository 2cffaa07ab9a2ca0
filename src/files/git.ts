/**
 * Commits of a git repository, asked of the local `git`: nothing is checked out, and nothing
 * fetched.
 */
import { mostFileBytes, mostFilesInCommit, mostRevisionLength } from '../text/limits.ts';
import { nearestName } from '../text/nearest-name.ts';
import {
  type GitAnswer,
  GitError,
  type GitOptions,
  type GitPlace,
  gitPlace,
  runGit,
} from './git-command.ts';
import { GitTree, tooLarge } from './git-tree.ts';

/** A commit, and how it was called. */
export interface Revision {
  readonly name: string;
  /** The id of the commit; of the tree, where a tree was named. */
  readonly id: string;
}

/** Bytes that one line of `git ls-tree` is given on average, its path included. */
const listedBytes = 256;

export class Repository {
  /** The working tree's top. */
  readonly root: string;
  readonly #place: GitPlace;

  /** The repository that a directory is in. @throws GitError where there is none, or no git */
  constructor(cwd: string) {
    this.#place = gitPlace(cwd);
    this.root = this.#place.top;
  }

  /** @throws GitError with the branch or tag that was probably meant */
  revision(name: string): Revision {
    const object = this.#object(name);
    const id = object && (this.#object(`${object}^{commit}`) ?? this.#object(`${object}^{tree}`));
    if (id !== undefined) return { name, id };
    if (name === 'HEAD' && this.#isUnborn()) return { name, id: this.#emptyTree() };
    throw new GitError(this.#unknown(name));
  }

  /** The commit at which two lines of history parted. @throws GitError */
  mergeBase(name: string, other: string): Revision {
    const [a, b] = [this.revision(name), this.revision(other)];
    const found = this.#git(['merge-base', '--end-of-options', a.id, b.id]);
    if (found.status !== 0)
      throw new GitError(`${name} and ${other} have no commit in common${this.#shallowHint()}`);
    return { name: `${name}...${other}`, id: found.text().trim() };
  }

  /**
   * The files of a commit. The contents of those that `wanted` names (absolute paths) are read at
   * once, others when they are asked for. `checkedOut`: without what a sparse checkout leaves out
   * of the working tree, which would seem to be deleted there.
   * @throws GitError where contents are missing, as in a partial clone
   */
  tree(
    { id, name }: Revision,
    wanted: (path: string) => boolean,
    { checkedOut = false } = {},
  ): GitTree {
    const most = mostFilesInCommit * listedBytes;
    const listed = this.#git(['ls-tree', '-r', '-z', '--full-tree', id], { most });
    if (listed.status !== 0)
      throw new GitError(`cannot list the files of ${name}: ${listed.problem}`);
    if (count(listed.output, 0) > mostFilesInCommit)
      throw new GitError(`${name} holds more than ${mostFilesInCommit} files`);
    const leftOut = checkedOut ? this.#leftOut(most) : undefined;
    const contents = (ids: readonly string[]): Map<string, Buffer> => this.#contents(ids, name);
    return new GitTree(this.root, listed.text(), contents, wanted, leftOut);
  }

  #leftOut(most: number): ReadonlySet<string> | undefined {
    const isSparse = this.#git(['config', '--type=bool', 'core.sparseCheckout']);
    if (isSparse.text().trim() !== 'true') return undefined;
    const files = this.#git(['ls-files', '-t', '-z'], { most }).text().split('\0');
    return new Set(files.flatMap((file) => (file.startsWith('S ') ? [file.slice(2)] : [])));
  }

  /**
   * Contents by id; `tooLarge` stands for those of a file that is. `git cat-file` prints for each
   * object a line `<id> blob <size>`, and with
   * `--batch` its bytes and a line break behind it.
   */
  #contents(ids: readonly string[], name: string): Map<string, Buffer> {
    const contents = new Map<string, Buffer>();
    if (ids.length === 0) return contents;
    const sizes = this.#sizes(ids);
    for (const batch of batches(
      ids.filter((id) => (sizes.get(id) ?? 0) <= mostFileBytes),
      sizes,
    )) {
      const most = batch.length * 100 + batch.reduce((sum, id) => sum + (sizes.get(id) ?? 0), 0);
      const read = this.#git(['cat-file', '--batch'], { input: `${batch.join('\n')}\n`, most });
      if (read.status === 0) takeObjects(read.output, contents);
    }
    for (const [id, size] of sizes) if (size > mostFileBytes) contents.set(id, tooLarge);
    const missing = ids.length - contents.size;
    if (missing > 0)
      throw new GitError(
        `${missing} of ${ids.length} files of ${name} are not in this clone, and nothing ` +
          'is fetched here; git fetch --refetch --no-filter brings all',
      );
    return contents;
  }

  #sizes(ids: readonly string[]): ReadonlyMap<string, number> {
    const { text } = this.#git(['cat-file', '--batch-check'], { input: `${ids.join('\n')}\n` });
    return new Map(
      text()
        .split('\n')
        .map((line) => line.split(' '))
        .flatMap(([id = '', type, size]) => (type === 'blob' ? [[id, Number(size)]] : [])),
    );
  }

  #object(name: string): string | undefined {
    // No revision starts with a dash, and no argument can hold a NUL.
    if (name === '' || name.startsWith('-') || name.includes('\0')) return undefined;
    if (name.length > mostRevisionLength) return undefined;
    const found = this.#git(['rev-parse', '--verify', '--quiet', '--end-of-options', name]);
    const id = found.text().trim();
    return found.status === 0 && /^[0-9a-f]{40,64}$/.test(id) ? id : undefined;
  }

  /** Nothing was committed to the branch yet: there was nothing before. */
  #isUnborn(): boolean {
    return this.#git(['symbolic-ref', '--quiet', 'HEAD']).status === 0;
  }

  /** git knows it without storing it; its id depends on how the repository hashes. */
  #emptyTree(): string {
    return this.#git(['hash-object', '-t', 'tree', '--stdin']).text().trim();
  }

  #unknown(name: string): string {
    const refs = this.#git([
      'for-each-ref',
      '--format=%(refname:short)',
      'refs/heads',
      'refs/tags',
      'refs/remotes',
    ]);
    const names = refs.text().split('\n').filter(Boolean);
    const nearest = nearestName(name, names) ?? trunkOf(name, names);
    const unknown = `"${name}" is neither a path nor a revision of the git repository ${this.root}`;
    return nearest === undefined
      ? `${unknown}${this.#shallowHint()}`
      : `${unknown}; did you mean "${nearest}"?`;
  }

  #shallowHint(): string {
    const shallow = this.#git(['rev-parse', '--is-shallow-repository']).text().trim() === 'true';
    return shallow
      ? '; this clone is shallow: in GitHub Actions, actions/checkout with fetch-depth: 0 ' +
          'brings all commits'
      : '';
  }

  #git(args: readonly string[], options?: GitOptions): GitAnswer {
    return runGit(this.#place, args, options);
  }
}

/** The other name that a first branch usually has. */
function trunkOf(name: string, names: readonly string[]): string | undefined {
  const other = name.endsWith('main')
    ? name.replace(/main$/, 'master')
    : name.replace(/master$/, 'main');
  return other !== name && names.includes(other) ? other : undefined;
}

function count(bytes: Buffer, byte: number): number {
  let found = 0;
  for (let at = bytes.indexOf(byte); at !== -1; at = bytes.indexOf(byte, at + 1)) found += 1;
  return found;
}

/** Ids in groups whose contents together do not fill the memory twice over. */
function batches(
  ids: readonly string[],
  sizes: ReadonlyMap<string, number>,
): readonly (readonly string[])[] {
  const all: string[][] = [];
  let room = 0;
  for (const id of ids) {
    const size = sizes.get(id) ?? 0;
    if (size > room || all.length === 0) {
      all.push([]);
      room = Math.max(mostFileBytes, size);
    }
    all.at(-1)?.push(id);
    room -= size;
  }
  return all;
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
