/** One finding a line, for editors, scripts and logs: `path:line:col: severity: title: message [rule]`. */
import { failures, type LintReport } from './lint-report.ts';
import { printable } from './text.ts';

export function oneline(report: Pick<LintReport, 'diagnostics' | 'problems'>): string {
  const unread = failures(report).map(
    ({ path, message }) => `${printable(`${path}:1:1: error: not read: ${message}`)}\n`,
  );
  return unread.join('') + findingLines(report.diagnostics);
}

export function findingLines(diagnostics: LintReport['diagnostics']): string {
  return diagnostics
    .map(({ file, range, severity, title, message, rule }) => {
      const { line, column } = file.position(range[0]);
      return `${printable(`${file.path}:${line}:${column}: ${severity}: ${title}: ${message} [${rule}]`)}\n`;
    })
    .join('');
}
