/** Patterns (`k8s/*.yaml`) that a shell did not expand. */
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { globMatcher, isPattern } from '../text/glob.ts';
import type { FileSystem } from './file-system.ts';
import { isManifestName, walk } from './walk.ts';

/** The directory in front of the first part that is a pattern: `k8s` of `k8s/*.yaml`. */
export function patternBase(pattern: string): string {
  const parts = pattern.split('/');
  const fixed = parts.slice(
    0,
    parts.findIndex((part) => isPattern(part)),
  );
  return fixed.length === 1 && fixed[0] === '' ? '/' : fixed.join('/');
}

/** A pattern that says itself which extension it is after. */
const ownExtension = /\.\w+$/;

export interface Matched {
  /**
   * Absolute, in lexical order. What can only be a manifest by accident is not among them, unless
   * the pattern names its extension.
   */
  readonly files: readonly string[];
  /** Whether anything matched at all, if only files that were left out. */
  readonly any: boolean;
}

export interface PatternOptions {
  readonly cwd: string;
  readonly gitignore: boolean;
  readonly isIgnored?: (path: string, isDirectory: boolean) => boolean;
  readonly onDirectory?: () => void;
  readonly files?: FileSystem;
}

export function matchPattern(
  pattern: string,
  { cwd, gitignore, isIgnored, onDirectory, files: system }: PatternOptions,
): Matched {
  const normal = pattern
    .split(sep)
    .join('/')
    .replace(/^(\.\/+)+/, '');
  const start = resolve(cwd, patternBase(normal));
  const matches = globMatcher(normal);
  const named = (path: string): string =>
    (isAbsolute(pattern) ? path : relative(cwd, path)).split(sep).join('/');
  const list = (ignoring: boolean): string[] =>
    walk(start, {
      recursive: true,
      gitignore: ignoring,
      charts: true,
      anyName: true,
      ...(isIgnored !== undefined && { isIgnored }),
      ...(onDirectory !== undefined && { onDirectory }),
      ...(system !== undefined && { files: system }),
    }).files.filter((path) => matches(named(path)));
  const files = list(gitignore).filter(
    (path) => isManifestName(path) || ownExtension.test(pattern),
  );
  return { files, any: files.length > 0 || list(false).length > 0 };
}
