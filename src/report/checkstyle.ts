/** Checkstyle's XML, which many review tools read. */
import type { LintReport } from './lint-report.ts';
import { byFile } from './by-file.ts';
import { shownRegion } from './place.ts';
import { element, xmlDocument } from './xml.ts';

export function checkstyle({ diagnostics }: Pick<LintReport, 'diagnostics'>): string {
  const files = [...byFile(diagnostics)].map(([name, found]) =>
    element(
      'file',
      { name },
      found.map(({ file, range, severity, title, message, rule }) => {
        const { line, column } = shownRegion(file, range);
        return element('error', {
          line,
          column,
          severity,
          message: `${title}: ${message}`,
          source: `kubeplumb.${rule}`,
        });
      }),
    ),
  );
  return xmlDocument(element('checkstyle', { version: '4.3' }, files));
}
