/** How often each rule has found something, instead of everything that was found. */
import { type Diagnostic, severities } from '../lint/diagnostic.ts';
import { largest } from '../lists.ts';
import { groupBy } from '../multimap.ts';
import { severityPaint, type Style } from './style.ts';

/** `19  error    removed-api  3 fixable`, the most frequent first, errors before all else. */
export function statistics(diagnostics: readonly Diagnostic[], style: Style): string[] {
  const rows = [...groupBy(diagnostics, ({ severity, rule }) => `${severity}\n${rule}`).values()]
    .flatMap((found) => {
      const [first] = found;
      if (first === undefined) return [];
      const { severity, rule } = first;
      const fixable = found.filter(({ fixes }) => fixes.length > 0).length;
      return [{ severity, rule, fixable, count: found.length }];
    })
    .sort(
      (a, b) =>
        severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
        b.count - a.count ||
        (a.rule < b.rule ? -1 : 1),
    );
  const digits = largest(rows.map(({ count }) => String(count).length));
  const widest = largest(rows.map(({ rule }) => rule.length));
  return rows.map(({ severity, rule, fixable, count }) => {
    const paint = severityPaint(severity, style);
    const more = fixable === 0 ? '' : style.dim(`  ${fixable} fixable`);
    const name = fixable === 0 ? rule : rule.padEnd(widest);
    return `${String(count).padStart(digits)}  ${paint(severity.padEnd(7))}  ${name}${more}`;
  });
}
