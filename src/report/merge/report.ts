/** A JSON report read back, for formats that show places but no text of the files. */
import type { Diagnostic, Fix, TextEdit, Unknown } from '../../lint/diagnostic.ts';
import { type Range, SourceFile } from '../../manifest/source.ts';
import { entryOf } from '../../multimap.ts';
import { mostFileBytes } from '../../text/limits.ts';
import type { LintReport } from '../lint-report.ts';
import type { JsonReport } from './json.ts';
import { MergeError } from './parts.ts';

interface JsonPlace {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}
interface JsonPlaced {
  readonly file: string;
  readonly range: { readonly start: JsonPlace; readonly end: JsonPlace };
}
type InJson<T extends object> = Omit<T, 'file' | 'range' | 'related' | 'fixes'> & JsonPlaced;
type JsonEdit = Pick<JsonPlaced, 'range'> & { readonly text: string };
type JsonDiagnostic = InJson<Diagnostic> & {
  readonly fixes: readonly (Omit<Fix, 'edits'> & { readonly edits: readonly JsonEdit[] })[];
  readonly related: readonly (JsonPlaced & { readonly message: string })[];
};

/** @throws MergeError where a place is none */
export function reportOf(merged: JsonReport): LintReport {
  const diagnostics = merged.diagnostics as unknown as readonly JsonDiagnostic[];
  const unknowns = merged.unknowns as unknown as readonly InJson<Unknown>[];
  if (!diagnostics.every(isFinding) || !unknowns.every(isPlaced))
    throw new MergeError('a finding is not as kubeplumb lint writes it');
  const places = new Map<string, JsonPlace[]>();
  for (const one of [...diagnostics, ...diagnostics.flatMap(({ related }) => related), ...unknowns])
    entryOf(places, one.file, () => []).push(one.range.start, one.range.end);
  const files = new Map(
    [...places].map(([path, own]) => [path, new SourceFile(path, blankText(path, own))]),
  );
  const placed = ({ file, range }: JsonPlaced): { file: SourceFile; range: Range } => ({
    file: files.get(file) ?? new SourceFile(file, ''),
    range: rangeOf(range),
  });
  return {
    ...(merged as unknown as Pick<LintReport, 'summary' | 'problems' | 'charts'>),
    diagnostics: diagnostics.map((one) => ({
      ...one,
      ...placed(one),
      related: one.related.map((other) => ({ ...placed(other), message: other.message })),
      fixes: one.fixes.map((fix) => ({ ...fix, edits: fix.edits.map(editOf) })),
    })),
    unknowns: unknowns.map((one) => ({ ...one, ...placed(one) })),
    faults: [],
  };
}

/** What somebody else wrote has to have it all. */
function isFinding({ related, fixes, ...one }: Partial<JsonDiagnostic>): boolean {
  return (
    isPlaced(one) &&
    Array.isArray(related) &&
    (related as readonly Partial<JsonPlaced>[]).every(isPlaced) &&
    Array.isArray(fixes) &&
    (fixes as readonly { edits?: unknown }[]).every(({ edits }) => Array.isArray(edits))
  );
}

function isPlaced({ file, range }: Partial<JsonPlaced>): boolean {
  const ends: readonly (Partial<JsonPlace> | undefined)[] = [range?.start, range?.end];
  return (
    typeof file === 'string' &&
    ends.every((end) =>
      [end?.line, end?.column, end?.offset].every((number) => Number.isSafeInteger(number)),
    )
  );
}

function editOf({ range, text }: JsonEdit): TextEdit {
  return { range: rangeOf(range), text };
}

function rangeOf({ start, end }: JsonPlaced['range']): Range {
  return [start.offset, end.offset];
}

/** A text in which all the offsets have the lines and columns that they have in the file. */
function blankText(path: string, places: readonly JsonPlace[]): string {
  let text = '';
  let line = 1;
  for (const place of places.toSorted((a, b) => a.offset - b.offset)) {
    const breaks = place.line - line;
    const start = place.offset - place.column + 1;
    const fits = breaks === 0 || (breaks > 0 && text.length <= start - breaks);
    if (!fits || !(place.offset <= mostFileBytes))
      throw new MergeError(`a place in ${path} is not as kubeplumb lint writes it`);
    text = `${text.padEnd(start - breaks)}${'\n'.repeat(breaks)}`.padEnd(place.offset);
    line = place.line;
  }
  return text;
}
