/** Findings are sorted by file; reports that have a part for each file take them apart. */
import type { Diagnostic } from '../lint/diagnostic.ts';

export function byFile(
  diagnostics: readonly Diagnostic[],
): ReadonlyMap<string, readonly Diagnostic[]> {
  const files = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const known = files.get(diagnostic.file.path);
    if (known === undefined) files.set(diagnostic.file.path, [diagnostic]);
    else known.push(diagnostic);
  }
  return files;
}
