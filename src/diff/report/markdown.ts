/**
 * What a reviewer wants below a pull request: Services that lose their last endpoint and why, new
 * findings, other endpoints that change.
 */
import type { Diagnostic } from '../../lint/diagnostic.ts';
import { pushAll } from '../../lists.ts';
import { SourceFile } from '../../manifest/source.ts';
import { findingText, type LinkOptions, place, text } from '../../report/markdown-report.ts';
import { codeSpan } from '../../report/markdown-text.ts';
import { printable } from '../../report/safe-text.ts';
import { counted } from '../../report/text.ts';
import type { DiffReport, DiffSide } from '../diff-report.ts';
import type { EndpointChange } from '../endpoint-changes.ts';
import { type ChangeRow, changeRows, serviceName, unitsText, whyText } from './rows.ts';
import { capitalized, diffSummary } from './summary.ts';

export interface MarkdownDiffOptions extends LinkOptions {
  /** Where files of BASE can be seen; without it their places are not links. */
  readonly baseSources?: string;
  /** So many characters at most; what does not fit is counted. */
  readonly limit: number;
}

/** Nobody sees it; whoever posts comments finds the one of the last run by it. */
const marker = '<!-- kubeplumb -->';

/** For the lines that count what was left out. */
const reserved = 400;

export function markdownDiff(report: DiffReport, options: MarkdownDiffOptions): string {
  const { changes, findings, base, head } = report;
  const between = `${sideText(base)} → ${sideText(head)}`;
  const { silenced } = report;
  if ([changes, findings.new, findings.fixed, silenced].every(({ length }) => length === 0))
    return `${marker}\nkubeplumb: no change to any endpoint (${between})\n`;
  const emptied = changes.filter(({ kind }) => kind === 'emptied');
  const others = changes.filter(({ kind }) => kind !== 'emptied');
  const told = new Set(
    [...report.explained].flatMap(([change, list]) => (change.kind === 'emptied' ? list : [])),
  );
  const left = findings.new.filter((diagnostic) => !told.has(diagnostic));
  const page = new Page(options.limit - reserved);
  page.add([marker, `## kubeplumb: ${between}`, '', capitalized(diffSummary(report))]);
  page.list(
    'Service',
    ['', '### Services that lose their last endpoint', ''],
    emptied.map((change) => lost(change, report, options)),
  );
  page.list(
    'finding',
    ['', '### New findings', '', '| place | severity | finding |', '| --- | --- | --- |'],
    left.map((diagnostic) => [newRow(diagnostic, options)]),
  );
  page.list(
    'silence',
    ['', '### Silenced by this change', ''],
    silenced.map((what) => [`- ${text(printable(what))}`]),
  );
  page.list(
    'change',
    [
      '',
      '### Endpoints that change',
      '',
      '| Service | port | before | after |',
      '| --- | --- | --- | --- |',
    ],
    others.map((change) => tableRows(change, report)),
  );
  const heading = `<details><summary>${counted(findings.fixed.length, 'finding')} fixed</summary>`;
  page.list(
    'fixed finding',
    ['', heading, ''],
    findings.fixed.map((diagnostic) => [fixedItem(diagnostic, report, options)]),
    ['', '</details>'],
  );
  return page.text();
}

function sideText({ kind, label }: DiffSide): string {
  return kind === 'working-tree' ? label : codeSpan(printable(label));
}

/** Lines up to a number of characters. */
class Page {
  readonly #lines: string[] = [];
  #left: number;

  constructor(limit: number) {
    this.#left = limit;
  }

