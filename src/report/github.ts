/**
 * Workflow commands that GitHub shows as annotations. Escaping as in
 * `actions/toolkit:packages/core/src/command.ts`; a step shows ten annotations of each kind, so
 * what is beyond is listed as plain lines.
 */
import type { Diagnostic, Severity } from '../lint/diagnostic.ts';
import { failures, type LintReport } from './lint-report.ts';
import { findingLines } from './oneline.ts';
import { fromRoot, isPipe, shownRegion } from './place.ts';
import { harmless, printable } from './safe-text.ts';
import { said } from './said.ts';
import { plainStyle } from './style.ts';
import { summary } from './summary.ts';
import { counted } from './text.ts';

/** Of errors, warnings and notices each: the limit for one step. */
const annotationsOfAKind = 10;

const commands: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
};

/**
 * `directory`: the working directory below the root of the repository, where GitHub looks for the
 * files.
 */
export function github(report: LintReport, { directory }: { readonly directory: string }): string {
  const unread = failures(report)
    .slice(0, annotationsOfAKind)
    .map(({ path, message }) => command('error', {}, printable(`${path} ${message}`)));
  const used: Record<Severity, number> = { error: unread.length, warning: 0, info: 0 };
  const annotations: string[] = [];
  const others: Diagnostic[] = [];
  for (const diagnostic of report.diagnostics) {
    if (used[diagnostic.severity] >= annotationsOfAKind) others.push(diagnostic);
    else annotations.push(annotation(diagnostic, directory));
    used[diagnostic.severity] += 1;
  }
  const lines = [
    ...(others.length > 0
      ? [
          'GitHub shows ten annotations of a kind for a step; ' +
            `${counted(others.length, 'finding')} more:`,
          ...linesOf(others),
        ]
      : []),
    ...(report.summary.files > 0 || report.charts.length > 0
      ? summary(report, { style: plainStyle, width: Infinity, showUnknown: false })
      : []),
  ];
  return [...unread, ...annotations, ...lines.map(harmless)].map((line) => `${line}\n`).join('');
}

function annotation(diagnostic: Diagnostic, directory: string): string {
  const { severity, rule, help, file, range } = diagnostic;
  const { line, column, endLine, endColumn } = shownRegion(file, range);
  const place = {
    file: fromRoot(file.path, directory),
    line,
    endLine,
    // GitHub drops an annotation over several lines that has columns.
    ...(line === endLine && { col: column, endColumn }),
  };
  const text = [
    `${file.path}:${line}:${column}: ${said(diagnostic)}`,
    ...(help === undefined ? [] : [`help: ${help}`]),
  ];
  return command(
    commands[severity],
    { ...(!isPipe(file.path) && place), title: `kubeplumb (${rule})` },
    text
      .flatMap((part) => part.split(/\r?\n/))
      .map(printable)
      .join('\n'),
  );
}

function command(
  name: string,
  properties: Readonly<Record<string, string | number>>,
  data: string,
): string {
  const written = Object.entries(properties).map(
    ([key, value]) => `${key}=${escapeProperty(String(value))}`,
  );
  return `::${name}${written.length === 0 ? '' : ` ${written.join(',')}`}::${escapeData(data)}`;
}

export function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

export function escapeProperty(text: string): string {
  // A break is escaped like any of GitHub's; what else cannot be printed names no file that could
  // be shown.
  const shown = text
    .split(/([\r\n])/)
    .map((part, index) => (index % 2 === 1 ? part : printable(part)));
  return escapeData(shown.join('')).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function linesOf(diagnostics: readonly Diagnostic[]): string[] {
  return findingLines(diagnostics).trimEnd().split('\n');
}
