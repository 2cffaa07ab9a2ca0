/** The texts that fixes give. */
import type { Diagnostic, TextEdit } from '../lint/diagnostic.ts';
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

function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let from = 0;
  for (const { range, text: replacement } of [...edits].sort(
    (a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1],
  )) {
    if (range[0] < from) continue;
    result += text.slice(from, range[0]) + replacement;
    from = range[1];
  }
  return result + text.slice(from);
}
