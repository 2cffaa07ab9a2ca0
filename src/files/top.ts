/** The top of the repository that a directory is in. */
import { lstatSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { rawPath } from './raw-name.ts';

/**
 * The nearest directory, upwards, that holds a `.git`: a directory, or the file of a linked working
 * tree or a submodule.
 */
export function nearestWithGit(directory: string): string | undefined {
  for (let at = directory; ; at = dirname(at)) {
    if (lstatSync(rawPath(join(at, '.git')), { throwIfNoEntry: false }) !== undefined) return at;
    if (dirname(at) === at) return undefined;
  }
}

/** The steps from the top of its repository to a directory; its own name where it is in none. */
export function belowTop(directory: string): string {
  let top: string | undefined;
  try {
    top = nearestWithGit(directory);
  } catch {
    // What lies above it may not be looked into.
  }
  return (
    relative(top ?? dirname(directory), directory)
      .split(sep)
      .join('/') || '.'
  );
}

export function isAtOrBelow(path: string, directory: string): boolean {
  return path === directory || isBelow(path, directory);
}

/** By the letters of the paths, both absolute. */
export function isBelow(path: string, directory: string): boolean {
  return path.startsWith(directory.endsWith(sep) ? directory : directory + sep);
}
