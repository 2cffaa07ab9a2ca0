import type { Diagnostic, Fix } from '../lint/diagnostic.ts';
import { applyFixes as apply, type FixedFile } from '../lint/fixes/fixes.ts';
import { wantDiagnostics, wantOneOf } from './wanted.ts';

/**
 * The first fix of each diagnostic that is safe enough. Of two fixes that touch the same text the
 * first one in the file wins; the other one is left for another run, which sees what the first one
 * made of it.
 */
export function applyFixes(
  diagnostics: readonly Diagnostic[],
  safety: Fix['safety'] = 'safe',
): FixedFile[] {
  wantDiagnostics(diagnostics, 'applyFixes');
  wantOneOf(safety, 'applyFixes', 'a safety', ['safe', 'unsafe']);
  return apply(diagnostics, safety);
}
