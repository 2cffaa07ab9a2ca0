/** A report in any of its formats. */
import type { RuleMeta } from '../lint/rule.ts';
import { checkstyle } from './checkstyle.ts';
import { foldTestData } from './fold-test-data.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { type LintReport, type Tool, withoutSuppressed } from './lint-report.ts';
import { commentLimit, type LinkOptions, markdownReport } from './markdown-report.ts';
import { oneline } from './oneline.ts';
import { pretty, type PrettyOptions } from './pretty.ts';
import { harmless } from './safe-text.ts';
import { sarif } from './sarif.ts';

export const reportFormats = [
  'pretty',
  'oneline',
  'json',
  'sarif',
  'github',
  'gitlab',
  'junit',
  'checkstyle',
  'markdown',
] as const;
export type ReportFormat = (typeof reportFormats)[number];

export interface RenderOptions extends PrettyOptions, LinkOptions {
  readonly tool: Tool;
  /** Those that were run, for SARIF. */
  readonly rules: readonly RuleMeta[];
  /**
   * Whether SARIF lists what was waved through, marked as such. JSON always does, the others never.
   */
  readonly listsSuppressed: boolean;
}

export function render(
  everything: LintReport,
  format: ReportFormat,
  options: RenderOptions,
): string {
  const unsuppressed = withoutSuppressed(everything);
  const report = options.showTestData ? unsuppressed : foldTestData(unsuppressed);
  switch (format) {
    case 'pretty':
      return harmless(pretty(report, options));
    case 'oneline':
      return harmless(oneline(report));
    case 'json':
      return json(everything, options.tool);
    case 'sarif':
      return sarif(options.listsSuppressed ? everything : unsuppressed, options);
    case 'github':
      return github(report, options);
    case 'gitlab':
      return gitlab(report, options);
    case 'junit':
      return junit(report);
    case 'checkstyle':
      return checkstyle(report);
    case 'markdown':
      return harmless(markdownReport(report, { ...options, limit: commentLimit }));
  }
}
