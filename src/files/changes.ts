/** Waits for a change of files: below directories, and wherever else something was looked at. */
import { type FSWatcher, statSync, watch } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Look } from './observed.ts';
import { ownFiles } from './own-files.ts';
import { isAtOrBelow } from './top.ts';
import { isManifestName } from './walk.ts';

/** An editor writes a file in several steps, and git many files. */
const settled = 100;

export interface Changes {
  /** What has been looked at since, wherever it lies, counts from now on as well. */
  looksAt(path: string, look: Look): void;
  /**
   * Resolves when something has changed since the last time, or since the beginning; to false when
   * no more can come.
   */
  next(): Promise<boolean>;
  close(): void;
}

/** A directory that is watched, and which one that was: another may have taken its place. */
interface Watched {
  readonly watcher: FSWatcher;
  readonly inode: number;
}

/**
 * @param paths absolute: files, and directories with everything below them
 * @param isOwn files that are written by whoever waits
 */
export function changesOf(paths: readonly string[], isOwn: (path: string) => boolean): Changes {
  const named = [...new Set(paths)];
  const exact = new Set<string>(named);
  const listed = new Set<string>();
  const watched = new Map<string, Watched>();
  let hasChanged = false;
  let tell: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  const onChange = (path: string): void => {
    if (/(?:^|[/\\])(?:\.git|node_modules)(?:[/\\]|$)/.test(path) || isOwn(path)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      hasChanged = true;
      tell?.();
    }, settled);
  };
  const keepWatch = (directory: string, recursive: boolean): void => {
    const inode = inodeOf(directory);
    const known = watched.get(directory);
    if (inode === undefined || inode === known?.inode) return;
    known?.watcher.close();
    const watcher = watcherOf(directory, recursive, (path) => {
      const matters =
        exact.has(path) || ((recursive || listed.has(dirname(path))) && isOfInterest(path));
      if (matters) onChange(path);
    });
    if (watcher !== undefined) watched.set(directory, { watcher, inode });
  };
  const keepAll = (): void => {
    const directories = named.filter((path) => inodeOf(path) !== undefined);
    for (const directory of directories) keepWatch(directory, true);
    for (const path of [...exact, ...listed]) {
      if (directories.some((directory) => isAtOrBelow(path, directory))) continue;
      const [at, step] = listed.has(path) ? [path, path] : [dirname(path), path];
      const [directory, missing] = firstStep(at, step);
      exact.add(missing);
      keepWatch(directory, false);
    }
  };
  keepAll();
  return {
    looksAt: (path, look) => void (look === 'list' ? listed : exact).add(path),
    async next() {
      keepAll();
      if (!hasChanged) await new Promise<void>((resolved) => (tell = resolved));
      hasChanged = false;
      return true;
    },
    close() {
      clearTimeout(timer);
      for (const { watcher } of watched.values()) watcher.close();
    },
  };
}

/** Whether a new file of this name may be a part of what is judged. */
function isOfInterest(path: string): boolean {
  const name = basename(path);
  return (
    isManifestName(name) || ownFiles.has(name) || name === '.gitignore' || name.endsWith('.tpl')
  );
}

/** Of a file its directory is watched: most editors put a new one in its place. */
function watcherOf(
  directory: string,
  recursive: boolean,
  onChange: (path: string) => void,
): FSWatcher | undefined {
  try {
    const watcher = watch(directory, { recursive }, (_, name) =>
      onChange(name === null ? directory : join(directory, name)),
    );
    // A directory that goes away while it is watched.
    return watcher.on('error', () => undefined);
  } catch (error) {
    // There is no telling of changes in it, as where it may not be read: of all others there is.
    if (!recursive) return undefined;
    throw error;
  }
}

/** Of a directory that is not there, the nearest one above it, and what is missing in that. */
function firstStep(directory: string, step: string): [directory: string, step: string] {
  const above = dirname(directory);
  return inodeOf(directory) !== undefined || above === directory
    ? [directory, step]
    : firstStep(above, directory);
}

/** Undefined where there is no directory. */
function inodeOf(directory: string): number | undefined {
  try {
    const stats = statSync(directory);
    return stats.isDirectory() ? stats.ino : undefined;
  } catch {
    return undefined;
  }
}
