/** Findings that are known and accepted: a file that lists them, so that only new ones count. */
import { faultOfJson } from '../manifest/json.ts';
import { describeObject } from '../manifest/object-reference.ts';
import { getOwn } from '../own.ts';
import type { Diagnostic } from './diagnostic.ts';

/** One known finding. Lines are not part of it, so it outlives edits around it. */
export interface BaselineEntry {
  readonly rule: string;
  /** Relative to the baseline file, with forward slashes. */
  readonly file: string;
  /** `Service shop/api`; absent where a document could not be decoded. */
  readonly object?: string;
  /** `spec.ports.0.targetPort`. */
  readonly path?: string;
  /** How many findings of the rule there are at that path; absent: one. */
  readonly count?: number;
}

export interface Baselined {
  /** All diagnostics; those that are known have `suppressed`. */
  readonly diagnostics: readonly Diagnostic[];
  /** Entries, or a part of their count, that no finding answers to any more. */
  readonly stale: readonly BaselineEntry[];
  /** How many are known from a file that is gone, and stand in another one now. */
  readonly moved: number;
}

/**
 * `pathOf` gives a diagnostic's file relative to the baseline file; without it both lie in the
 * directory where the paths start. Of a file that is gone, what is known of its objects holds
 * wherever they are now.
 */
export function applyBaseline(
  diagnostics: readonly Diagnostic[],
  entries: readonly BaselineEntry[],
  pathOf: (diagnostic: Diagnostic) => string = ownPath,
  isGone: (file: string) => boolean = () => false,
): Baselined {
  const here = applyBy(keyOf, diagnostics, entries, pathOf);
  const files = new Set(here.stale.flatMap(({ file, object }) => (object ? file : [])));
  const goneFiles = new Set([...files].filter(isGone));
  const isMoved = ({ file, object }: BaselineEntry): boolean =>
    object !== undefined && goneFiles.has(file);
  const gone = here.stale.filter(isMoved);
  if (gone.length === 0) return { ...here, moved: 0 };
  const anywhere = applyBy(keyAnywhere, here.diagnostics, gone, pathOf);
  const counts = (all: readonly BaselineEntry[]): number =>
    all.reduce((sum, { count = 1 }) => sum + count, 0);
  return {
    diagnostics: anywhere.diagnostics,
    stale: [...here.stale.filter((entry) => !isMoved(entry)), ...anywhere.stale],
    moved: counts(gone) - counts(anywhere.stale),
  };
}

function applyBy(
  key: (entry: BaselineEntry) => string,
  diagnostics: readonly Diagnostic[],
  entries: readonly BaselineEntry[],
  pathOf: (diagnostic: Diagnostic) => string,
): Omit<Baselined, 'moved'> {
  const left = new Map<string, number>();
  for (const entry of entries)
    left.set(key(entry), (left.get(key(entry)) ?? 0) + (entry.count ?? 1));
  const judged = diagnostics.map((diagnostic): Diagnostic => {
    if (diagnostic.suppressed !== undefined) return diagnostic;
    const own = key(entryOf(diagnostic, pathOf));
    const known = left.get(own) ?? 0;
    if (known === 0) return diagnostic;
    left.set(own, known - 1);
    return { ...diagnostic, suppressed: { kind: 'baseline' } };
  });
  const stale = entries.flatMap((entry) => {
    const own = left.get(key(entry)) ?? 0;
    const count = Math.min(own, entry.count ?? 1);
    if (count === 0) return [];
    left.set(key(entry), own - count);
    return [{ ...entry, count }];
  });
  return { diagnostics: judged, stale };
}

/**
 * The baseline of some findings and of entries that are `kept` as they are, sorted, one entry a
 * line: easy to read in a diff. Those that are silenced otherwise need no entry.
 */
export function formatBaseline(
  diagnostics: readonly Diagnostic[],
  pathOf: (diagnostic: Diagnostic) => string = ownPath,
  kept: readonly BaselineEntry[] = [],
): string {
  const entries = new Map<string, BaselineEntry & { count: number }>();
  for (const entry of kept) entries.set(keyOf(entry), { ...entry, count: entry.count ?? 1 });
  for (const diagnostic of diagnostics) {
    if (diagnostic.suppressed !== undefined && diagnostic.suppressed.kind !== 'baseline') continue;
    const entry = entryOf(diagnostic, pathOf);
    entries.set(keyOf(entry), { ...entry, count: (entries.get(keyOf(entry))?.count ?? 0) + 1 });
  }
  const lines = [...entries]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(
      ([, { count, ...entry }]) =>
        `    ${JSON.stringify(count === 1 ? entry : { ...entry, count })}`,
    );
  return (
    `{\n  "version": 1,\n  "findings": ` +
    `[${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n  `}]\n}\n`
  );
}

/**
 * @throws Error with what is wrong and where in the file: `has findings[2] without "rule"`
 */
export function parseBaseline(text: string): BaselineEntry[] {
  const value = parsed(text.replace(/^\uFEFF/, ''));
  const { version, findings } = (typeof value === 'object' && value !== null ? value : {}) as {
    version?: unknown;
    findings?: unknown;
  };
  if (version !== 1 || !Array.isArray(findings))
    throw new Error('lacks "version": 1 and the list "findings"');
  return findings.map((entry: unknown, index) => checkedEntry(entry, index));
}

/** Node would quote the text, and it may be of any file. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const mark = /^(?:<{7}|={7}|>{7})/m.exec(text);
    if (mark !== null)
      throw new Error(
        `has two sides of a merge, in line ${lineAt(text, mark.index)}: keep the lines of both, ` +
          'and --prune-baseline takes out what is gone',
      );
    throw new Error(`is not JSON: see line ${lineAt(text, faultOfJson(text, 0))}`);
  }
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function checkedEntry(entry: unknown, index: number): BaselineEntry {
  const fields = (typeof entry === 'object' && entry !== null ? entry : {}) as Record<
    string,
    unknown
  >;
  for (const name of ['rule', 'file'])
    if (typeof getOwn(fields, name) !== 'string')
      throw new Error(`has findings[${index}] without "${name}"`);
  return fields as unknown as BaselineEntry;
}

function entryOf(
  diagnostic: Diagnostic,
  pathOf: (diagnostic: Diagnostic) => string,
): BaselineEntry {
  const { rule, object, path } = diagnostic;
  return {
    rule,
    file: pathOf(diagnostic),
    ...(object !== undefined && { object: describeObject(object) }),
    ...(path.length > 0 && { path: path.join('.') }),
  };
}

function ownPath({ file }: Diagnostic): string {
  return file.path;
}

function keyOf({ rule, file, object = '', path = '' }: BaselineEntry): string {
  return [file, object, path, rule].join('\n');
}

/** Wherever it stands. */
function keyAnywhere(entry: BaselineEntry): string {
  return keyOf({ ...entry, file: '' });
}
