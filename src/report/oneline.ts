/**
 * One finding a line, for editors, scripts and logs: `path:line:col: severity: title: message
 * [rule]`.
 */
import { failures, type LintReport } from './lint-report.ts';
import { printable, shownPath } from './safe-text.ts';
import { said } from './said.ts';

export function oneline(report: Pick<LintReport, 'diagnostics' | 'problems'>): string {
  const unread = failures(report).map(
    ({ path, message }) => `${shownPath(path)}:1:1: error: not read: ${printable(message)}\n`,
  );
  return unread.join('') + findingLines(report.diagnostics);
}

export function findingLines(diagnostics: LintReport['diagnostics']): string {
  return diagnostics
    .map((diagnostic) => {
      const { file, range, severity, rule } = diagnostic;
      const { line, column } = file.position(range[0]);
      return (
        `${shownPath(file.path)}:${line}:${column}: ` +
        `${printable(`${severity}: ${said(diagnostic)} [${rule}]`)}\n`
      );
    })
    .join('');
}
