/**
 * Findings in test data as one line for each rule and directory: true or not, hardly anybody is
 * going to act on one of them.
 */
import { type Diagnostic, severities, type Severity } from '../lint/diagnostic.ts';
import { largest } from '../lists.ts';
import type { FoldedFindings, LintReport } from './lint-report.ts';
import { printable } from './safe-text.ts';
import type { Style } from './style.ts';
import { counted } from './text.ts';

/** So many lines are shown: above them stands what people are to act on. */
const most = 5;

/** The report without what was found in test data, and how much that was. */
export function foldTestData(report: LintReport): LintReport {
  const folded = new Map<string, FoldedFindings>();
  const left: Diagnostic[] = [];
  for (const diagnostic of report.diagnostics) {
    if (diagnostic.testData === undefined) {
      left.push(diagnostic);
      continue;
    }
    const { severity, rule, testData: directory } = diagnostic;
    const key = `${severity}\n${rule}\n${directory}`;
    const count = (folded.get(key)?.count ?? 0) + 1;
    folded.set(key, { severity, rule, directory, count });
  }
  if (folded.size === 0) return report;
  const rank = ({ severity }: FoldedFindings): number => severities.indexOf(severity);
  return {
    ...report,
    diagnostics: left,
    folded: [...folded.values()].sort(
      (a, b) => rank(a) - rank(b) || b.count - a.count || (a.directory < b.directory ? -1 : 1),
    ),
  };
}

/** `12 errors and 3 warnings in test data`; undefined where nothing was folded. */
export function foldedText({ folded = [] }: LintReport): string | undefined {
  const parts = severities.flatMap((severity) => {
    const number = countOf(folded, severity);
    return number === 0 ? [] : [counted(number, severity)];
  });
  return parts.length === 0 ? undefined : `${parts.join(', ')} in test data`;
}

/** A line for each rule and directory. */
export function foldedLines({ folded = [] }: LintReport, style: Style): string[] {
  if (folded.length === 0) return [];
  const rows = folded.slice(0, most);
  const widest = largest(rows.map(({ rule }) => rule.length));
  const digits = largest(rows.map(({ count }) => String(count).length));
  return [
    `${style.bold('in test data')} (--show-test-data lists each, --test-data fail lets them count)`,
    ...rows.map(
      ({ severity, rule, directory, count }) =>
        `  ${severity.padEnd(7)}  ${String(count).padStart(digits)} × ` +
        `${rule.padEnd(widest)}  ${printable(directory)}`,
    ),
    ...(folded.length > most ? [`  and ${folded.length - most} more`] : []),
  ];
}

function countOf(folded: readonly FoldedFindings[], severity: Severity): number {
  return folded.reduce(
    (sum, finding) => sum + (finding.severity === severity ? finding.count : 0),
    0,
  );
}
