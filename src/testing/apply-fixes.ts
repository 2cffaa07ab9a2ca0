/** The texts that fixes give. */
import type { Diagnostic } from '../lint/diagnostic.ts';
import { applyEdits } from '../lint/fixes/text-edits.ts';
import type { Files } from './lint-files.ts';

/**
 * The files as they are after the first fix of every diagnostic, safe and unsafe; of overlapping
 * edits the first wins. Files without edits are left out.
 */
export function applyFixes(files: Files, diagnostics: readonly Diagnostic[]): Files {
  const changed: Record<string, string> = {};
  for (const [path, text] of Object.entries(files)) {
    const edits = diagnostics
      .filter(({ file }) => file.path === path)
      .flatMap(({ fixes }) => fixes[0]?.edits ?? []);
    if (edits.length > 0) changed[path] = applyEdits(text, edits);
  }
  return changed;
}
