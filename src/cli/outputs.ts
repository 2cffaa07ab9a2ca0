/** `-o FORMAT[=FILE]`: which reports are asked for, and writing them. */
import { appendFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import type { FileSystem } from '../files/file-system.ts';
import { whyNotWritten, writeWhole } from '../files/write.ts';
import type { RuleMeta } from '../lint/rule.ts';
import { foldedText, foldTestData } from '../report/fold-test-data.ts';
import { type LintReport, withoutSuppressed } from '../report/lint-report.ts';
import { markdownReport, stepSummaryLimit } from '../report/markdown-report.ts';
import { render, type ReportFormat, reportFormats } from '../report/render.ts';
import { plainStyle, type Style } from '../report/style.ts';
import { type Ci, ciOf } from './ci.ts';
import type { Io } from './io.ts';
import { noteLines } from './note.ts';
import { formatHere } from './other-tools.ts';
import { unknownValue, UsageError } from './usage-error.ts';
import { version } from './version.ts';

export const lintFormats = [...reportFormats, 'auto'] as const;
export type LintFormat = ReportFormat;

export interface Outputs<F extends string = LintFormat> {
  readonly stdout: F;
  readonly files: ReadonlyMap<string, F>;
}

/**
 * What lint is asked for. Where nothing is for stdout, people read along: it gets `auto`, which is
 * github in a step of GitHub Actions, else pretty.
 * @throws UsageError
 */
export function requestedOutputs(written: readonly string[], env: Io['env']): Outputs {
  const automatic = env['GITHUB_ACTIONS'] === 'true' ? 'github' : 'pretty';
  const known = written.map((one) => one.replace(/^auto(?=$|=)/, automatic));
  return outputsOf(known, reportFormats, automatic, 'lint', lintFormats);
}

/**
 * Each of `written` is `FORMAT` or `FORMAT=FILE`.
 * @throws UsageError for an unknown format, two for stdout or two for one file.
 */
export function outputsOf<F extends string>(
  written: readonly string[],
  formats: readonly F[],
  usual: F,
  command: string,
  legal: readonly string[] = formats,
): Outputs<F> {
  let stdout: F | undefined;
  const files = new Map<string, F>();
  for (const one of written) {
    const [name = '', ...rest] = one.split('=');
    const format = formats.find((known) => known === name);
    if (format === undefined) {
      const [, before, path] = /^(\w+):(.+)$/.exec(one) ?? [];
      if (formats.some((known) => known === before))
        throw new UsageError(`"-o ${one}": a file is written -o ${before}=${path}`, command);
      const parts = one.split(',');
      if (parts.every((part) => formats.some((known) => known === part)))
        throw new UsageError(
          `"-o ${one}": one goes to stdout, each other to a file: -o ${parts.join('=FILE -o ')}`,
          command,
        );
      const here = command === 'lint' ? formatHere(name) : '';
      throw new UsageError(
        here === '' ? unknownValue('format', name, legal) : `unknown format "${name}"${here}`,
        command,
      );
    }
    if (rest.length === 0) {
      if (stdout !== undefined && stdout !== format)
        throw new UsageError(
          `only one format can go to stdout, not ${stdout} and ${format}; write one to a ` +
            `file: -o ${format}=FILE`,
          command,
        );
      stdout = format;
      continue;
    }
    const file = rest.join('=');
    if (file === '') throw new UsageError(`"-o ${one}" names no file: -o ${name}=FILE`, command);
    const other = files.get(file);
    if (other !== undefined && other !== format)
      throw new UsageError(`${other} and ${format} cannot both go to ${file}`, command);
    files.set(file, format);
  }
  return { stdout: stdout ?? usual, files };
}

export interface OutputOptions {
  /** Those that were run. */
  readonly rules: readonly RuleMeta[];
  /** Of pretty output on stdout. */
  readonly style: Style;
  readonly width: number;
  readonly showUnknown: boolean;
  readonly showTestData: boolean;
  readonly statistics: boolean;
  readonly quiet: boolean;
}

/** Whether a report says itself which inputs could not be read; otherwise stderr has to. */
export function tellsProblems({ stdout }: Outputs): boolean {
  return ['json', 'sarif', 'github', 'markdown', 'oneline'].includes(stdout);
}

/**
 * Each report whole; says on stderr which file could not be written, and returns whether all could.
 */
export function writeOutputs(
  report: LintReport,
  outputs: Outputs,
  options: OutputOptions,
  io: Io,
  place: FileSystem,
): boolean {
  const ci = ciOf(io.env, io.cwd);
  const files = [...outputs.files].map(([file, format]) =>
    writeReport(
      file,
      rendered(report, format, { ...options, style: plainStyle, width: 100 }, ci),
      io,
      place,
    ),
  );
  const formats = [outputs.stdout, ...outputs.files.values()];
  if (ci.stepSummary !== undefined && formats.includes('github')) {
    const summary = markdownReport(
      options.showTestData ? withoutSuppressed(report) : foldTestData(withoutSuppressed(report)),
      {
        ...ci,
        showUnknown: options.showUnknown,
        limit: stepSummaryLimit,
      },
    );
    written(ci.stepSummary, io, (path) => appendFileSync(path, summary));
  }
  io.stdout.write(rendered(report, outputs.stdout, options, ci));
  const folded = options.showTestData
    ? undefined
    : foldedText(foldTestData(withoutSuppressed(report)));
  if (folded !== undefined && foldsSilently.has(outputs.stdout))
    io.stderr.write(noteLines(`${folded}: --show-test-data lists each`, io.stderr));
  return files.every(Boolean);
}

/** Formats without a place for what was found in test data and is not listed. */
const foldsSilently: ReadonlySet<ReportFormat> = new Set([
  'oneline',
  'gitlab',
  'junit',
  'checkstyle',
]);

export function rendered(
  report: LintReport,
  format: LintFormat,
  options: OutputOptions,
  { github, directory, sources }: Ci,
): string {
  if (format === 'pretty' && report.summary.files === 0 && report.charts.length === 0) return '';
  return render(report, format, {
    ...options,
    tool: { name: 'kubeplumb', version },
    directory,
    ...(sources !== undefined && { sources }),
    // GitHub would show what is suppressed as open alerts (github/codeql-action#1230).
    listsSuppressed: !github,
  });
}

/**
 * Makes the directories that it lacks below the working directory, and no others: those are slips.
 * Says on stderr what went wrong, and returns whether nothing did.
 */
export function writeReport(file: string, text: string, io: Io, files: FileSystem): boolean {
  return written(file, io, (path) => {
    const directory = dirname(path);
    if (!existsSync(directory)) {
      const inside = relative(io.cwd, directory);
      if (inside.startsWith('..') || isAbsolute(inside))
        throw new Error(`there is no directory ${directory}`);
      mkdirSync(directory, { recursive: true });
    }
    writeWhole(path, text, { files, cwd: io.cwd });
  });
}

function written(file: string, io: Io, write: (path: string) => void): boolean {
  try {
    write(resolve(io.cwd, file));
    return true;
  } catch (error) {
    io.stderr.write(`error: cannot write ${file}: ${whyNotWritten(error)}\n`);
    return false;
  }
}
