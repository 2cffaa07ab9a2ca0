/**
 * SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), within what GitHub takes:
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
import { severities } from '../lint/diagnostic.ts';
import { type RuleMeta, rulePage } from '../lint/rule.ts';
import { failures, type LintReport, type Tool } from './lint-report.ts';
import { inlineMarkdown } from './markdown-text.ts';
import { jsonText } from './safe-text.ts';
import { plain, sarifLevels, sarifResult } from './sarif-result.ts';
import { counted } from './text.ts';

export interface SarifOptions {
  readonly tool: Tool;
  /** All that were run; those that found nothing are left out, which a viewer does not miss. */
  readonly rules: readonly RuleMeta[];
  /** The working directory below the root of the repository. */
  readonly directory: string;
}

/** What GitHub takes of one run, and of one rule. */
const limits = { results: 25_000, tags: 10 };

export function sarif(
  { diagnostics, problems, shard }: LintReport,
  { tool, rules, directory }: SarifOptions,
): string {
  const shown = gravest(diagnostics, ({ severity }) => sarifLevels[severity]);
  const found = new Set(shown.map(({ rule }) => rule));
  const told = rules.filter(({ id }) => found.has(id)).sort((a, b) => (a.id < b.id ? -1 : 1));
  const indexes = new Map(told.map(({ id }, index) => [id, index]));
  const anySuppressed = shown.some(({ suppressed }) => suppressed !== undefined);
  const dropped = diagnostics.length - shown.length;
  const failed = new Set(failures({ problems }));
  const notifications = [
    ...problems.map((problem) => ({
      level: failed.has(problem) ? 'error' : 'note',
      message: { text: plain(`${problem.path} ${problem.message}`) },
    })),
    ...(dropped > 0
      ? [
          {
            level: 'warning',
            message: { text: `${counted(dropped, 'result')} of the least severity left out` },
          },
        ]
      : []),
  ];
  const log = {
    version: '2.1.0',
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json',
    runs: [
      {
        tool: {
          driver: {
            name: tool.name,
            semanticVersion: tool.version,
            informationUri: 'https://github.com/kubeplumb/kubeplumb',
            rules: told.map(ruleObject),
          },
        },
        invocations: [
          {
            executionSuccessful: failed.size === 0,
            toolExecutionNotifications: notifications,
          },
        ],
        columnKind: 'utf16CodeUnits',
        ...(shard !== undefined && { properties: { shard } }),
        results: shown.map((diagnostic) =>
          sarifResult(diagnostic, directory, indexes, anySuppressed),
        ),
      },
    ],
  };
  return `${jsonText(log)}\n`;
}

function ruleObject(meta: RuleMeta): object {
  const { id, category, severity, kinds, summary, why } = meta;
  const page = rulePage(meta);
  return {
    id,
    name: id.replace(/(?:^|[-/])(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: summary },
    fullDescription: { text: `${summary}: ${why}.` },
    ...(page !== undefined && { helpUri: page }),
    help: {
      text:
        `why: ${why}${page === undefined ? '' : `\nmore: ${page}`}\noffline: kubeplumb ` +
        `explain ${id}`,
      markdown:
        `**Why**: ${inlineMarkdown(why)}\n\n` +
        `${page === undefined ? 'Offline' : `[All about ${id}](${page}), or offline`}: ` +
        `\`kubeplumb explain ${id}\``,
    },
    defaultConfiguration: { level: sarifLevels[severity] },
    properties: { tags: [...new Set(['kubernetes', category, ...kinds])].slice(0, limits.tags) },
  };
}

/** As many as GitHub takes, the gravest levels first; their order stays. */
export function gravest<T>(results: readonly T[], levelOf: (result: T) => string): readonly T[] {
  if (results.length <= limits.results) return results;
  const levels = severities.map((severity) => sarifLevels[severity]);
  const rank = (result: T): number => levels.findIndex((level) => level === levelOf(result));
  const kept = new Set([...results].sort((a, b) => rank(a) - rank(b)).slice(0, limits.results));
  return results.filter((result) => kept.has(result));
}
