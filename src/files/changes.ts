/** Waits for a change of files. */
import { type FSWatcher, watch } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { disk } from './disk.ts';
import { ownFiles } from './own-files.ts';
import { isManifestName } from './walk.ts';

/** An editor writes a file in several steps, and git many files. */
const settled = 100;

export interface Changes {
  /**
   * Resolves when something has changed since the last time, or since the beginning; to false when
   * no more can come.
   */
  next(): Promise<boolean>;
  close(): void;
}

/**
 * @param paths absolute: files, and directories with everything below them
 * @param isOwn files that are written by whoever waits
 */
export function changesOf(paths: readonly string[], isOwn: (path: string) => boolean): Changes {
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
  const watchers = [...new Set(paths)].map((path) => watcherOf(path, onChange));
  return {
    async next() {
      if (!hasChanged) await new Promise<void>((resolved) => (tell = resolved));
      hasChanged = false;
      return true;
    },
    close() {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}

/** Of a file its directory is watched: most editors put a new one in its place. */
function watcherOf(path: string, onChange: (path: string) => void): FSWatcher {
  const isDirectory = disk.exists(path) && disk.isDirectory(path);
  const at = isDirectory ? path : dirname(path);
  const watcher = watch(at, { recursive: isDirectory }, (_, name) => {
    if (name === null) return onChange(at);
    const changed = join(at, name);
    const matters =
      isManifestName(name) || ownFiles.has(name) || name === '.gitignore' || changed === path;
    if (matters && (isDirectory || changed === resolve(path))) onChange(changed);
  });
  // A directory that goes away while it is watched.
  return watcher.on('error', () => undefined);
}
