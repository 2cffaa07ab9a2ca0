/** `--baseline`: the file of known findings, read, applied and rewritten. */
import { dirname, relative, resolve, sep } from 'node:path';
import { disk } from '../files/disk.ts';
import type { FileSystem } from '../files/file-system.ts';
import { baselineName } from '../files/own-files.ts';
import { systemProblem } from '../files/system-problem.ts';
import { type Place, whyNotWritten, writeWhole } from '../files/write.ts';
import {
  applyBaseline,
  type BaselineEntry,
  formatBaseline,
  parseBaseline,
} from '../lint/baseline.ts';
import type { Diagnostic, LintResult } from '../lint/diagnostic.ts';
import { counted } from '../report/text.ts';
import { findAbove, findConfig } from './config.ts';
import type { CommandLine } from './flags.ts';
import type { Io } from './io.ts';
import type { LintRun } from './lint-run.ts';
import { OutsideError, UsageError } from './usage-error.ts';

const defaultBaseline = baselineName;

/** The file of one run. */
interface Baseline {
  readonly path: string;
  /** The path as people are told it. */
  readonly shown: string;
  /** Nobody named it: it was found above the input. */
  readonly isFound: boolean;
  /** Another run with the same configuration and input would take it by itself. */
  readonly isTaken: () => boolean;
  /** Absent where the user named the file: that one may lie outside of what is read. */
  readonly files: FileSystem | undefined;
  readonly pathOf: (diagnostic: Diagnostic) => string;
  readonly isStale: (entry: BaselineEntry) => boolean;
}

/** What of a run's findings is not known from a baseline. */
export function withoutKnown(result: LintResult, run: LintRun): LintResult {
  if (run.line.has('no-ignores')) return result;
  return { ...result, diagnostics: withBaseline(result.diagnostics, run) };
}

/**
 * Marks known findings as suppressed, or rewrites the file (`--update-baseline`,
 * `--prune-baseline`) first. The file is the one that is named, that the configuration names, or
 * that is found above the input.
 * @throws OutsideError when the file cannot be read or written
 */
function withBaseline(diagnostics: readonly Diagnostic[], run: LintRun): readonly Diagnostic[] {
  const { line, io } = run;
  const { files } = run.scope;
  const baseline = locate(run);
  if (baseline === undefined) {
    if (line.has('prune-baseline'))
      throw new UsageError(
        `--prune-baseline needs ${defaultBaseline} above the input, --baseline FILE, or ` +
          'baseline in the configuration',
      );
    return diagnostics;
  }
  if (line.has('update-baseline')) return updated(baseline, diagnostics, io, files);
  const { path, shown, isStale, pathOf } = baseline;
  const {
    diagnostics: known,
    stale,
    moved,
  } = applyBaseline(
    diagnostics,
    read(baseline),
    pathOf,
    (file) => !files.exists(resolve(dirname(path), file)),
  );
  if (line.has('prune-baseline')) {
    const kept = stale.filter((entry) => !isStale(entry));
    const still = known.filter(({ suppressed }) => suppressed?.kind === 'baseline');
    write(path, shown, formatBaseline(still, pathOf, kept), { files, cwd: io.cwd });
    const gone = counted(stale.length - kept.length, 'entry', 'entries');
    if (!line.has('quiet')) io.stderr.write(`${shown}: ${gone} taken out\n`);
  } else if (!line.has('quiet')) tell(baseline, known, moved, stale.filter(isStale), io);
  return known;
}

function locate(run: LintRun): Baseline | undefined {
  const { line, io, named: inputs } = run;
  const { files } = run.scope;
  const { baseline: configured } = run.config;
  const named = line.value('baseline');
  const above = (): string | undefined => findAbove(inputs, [defaultBaseline], io.cwd, files);
  const found = named === undefined && configured === undefined ? above() : undefined;
  const path =
    named !== undefined
      ? resolve(io.cwd, named)
      : (configured ??
        found ??
        (line.has('update-baseline') ? besideConfig(inputs, line, io, files) : undefined));
  if (path === undefined) return undefined;
  const isJudged = judgedBy(run);
  return {
    path,
    shown: slashed(relative(io.cwd, path)),
    isFound: found !== undefined,
    isTaken: () => configured === path || above() === path,
    files: named === undefined ? files : undefined,
    pathOf: ({ file }) => slashed(relative(dirname(path), resolve(io.cwd, file.path))),
    isStale: ({ rule, file }) => {
      const place = resolve(dirname(path), file);
      const asShown = slashed(relative(io.cwd, place));
      return isJudged(rule, asShown) || (isJudged(rule) && !files.exists(place));
    },
  };
}

