/** One finding a line, for editors, scripts and logs: `path:line:col: severity: title: message [rule]`. */
import type { LintReport } from './lint-report.ts';
import { printable } from './text.ts';

export function oneline({ diagnostics }: Pick<LintReport, 'diagnostics'>): string {
  return diagnostics
    .map(({ file, range, severity, title, message, rule }) => {
      const { line, column } = file.position(range[0]);
      return `${printable(`${file.path}:${line}:${column}: ${severity}: ${title}: ${message} [${rule}]`)}\n`;
    })
    .join('');
}
