import type { Tool } from '../../report/lint-report.ts';
import { commentLimit } from '../../report/markdown-report.ts';
import { harmless } from '../../report/safe-text.ts';
import type { DiffReport } from '../diff-report.ts';
import { jsonDiff } from './json.ts';
import { markdownDiff, type MarkdownDiffOptions } from './markdown.ts';
import { prettyDiff, type PrettyDiffOptions } from './pretty.ts';

export const diffFormats = ['pretty', 'json', 'markdown'] as const;
export type DiffFormat = (typeof diffFormats)[number];

export interface DiffRenderOptions extends PrettyDiffOptions, Omit<MarkdownDiffOptions, 'limit'> {
  readonly tool: Tool;
}

/** The text of a comparison. Markdown is for a comment below a pull request. */
export function renderDiff(
  report: DiffReport,
  format: DiffFormat,
  options: DiffRenderOptions,
): string {
  switch (format) {
    case 'json':
      return jsonDiff(report, options.tool);
    case 'pretty':
      return harmless(prettyDiff(report, options));
    case 'markdown':
      return harmless(markdownDiff(report, { ...options, limit: commentLimit }));
  }
}
