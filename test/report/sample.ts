/** Small hand-made results to print. */
import type { Diagnostic, LintSummary } from '../../src/lint/diagnostic.ts';
import { type Range, SourceFile } from '../../src/manifest/source.ts';
import type { LintReport } from '../../src/report/lint-report.ts';

/** `«here»` marks the range. */
export function marked(path: string, text: string): { file: SourceFile; range: Range } {
  const start = text.indexOf('«');
  const end = text.indexOf('»') - 1;
  return { file: new SourceFile(path, text.replace(/[«»]/g, '')), range: [start, end] };
}

export function diagnostic(
  place: { file: SourceFile; range: Range },
  more: Partial<Diagnostic> = {},
): Diagnostic {
  return {
    rule: 'service-selects-nothing',
    messageId: 'none',
    category: 'selector',
    severity: 'error',
    title: 'Service shop/api selects no pod',
    message: 'no pod in namespace shop has app=ap',
    url: 'https://example.com/service-selects-nothing',
    path: ['spec', 'selector', 'app'],
    object: { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'api' },
    related: [],
    fixes: [],
    fingerprint: '0123456789abcdef',
    ...place,
    ...more,
  };
}

export const nothingRead: LintSummary = {
  files: 0,
  documents: 0,
  objects: 0,
  units: 0,
  services: 0,
  endpoints: { reached: 0, unknown: 0, none: 0 },
  skipped: {},
  foreign: 0,
  invalid: 0,
  templates: 0,
  broken: 0,
};

export function report(more: Partial<LintReport> = {}): LintReport {
  return {
    diagnostics: [],
    unknowns: [],
    faults: [],
    problems: [],
    charts: [],
    summary: nothingRead,
    ...more,
  };
}
