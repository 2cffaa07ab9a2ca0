/** What a reviewer wants below a pull request: how many, where, what to do; why on a click. */
import type { Diagnostic } from '../lint/diagnostic.ts';
import { pushAll } from '../lists.ts';
import { templateAt } from '../manifest/helm-source.ts';
import { describeObject } from '../manifest/object-reference.ts';
import type { SourceFile } from '../manifest/source.ts';
import { byFile } from './by-file.ts';
import { failures, type LintReport } from './lint-report.ts';
import { codeSpan, inlineMarkdown } from './markdown-text.ts';
import { fromRoot, isAbsolute, isPipe, shownRegion, uriOf } from './place.ts';
import { printable } from './safe-text.ts';
import { plainStyle } from './style.ts';
import { summary } from './summary.ts';
import { counted } from './text.ts';

/** Where places lead to. */
export interface LinkOptions {
  /** The working directory below the root of the repository. */
  readonly directory: string;
  /**
   * Where the repository's files can be seen, with a slash at its end; without it places are not
   * links.
   */
  readonly sources?: string;
}

export interface MarkdownOptions extends LinkOptions {
  readonly showUnknown: boolean;
  /** So many characters at most; findings that do not fit are counted. */
  readonly limit: number;
}

/** GitHub takes comments of 65,536 characters, and summaries of 1 MiB for a step. */
export const commentLimit = 65_000;
export const stepSummaryLimit = 300_000;

/** For what stands below the findings. */
const reserved = 500;

export function markdownReport(report: LintReport, options: MarkdownOptions): string {
  const lines = ['## kubeplumb', '', sentence(report, options), ...unread(report)];
  let size = lines.join('\n').length + reserved;
  const fits = (added: readonly string[]): boolean => {
    size += added.join('\n').length + 1;
    return size <= options.limit;
  };
  let shown = 0;
  for (const [path, found] of byFile(report.diagnostics)) {
    const head = [
      '',
      `### ${codeSpan(printable(path))}`,
      '',
      '| line | severity | finding |',
      '| ---: | --- | --- |',
    ];
    for (const [index, diagnostic] of found.entries()) {
      const added = [...(index === 0 ? head : []), row(diagnostic, options)];
      if (!fits(added)) continue;
      pushAll(lines, added);
      shown += 1;
    }
  }
  const missing = report.diagnostics.length - shown;
  if (missing > 0) lines.push('', `${counted(missing, 'finding')} more did not fit in here.`);
  if (options.showUnknown && report.unknowns.length > 0) {
    const list = unknownList(report, options);
    if (fits(list)) pushAll(lines, list);
  }
  return `${lines.join('\n')}\n`;
}

function sentence(report: LintReport, { showUnknown }: MarkdownOptions): string {
  if (report.summary.files === 0 && report.charts.length === 0) return 'No manifest was read.';
  return summary(report, { style: plainStyle, width: Infinity, showUnknown })
    .map((line) => inlineMarkdown(line.trim()))
    .join('<br>');
}

/** What was asked for and could not be read. */
function unread(report: LintReport): string[] {
  const lines = failures(report).map(
    ({ path, message }) => `- ${codeSpan(printable(path))} ${inlineMarkdown(message)}`,
  );
  return lines.length === 0 ? [] : ['', ...lines];
}

function row(diagnostic: Diagnostic, options: MarkdownOptions): string {
  const { file, range, severity } = diagnostic;
  const { line } = shownRegion(file, range);
  return (
    `| ${linked(String(line), file.path, line, options)} | ${severity} | ` +
    `${findingText(diagnostic, options)} |`
  );
}

/** What is wrong and what to do, in one line; why on a click. */
export function findingText(
  { title, message, why, help, related, rule, url, file, range }: Diagnostic,
  options: LinkOptions,
): string {
  const template = templateAt(file, range[0]);
  const details = [
    ...related.map(
      (other) => `see ${place(other.file, other.range[0], options)}: ${text(other.message)}`,
    ),
    ...(why === undefined ? [] : [`**why**: ${text(why)}`]),
    url === undefined ? codeSpan(rule) : `[${rule}](${url})`,
  ];
  return [
    `**${text(title)}**`,
    `${text(message)}${template === undefined ? '' : ` (from ${codeSpan(printable(template))})`}`,
    ...(help === undefined ? [] : [`**help**: ${text(help)}`]),
    `<details><summary>why</summary>${details.join('<br>')}</details>`,
  ].join('<br>');
}

function unknownList({ unknowns }: LintReport, options: MarkdownOptions): string[] {
  const items = unknowns.map(({ file, range, object, reason, rule }) => {
    const about = object === undefined ? '' : `${text(describeObject(object))}: `;
    return `- ${place(file, range[0], options)}: ${about}${text(reason)} (${rule})`;
  });
  return [
    '',
    `<details><summary>${counted(unknowns.length, 'question')} left unknown</summary>`,
    '',
    ...items,
    '',
    '</details>',
  ];
}

export function place(file: SourceFile, offset: number, options: LinkOptions): string {
  const { line } = file.position(offset);
  return linked(codeSpan(printable(`${file.path}:${line}`)), file.path, line, options);
}

function linked(
  label: string,
  path: string,
  line: number,
  { sources, directory }: LinkOptions,
): string {
  const inside = fromRoot(path, directory);
  if (sources === undefined || isPipe(path) || isAbsolute(inside) || inside.startsWith('../'))
    return label;
  return `[${label}](${sources}${uriOf(inside)}#L${line})`;
}

/** Somebody else's text in one line. */
export function text(written: string): string {
  return inlineMarkdown(
    written
      .split('\n')
      .map((line) => printable(line.trim()))
      .filter((line) => line !== '')
      .join(' '),
  );
}
