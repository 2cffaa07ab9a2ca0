/** Applies the fixes that diagnostics carry: edits of ranges, every other byte stays as it is. */
import { pushAll, smallest } from '../../lists.ts';
import type { SourceFile } from '../../manifest/source.ts';
import type { Diagnostic, Fix, TextEdit } from '../diagnostic.ts';
import { applyEdits } from './text-edits.ts';

export interface FixedFile {
  readonly file: SourceFile;
  /** The whole new text. */
  readonly text: string;
  /** Whose fixes are in it. */
  readonly fixed: readonly { readonly diagnostic: Diagnostic; readonly fix: Fix }[];
}

/**
 * The first fix of each diagnostic that is safe enough. Of two fixes that touch the same text the
 * first one in the file wins; the other one is left for another run, which sees what the first one
 * made of it.
 */
export function applyFixes(diagnostics: readonly Diagnostic[], safety: Fix['safety']): FixedFile[] {
  const byFile = new Map<SourceFile, { diagnostic: Diagnostic; fix: Fix }[]>();
  for (const diagnostic of diagnostics) {
    if (diagnostic.suppressed !== undefined) continue;
    const fix = diagnostic.fixes.find((one) => safety === 'unsafe' || one.safety === 'safe');
    if (fix === undefined || fix.edits.length === 0) continue;
    const known = byFile.get(diagnostic.file);
    if (known === undefined) byFile.set(diagnostic.file, [{ diagnostic, fix }]);
    else known.push({ diagnostic, fix });
  }
  return [...byFile].map(([file, candidates]) => {
    const { edits, fixed } = compatible(candidates);
    return { file, text: applyEdits(file.text, edits), fixed };
  });
}

function compatible(candidates: FixedFile['fixed']): {
  edits: TextEdit[];
  fixed: FixedFile['fixed'][number][];
} {
  const edits: TextEdit[] = [];
  const fixed: FixedFile['fixed'][number][] = [];
  for (const candidate of [...candidates].sort((a, b) => firstOffset(a.fix) - firstOffset(b.fix))) {
    const fresh = candidate.fix.edits.filter((edit) => !edits.some((known) => isSame(known, edit)));
    if (fresh.some((edit) => edits.some((known) => overlap(known, edit)))) continue;
    pushAll(edits, fresh);
    fixed.push(candidate);
  }
  return { edits, fixed };
}

function firstOffset({ edits }: Fix): number {
  return smallest(edits.map(({ range }) => range[0]));
}

function isSame(a: TextEdit, b: TextEdit): boolean {
  return a.range[0] === b.range[0] && a.range[1] === b.range[1] && a.text === b.text;
}

/** Two insertions at one place count as overlapping: which one comes first would be a guess. */
function overlap(a: TextEdit, b: TextEdit): boolean {
  return a.range[0] === b.range[0] || (a.range[0] < b.range[1] && b.range[0] < a.range[1]);
}
