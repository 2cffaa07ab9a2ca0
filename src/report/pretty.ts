/** Findings for people: what is wrong, the place, the other side, why, and what to do. */
import type { Diagnostic, Unknown } from '../lint/diagnostic.ts';
import { largest, pushAll } from '../lists.ts';
import { describeObject } from '../manifest/object-reference.ts';
import type { SourceFile } from '../manifest/source.ts';
import { firstFew } from '../text/enumerate.ts';
import { foldedLines } from './fold-test-data.ts';
import { sourceFrame } from './frame.ts';
import type { LintReport } from './lint-report.ts';
import { fromTemplate } from './place.ts';
import { printable, shownPath } from './safe-text.ts';
import { statistics } from './statistics.ts';
import { severityPaint, type Style } from './style.ts';
import { summary } from './summary.ts';
import { counted, displayWidth, wrap } from './text.ts';

export interface PrettyOptions {
  readonly style: Style;
  /** Columns to use. */
  readonly width: number;
  readonly showUnknown: boolean;
  /** Findings in test data one by one, instead of a line for each rule and directory. */
  readonly showTestData: boolean;
  /** How often each rule has found something, instead of each finding. */
  readonly statistics?: boolean;
  /** Findings only. */
  readonly quiet: boolean;
}

/** More findings than these are more than a screen shows. */
const screenful = 8;
/** So many errors are named again at the end of such a report. */
const mostPlaces = 10;

export function pretty(report: LintReport, options: PrettyOptions): string {
  const blocks = options.statistics
    ? [statistics(report.diagnostics, options.style)].filter((lines) => lines.length > 0)
    : withWhyOnce(report.diagnostics).map((diagnostic) => finding(diagnostic, options));
  if (options.showUnknown && report.unknowns.length > 0)
    blocks.push(unknownList(report.unknowns, options));
  const folded = options.quiet ? [] : foldedLines(report, options.style);
  if (folded.length > 0) blocks.push(folded);
  const errors = options.quiet || options.statistics ? [] : errorPlaces(report, options.style);
  if (errors.length > 0) blocks.push(errors);
  if (!options.quiet) blocks.push(summary(report, options));
  return blocks.length === 0 ? '' : `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** One reason for many findings is told with the first of them. */
function withWhyOnce(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const told = new Set<string>();
  return diagnostics.map((diagnostic) => {
    const { why, ...others } = diagnostic;
    if (why === undefined || !told.has(why)) {
      if (why !== undefined) told.add(why);
      return diagnostic;
    }
    return others;
  });
}

/**
 * Findings are in the order of files and lines, so errors may stand far above the last line, which
 * is what people see first: there it is told where they are.
 */
function errorPlaces({ diagnostics }: LintReport, style: Style): string[] {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (diagnostics.length <= screenful || errors.length === diagnostics.length) return [];
  const shown = errors.slice(0, mostPlaces).map(({ file, range, rule }) => ({
    at: place(file, range[0]),
    rule,
  }));
  if (shown.length === 0) return [];
  const widest = largest(shown.map(({ rule }) => rule.length));
  return [
    style.red(style.bold('errors')),
    ...shown.map(({ at, rule }) => `  ${rule.padEnd(widest)}  ${style.dim(at)}`),
    ...(errors.length > mostPlaces
      ? [`  and ${errors.length - mostPlaces} more: -o oneline lists each in a line`]
      : []),
  ];
}

export function finding(
  diagnostic: Diagnostic,
  { style, width }: Pick<PrettyOptions, 'style' | 'width'>,
): string[] {
  const { file, range, related, also = [], unit } = diagnostic;
  const numbers = [{ file, range }, ...related].map(
    (place) => String(place.file.position(place.range[0]).line).length,
  );
  const frame = { width, style, gutter: largest([3, ...numbers]) };
  const lines = [
    ...heading(diagnostic, style, width),
    `  ${style.dim(`${place(file, range[0])}${otherNames(also)}`)}`,
  ];
  pushAll(
    lines,
    sourceFrame(file, range, printable(diagnostic.message), {
      ...frame,
      paint: severityPaint(diagnostic.severity, style),
    }),
  );
  for (const other of related) {
    lines.push(`  ${style.dim(`see ${place(other.file, other.range[0])}`)}`);
    pushAll(
      lines,
      sourceFrame(other.file, other.range, printable(other.message), {
        ...frame,
        paint: style.blue,
      }),
    );
  }
  if (unit !== undefined) pushAll(lines, labelled('unit', unit, width, style));
  if (diagnostic.why !== undefined) pushAll(lines, labelled('why', diagnostic.why, width, style));
  if (diagnostic.help !== undefined)
    pushAll(lines, labelled('help', diagnostic.help, width, style));
  return lines;
}

/** ` (also stage/web, prod/web)`, at most three. */
function otherNames(also: readonly string[]): string {
  return also.length === 0 ? '' : ` (also ${firstFew(also.map(printable), 3)})`;
}

/** Less than this beside the rule's name is too narrow for a title. */
const leastRoom = 30;

/** The title on the left, the rule on the right; in a narrow terminal below it. */
function heading(
  { severity, title, rule, url }: Diagnostic,
  style: Style,
  width: number,
): string[] {
  const indent = severity.length + 2;
  const room = width - indent - rule.length - 2;
  if (room < leastRoom) {
    const lines = wrap(printable(title), width - indent).map((text) => style.bold(text));
    const name = url === undefined ? rule : style.link(rule, url);
    return [...lines, style.dim(`[${name}]`)].map((text, index) =>
      index === 0
        ? `${severityPaint(severity, style)(style.bold(severity))}  ${text}`
        : `${' '.repeat(indent)}${text}`,
    );
  }
  const [first = '', ...rest] = wrap(printable(title), room);
  const gap = ' '.repeat(Math.max(2, width - indent - displayWidth(first) - rule.length));
  const line =
    `${severityPaint(severity, style)(style.bold(severity))}  ` +
    `${style.bold(first)}${gap}${style.dim(url === undefined ? rule : style.link(rule, url))}`;
  return [line, ...rest.map((more) => `${' '.repeat(indent)}${style.bold(more)}`)];
}

function labelled(label: string, text: string, width: number, style: Style): string[] {
  const indent = label.length + 4;
  const lines = text.split('\n').flatMap((line) => wrap(printable(line), width - indent));
  return lines.map((line, index) =>
    index === 0 ? `  ${style.bold(`${label}:`)} ${line}` : `${' '.repeat(indent)}${line}`,
  );
}

function unknownList(unknowns: readonly Unknown[], { style, width }: PrettyOptions): string[] {
  const lines = [style.bold(`${counted(unknowns.length, 'question')} left unknown`)];
  for (const { file, range, object, rule, reason } of unknowns) {
    lines.push(`  ${style.dim(place(file, range[0]))}`);
    const text = object === undefined ? reason : `${describeObject(object)}: ${reason}`;
    for (const line of wrap(printable(`${text} [${rule}]`), width - 4)) lines.push(`    ${line}`);
  }
  return lines;
}

function place(file: SourceFile, offset: number): string {
  const { line, column } = file.position(offset);
  return `${shownPath(file.path)}:${line}:${column}${printable(fromTemplate(file, offset))}`;
}
