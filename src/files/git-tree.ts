/** The files of one commit, as if they were on disk below the root of the repository. */
import { join, relative, resolve, sep } from 'node:path';
import { type Entry, type FileSystem, systemError } from './file-system.ts';

interface Blob {
  readonly id: string;
  readonly link: boolean;
}

/** Stands for the contents of a file that nobody reads (`mostFileBytes`). */
export const tooLarge = Buffer.alloc(0);

/** What the path of a link may hold (Linux's limit). */
const mostPathBytes = 4096;

/** So many symbolic links may follow one another (Linux's limit). */
const mostLinks = 40;

export class GitTree implements FileSystem {
  readonly #root: string;
  readonly #blobs = new Map<string, Blob>();
  readonly #directories = new Map<string, Map<string, Entry>>();
  readonly #fetch: (ids: readonly string[]) => Map<string, Buffer>;
  readonly #contents: Map<string, Buffer>;
  /** Absolute paths of repositories inside this one, of which a commit holds nothing but an id. */
  readonly submodules: ReadonlySet<string>;

  /** `listed` is what `git ls-tree -r -z` prints; `fetch` gives the contents of objects. */
  constructor(
    root: string,
    listed: string,
    fetch: (ids: readonly string[]) => Map<string, Buffer>,
    wanted: (path: string) => boolean,
    leftOut?: ReadonlySet<string>,
  ) {
    this.#root = root;
    this.#fetch = fetch;
    this.#directories.set(root, new Map());
    const submodules = new Set<string>();
    const first: string[] = [];
    for (const line of listed.split('\0')) {
      const [, mode, type, id = '', name = ''] = /^(\d+) (\w+) (\w+)\t([\s\S]+)$/.exec(line) ?? [];
      // git itself writes no such names; whoever makes objects by hand can.
      if (/(^|\/)(\.{0,2}|\.git)(\/|$)/i.test(name)) continue;
      if (leftOut?.has(name) === true) continue;
      const path = join(root, name);
      if (type === 'commit') submodules.add(path);
      if (type !== 'blob') continue;
      const link = mode === '120000';
      this.#blobs.set(path, { id, link });
      this.#enter(path, link ? 'link' : 'file');
      if (link || name === '.gitignore' || name.endsWith('/.gitignore') || wanted(path))
        first.push(id);
    }
    this.submodules = submodules;
    this.#contents = fetch([...new Set(first)]);
  }

  list(directory: string): Entry[] {
    const entries = this.#directories.get(this.real(directory));
    if (entries === undefined) throw systemError('ENOTDIR', directory);
    return [...entries.values()];
  }

  isDirectory(path: string): boolean {
    return this.#directories.has(this.real(path));
  }

  exists(path: string): boolean {
    if (path === join(this.#root, '.git')) return true;
    try {
      return this.real(path) !== '';
    } catch {
      return false;
    }
  }

  /** Nothing but the commit can be reached. */
  isOutside(): boolean {
    return false;
  }

  real(path: string): string {
    return this.#follow(path, mostLinks);
  }

  bytes(path: string): Buffer {
    const real = this.real(path);
    const blob = this.#blobs.get(real);
    if (blob === undefined) throw systemError('EISDIR', path);
    const content = this.#content(blob);
    if (content === tooLarge) throw systemError('EFBIG', path);
    return content;
  }

  #content({ id }: Blob): Buffer {
    let content = this.#contents.get(id);
    if (content === undefined) {
      content = this.#fetch([id]).get(id) ?? Buffer.alloc(0);
      this.#contents.set(id, content);
    }
    return content;
  }

  #follow(path: string, left: number): string {
    const inside = relative(this.#root, path);
    if (inside === '') return this.#root;
    let at = this.#root;
    const parts = inside.split(sep);
    for (const [index, part] of parts.entries()) {
      at = join(at, part);
      const blob = this.#blobs.get(at);
      if (blob?.link === true) {
        if (left === 0 || this.#content(blob).length > mostPathBytes)
          throw systemError('ELOOP', path);
        const target = this.#content(blob).toString('utf8');
        return this.#follow(resolve(at, '..', target, ...parts.slice(index + 1)), left - 1);
      }
      if (blob !== undefined && index < parts.length - 1) throw systemError('ENOTDIR', path);
      if (blob === undefined && !this.#directories.has(at)) throw systemError('ENOENT', path);
    }
    return at;
  }

  /**
   * Puts a file into its directory, and that one into the one above, up to the first that is known.
   */
  #enter(path: string, type: 'file' | 'link' | 'directory'): void {
    const parent = resolve(path, '..');
    let siblings = this.#directories.get(parent);
    if (siblings === undefined) {
      this.#directories.set(parent, (siblings = new Map<string, Entry>()));
      this.#enter(parent, 'directory');
    }
    const name = path.slice(parent.length + (parent.endsWith(sep) ? 0 : 1));
    siblings.set(name, {
      name,
      isFile: () => type === 'file',
      isDirectory: () => type === 'directory',
    });
  }
}
