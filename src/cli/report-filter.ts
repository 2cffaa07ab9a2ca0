/** Hooks name the files that changed: they choose what is reported, never what is read. */
import { existsSync, realpathSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import type { LintResult } from '../lint/diagnostic.ts';
import type { SourceFile } from '../manifest/source.ts';
import { didYouMeanPath } from './nearby-path.ts';
import { UsageError } from './usage-error.ts';

export type ReportFilter = (file: SourceFile) => boolean;

/** Files, or everything below directories; without any path nothing is left out. */
export function reportFilter(paths: readonly string[], cwd: string): ReportFilter | undefined {
  if (paths.length === 0) return undefined;
  const chosen = new Set(paths.flatMap((path) => [resolve(cwd, path), real(resolve(cwd, path))]));
  return ({ path }) => {
    const parts = resolve(cwd, path).split(sep);
    return parts.some((_, index) => chosen.has(parts.slice(0, index + 1).join(sep)));
  };
}

/**
 * @throws UsageError for a path that can choose nothing: it is not there, or not in what is read
 */
export function checkWithin(
  paths: readonly string[],
  scope: readonly string[],
  cwd: string,
  mayLieOutside: boolean,
): void {
  for (const path of [...scope, ...paths])
    if (!existsSync(resolve(cwd, path)))
      throw new UsageError(`${path} does not exist${didYouMeanPath(path, cwd)}`, 'lint');
  const roots = scope.map((path) => real(resolve(cwd, path)));
  for (const path of paths) {
    const absolute = resolve(cwd, path);
    const isInside = roots.some(
      (root) => real(absolute) === root || real(absolute).startsWith(root + sep) || root === sep,
    );
    if (!isInside && !mayLieOutside)
      throw new UsageError(
        `${path} lies outside of --within ${scope.join(' and ')}, so nothing can be said of it`,
        'lint',
      );
  }
}

/**
 * A finding is shown when it, or the other side of it, is in one of the files: the change may be on
 * either.
 */
export function filtered(
  result: LintResult,
  isShown: ReportFilter | undefined,
  showsOtherSides: boolean,
): LintResult {
  if (isShown === undefined) return result;
  return {
    ...result,
    diagnostics: result.diagnostics.filter(
      ({ file, related }) =>
        isShown(file) || (showsOtherSides && related.some((place) => isShown(place.file))),
    ),
    unknowns: result.unknowns.filter(({ file }) => isShown(file)),
  };
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