/** Whether this run can tell of entries of a rule, and of a file by the path that is shown. */
function judgedBy({ project: { manifests, settings }, rules, scope }: LintRun) {
  const isRead = new Map(manifests.map(({ file }) => [file.path, file]));
  const ran = new Set(rules.map(({ meta }) => meta.id));
  return (rule: string, path?: string): boolean => {
    // Of the files of a shard another machine tells.
    if (settings.shard !== undefined || !ran.has(rule)) return false;
    if (path === undefined) return true;
    const file = isRead.get(path);
    return file !== undefined && (scope.isShown?.(file) ?? true);
  };
}

/** What was found is known from now on; entries of what was not judged stay. */
function updated(
  baseline: Baseline,
  diagnostics: readonly Diagnostic[],
  io: Io,
  files: FileSystem,
): readonly Diagnostic[] {
  const { path, shown, isStale, pathOf } = baseline;
  const others = files.exists(path) ? read(baseline).filter((entry) => !isStale(entry)) : [];
  const text = formatBaseline(diagnostics, pathOf, others);
  write(path, shown, text, { files, cwd: io.cwd });
  const entries = parseBaseline(text);
  const kept = sumOf(others);
  const written =
    counted(sumOf(entries) - kept, 'finding') +
    ` written${kept > 0 ? `, ${kept} of what was not judged kept` : ''}`;
  const next = baseline.isTaken()
    ? 'from now on only new findings count'
    : `use it with --baseline ${shown}`;
  io.stderr.write(`${shown}: ${written}; ${next}\n`);
  return applyBaseline(diagnostics, entries, pathOf).diagnostics;
}

const sumOf = (entries: readonly BaselineEntry[]): number =>
  entries.reduce((sum, { count = 1 }) => sum + count, 0);

/** That a file which nobody named takes findings away, and what of it is out of date. */
function tell(
  { shown, isFound }: Baseline,
  known: readonly Diagnostic[],
  moved: number,
  gone: readonly BaselineEntry[],
  io: Io,
): void {
  const waved = known.filter(({ suppressed }) => suppressed?.kind === 'baseline').length;
  if (isFound && waved > 0)
    io.stderr.write(
      `${shown}: ${counted(waved, 'known finding')} ${waved === 1 ? 'does' : 'do'} not ` +
        `count (--no-ignores reports ${waved === 1 ? 'it' : 'them'})\n`,
    );
  if (moved > 0)
    io.stderr.write(
      `${shown}: ${counted(moved, 'known finding')} ${moved === 1 ? 'stands' : 'stand'} in ` +
        'another file now; --prune-baseline writes where\n',
    );
  if (gone.length > 0) io.stderr.write(staleNote(gone, shown));
}

/** Where a new one is found by itself: beside the configuration, else in the working directory. */
function besideConfig(
  inputs: readonly string[],
  line: CommandLine,
  io: Io,
  files: FileSystem,
): string {
  const config = findConfig(inputs, line, io.cwd, files);
  return resolve(config === undefined ? io.cwd : dirname(config), defaultBaseline);
}

function staleNote(stale: readonly BaselineEntry[], shown: string): string {
  const [first] = stale;
  const what = [first?.rule, first?.object ?? first?.file]
    .filter((part) => part !== undefined)
    .join(' at ');
  const more = stale.length > 1 ? ` and ${stale.length - 1} more` : '';
  const [are, them] = stale.length > 1 ? ['are', 'them'] : ['is', 'it'];
  return `${shown}: ${what}${more} ${are} reported no longer; --prune-baseline takes ${them} out\n`;
}

function read({ path, shown, files }: Baseline): BaselineEntry[] {
  let text: string;
  try {
    const bytes = files === undefined ? disk.bytes(path, true) : files.bytes(path);
    text = bytes.toString('utf8');
  } catch (error) {
    const { code, message } = systemProblem(shown, error, true);
    throw new OutsideError(
      code === 'missing'
        ? `baseline ${shown} cannot be read; --update-baseline writes one`
        : `baseline ${shown} ${message}`,
    );
  }
  try {
    return parseBaseline(text);
  } catch (error) {
    throw new OutsideError(`baseline ${shown} ${(error as Error).message}`);
  }
}

function write(path: string, shown: string, text: string, place: Place): void {
  try {
    writeWhole(path, text, place);
  } catch (error) {
    throw new OutsideError(`cannot write ${shown}: ${whyNotWritten(error)}`);
  }
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}