  add(lines: readonly string[]): boolean {
    const size = lines.join('\n').length + 1;
    if (size > this.#left) return false;
    this.#left -= size;
    pushAll(this.#lines, lines);
    return true;
  }

  /** A part with as many of its items as there is room for. */
  list(
    noun: string,
    head: readonly string[],
    items: readonly (readonly string[])[],
    foot: readonly string[] = [],
  ): void {
    if (items.length === 0) return;
    let shown = 0;
    for (const item of items) {
      const added =
        shown === 0
          ? this.#fits([...head, ...item, ...foot]) && this.add([...head, ...item])
          : this.#fits([...item, ...foot]) && this.add(item);
      if (!added) break;
      shown += 1;
    }
    if (shown > 0) this.add(foot);
    if (shown < items.length)
      this.#lines.push('', `${counted(items.length - shown, noun)} more did not fit in here.`);
  }

  text(): string {
    return `${this.#lines.join('\n')}\n`;
  }

  #fits(lines: readonly string[]): boolean {
    return lines.join('\n').length + 2 <= this.#left;
  }
}

function lost(change: EndpointChange, report: DiffReport, options: MarkdownDiffOptions): string[] {
  const [why, found] = [whyText(change), report.explained.get(change) ?? []];
  const [only, ...more] = changeRows(change);
  const where =
    change.head === undefined
      ? ''
      : ` at ${place(change.head.file, change.head.range[0], options)}`;
  const name = `**${codeSpan(printable(serviceName(change)))}**${units(change, report)}`;
  const lines =
    more.length === 0 && only !== undefined
      ? [`- ${name}${portText(only)}: ${arrow(only)}${where}`]
      : [`- ${name}${where}`];
  if (only !== undefined && more.length > 0)
    for (const row of [only, ...more])
      lines.push(`  - ${portText(row).trim() || 'endpoints'}: ${arrow(row)}`);
  for (const diagnostic of found)
    lines.push(
      `  - **${diagnostic.severity}** ` +
        `${place(diagnostic.file, diagnostic.range[0], options)} ` +
        `${findingText(diagnostic, options)}`,
    );
  if (why !== undefined && (found.length === 0 || change.gone.length > 0))
    lines.push(`  - **why**: ${text(why)}`);
  return lines;
}

function units(change: EndpointChange, report: DiffReport): string {
  const names = unitsText(change, report);
  return names === '' ? '' : ` ${text(names)}`;
}

function portText({ port }: ChangeRow): string {
  return port === '' ? '' : ` port ${codeSpan(printable(port))}`;
}

function arrow({ before, after }: ChangeRow): string {
  return `${cell(before)} → ${after === '<none>' ? '**none**' : cell(after)}`;
}

function cell(endpoints: string | undefined): string {
  return endpoints === undefined ? '–' : codeSpan(printable(endpoints));
}

/** The Service is named in its first row; the reason is a part of the last. */
function tableRows(change: EndpointChange, report: DiffReport): string[] {
  const rows = changeRows(change);
  const state = change.kind === 'created' ? ' (new)' : change.kind === 'deleted' ? ' (gone)' : '';
  const why = whyText(change);
  return (rows.length === 0 ? [{ port: '' }] : rows).map((row: ChangeRow, index, all) => {
    const name =
      index === 0
        ? `${codeSpan(printable(serviceName(change)))}${state}${units(change, report)}`
        : '';
    const reason = index === all.length - 1 && why !== undefined ? `<br>${text(why)}` : '';
    return (
      `| ${name} | ${row.port === '' ? '' : codeSpan(printable(row.port))} | ` +
      `${cell(row.before)} | ${cell(row.after)}${reason} |`
    );
  });
}

function newRow(diagnostic: Diagnostic, options: LinkOptions): string {
  return (
    `| ${place(diagnostic.file, diagnostic.range[0], options)} | ${diagnostic.severity} | ` +
    `${findingText(diagnostic, options)} |`
  );
}

function fixedItem(
  { file, range, title, rule, severity, url }: Diagnostic,
  { base }: DiffReport,
  { directory, baseSources }: MarkdownDiffOptions,
): string {
  const own = new SourceFile(base.ownPath(file.path), file.text);
  const where = place(own, range[0], {
    directory,
    ...(baseSources !== undefined && { sources: baseSources }),
  });
  return (
    `- ${severity} ${where}: ${text(title)} ` +
    `(${url === undefined ? codeSpan(rule) : `[${rule}](${url})`})`
  );
}
