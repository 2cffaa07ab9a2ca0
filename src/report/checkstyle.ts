/** Checkstyle's XML, which many review tools read. */
import { byFile } from './by-file.ts';
import { failures, type LintReport } from './lint-report.ts';
import { shownRegion } from './place.ts';
import { said } from './said.ts';
import { element, xmlDocument } from './xml.ts';

export function checkstyle(report: Pick<LintReport, 'diagnostics' | 'problems'>): string {
  const unread = failures(report).map(({ path, message }) =>
    element('file', { name: path }, [
      element('error', {
        line: 1,
        column: 1,
        severity: 'error',
        message: `not read: ${message}`,
        source: 'kubeplumb.unread',
      }),
    ]),
  );
  const files = [...byFile(report.diagnostics)].map(([name, found]) =>
    element(
      'file',
      { name },
      found.map((diagnostic) => {
        const { file, range, severity, rule } = diagnostic;
        const { line, column } = shownRegion(file, range);
        return element('error', {
          line,
          column,
          severity,
          message: said(diagnostic),
          source: `kubeplumb.${rule}`,
        });
      }),
    ),
  );
  return xmlDocument(element('checkstyle', { version: '4.3' }, [...unread, ...files]));
}
