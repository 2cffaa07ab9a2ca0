/**
 * A change for people in a terminal: what is lost first, findings as `lint` shows them, the sum of
 * it last.
 */
import type { Diagnostic } from '../../lint/diagnostic.ts';
import { largest, pushAll } from '../../lists.ts';
import { finding } from '../../report/pretty.ts';
import { printable } from '../../report/safe-text.ts';
import type { Style } from '../../report/style.ts';
import { displayWidth, padEnd, wrap } from '../../report/text.ts';
import type { DiffReport } from '../diff-report.ts';
import type { EndpointChange, EndpointChangeKind } from '../endpoint-changes.ts';
import { type ChangeRow, changeRows, serviceName, unitsText, whyText } from './rows.ts';
import { capitalized, diffSummary, sidesText } from './summary.ts';

export interface PrettyDiffOptions {
  readonly style: Style;
  /** Columns to use. */
  readonly width: number;
  /** Changes and findings only. */
  readonly quiet: boolean;
}

export function prettyDiff(report: DiffReport, options: PrettyDiffOptions): string {
  const { style, quiet } = options;
  const { changes, findings } = report;
  const emptied = changes.filter(({ kind }) => kind === 'emptied');
  const others = changes.filter(({ kind }) => kind !== 'emptied');
  const told = new Set(
    [...report.explained].flatMap(([change, list]) => (change.kind === 'emptied' ? list : [])),
  );
  const left = findings.new.filter((diagnostic) => !told.has(diagnostic));
  const blocks: string[] = [];
  const section = (title: string, parts: readonly string[]): void => {
    if (parts.length > 0) pushAll(blocks, [style.bold(title), ...parts]);
  };
  section(
    style.red(
      emptied.length === 1
        ? 'A Service loses its last endpoint'
        : 'Services that lose their last endpoint',
    ),
    emptied.map((change) => lost(change, report, options)),
  );
  section(
    'New findings',
    left.map((diagnostic) => finding(diagnostic, options).join('\n')),
  );
  section(
    'Silenced by this change',
    report.silenced.length === 0
      ? []
      : [report.silenced.map((what) => `  ${printable(what)}`).join('\n')],
  );
  section(
    'Endpoints that change',
    others.length === 0 ? [] : [changeTable(others, report, options)],
  );
  section(
    'Fixed findings',
    findings.fixed.length === 0 ? [] : [fixedList(findings.fixed, report, options)],
  );
  if (!quiet) blocks.push(sum(report, options));
  return blocks.length === 0 ? '' : `${blocks.join('\n\n')}\n`;
}

function lost(change: EndpointChange, report: DiffReport, options: PrettyDiffOptions): string {
  const { style, width } = options;
  const [why, found] = [whyText(change), report.explained.get(change) ?? []];
  const lines = changeTable([change], report, options).split('\n');
  if (why !== undefined && (found.length === 0 || change.gone.length > 0))
    pushAll(
      lines,
      wrap(printable(why), width - 9).map((line, index) =>
        index === 0 ? `    ${style.bold('why:')} ${line}` : `         ${line}`,
      ),
    );
  return [
    lines.join('\n'),
    ...found.map((diagnostic) =>
      finding(diagnostic, { ...options, width: width - 4 })
        .map(indented)
        .join('\n'),
    ),
  ].join('\n\n');
}

function indented(line: string): string {
  return line === '' ? '' : `    ${line}`;
}

const marks: Readonly<Record<EndpointChangeKind, string>> = {
  emptied: '!',
  unknown: '?',
  changed: '~',
  filled: '~',
  known: '~',
  created: '+',
  deleted: '-',
};

/** The name and the units, and below them a line for each port. */
function changeTable(
  changes: readonly EndpointChange[],
  report: DiffReport,
  { style, width }: PrettyDiffOptions,
): string {
  const rows = new Map(changes.map((change) => [change, changeRows(change)]));
  const ports = largest([
    0,
    ...[...rows.values()].flat().map(({ port }) => displayWidth(printable(port))),
  ]);
  const lines = changes.flatMap((change) => {
    const paint = paintOf(change.kind, style);
    const units = unitsText(change, report);
    const why = change.kind === 'emptied' ? undefined : whyText(change);
    const name = style.bold(printable(serviceName(change)));
    const where = units === '' ? '' : ` ${style.dim(printable(units))}`;
    const portCell = (port: string): string =>
      ports === 0 ? '' : `${style.dim(padEnd(printable(port), ports))}  `;
    return [
      `${paint(marks[change.kind])} ${name}${where}${states[change.kind] ?? ''}`,
      ...(rows.get(change) ?? []).map(
        (row) => `    ${portCell(row.port)}${transition(row, change, paint)}`,
      ),
      ...(why === undefined
        ? []
        : wrap(printable(why), width - 4).map((line) => `    ${style.dim(line)}`)),
    ];
  });
  return lines.join('\n');
}

const states: Partial<Readonly<Record<EndpointChangeKind, string>>> = {
  created: ' is new',
  deleted: ' is gone',
};

function transition(
  { before, after }: ChangeRow,
  { base, head }: EndpointChange,
  paint: (text: string) => string,
): string {
  const [was, is] = [before, after].map((text) =>
    text === undefined ? undefined : printable(text),
  );
  if (was !== undefined && is !== undefined) return `${was} → ${paint(is)}`;
  if (was !== undefined) return head === undefined ? was : `${was} → the port is gone`;
  if (is !== undefined) return base === undefined ? paint(is) : `new port → ${paint(is)}`;
  return '<none>';
}

function paintOf(kind: EndpointChangeKind, style: Style): (text: string) => string {
  if (kind === 'emptied' || kind === 'deleted') return style.red;
  if (kind === 'unknown') return style.yellow;
  return kind === 'changed' ? style.blue : style.green;
}

function fixedList(
  fixed: readonly Diagnostic[],
  { base }: DiffReport,
  { style, width }: PrettyDiffOptions,
): string {
  const lines = fixed.flatMap(({ severity, title, rule, file, range }) => {
    const { line, column } = file.position(range[0]);
    const [first = '', ...rest] = wrap(printable(`${severity} ${title}`), width - 2);
    return [
      `${style.green('✓')} ${first}`,
      ...rest.map((more) => `  ${more}`),
      style.dim(`  ${printable(base.ownPath(file.path))}:${line}:${column}  ${rule}`),
    ];
  });
  return lines.join('\n');
}

function sum(report: DiffReport, { style, width }: PrettyDiffOptions): string {
  const { changes, findings } = report;
  const bad =
    changes.some(({ kind }) => kind === 'emptied') ||
    findings.new.some(({ severity }) => severity === 'error');
  const paint = bad
    ? style.red
    : findings.new.length > 0 || changes.some(({ kind }) => kind === 'unknown')
      ? style.yellow
      : style.green;
  return wrap(printable(`${capitalized(diffSummary(report))} (${sidesText(report)})`), width)
    .map(paint)
    .join('\n');
}
