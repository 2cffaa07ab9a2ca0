/**
 * The generated parts of docs/rules: every page's header, what is printed for its bad examples, and
 * the list of all rules.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../rules/index.ts';
import { defaultClusterOptions } from '../src/cluster/options.ts';
import { isInPreset } from '../src/config/presets.ts';
import type { LintResult } from '../src/lint/diagnostic.ts';
import { lintUnits } from '../src/lint/lint.ts';
import { categories, type Category, type RuleMeta } from '../src/lint/rule.ts';
import { readManifest } from '../src/manifest/read.ts';
import { SourceFile } from '../src/manifest/source.ts';
import { pretty } from '../src/report/pretty.ts';
import { plainStyle } from '../src/report/style.ts';
import { lintFiles } from '../src/testing/lint-files.ts';
import { groupUnits } from '../src/units/units.ts';
import { optionTable } from './generate-config-schema.ts';
import { type GeneratedFile, root } from './generated-file.ts';

export const pagePath = (id: string): string => `docs/rules/${id}.md`;

/** Every page as it should be, and the list. @throws Error for a rule without a page. */
export function ruleDocs(): GeneratedFile[] {
  return [
    ...rules.map(({ meta }) => rulePage(meta)),
    { path: 'docs/rules/README.md', text: ruleList() },
  ];
}

function rulePage(meta: RuleMeta): GeneratedFile {
  const path = pagePath(meta.id);
  if (!existsSync(join(root, path)))
    throw new Error(
      `rule ${meta.id} has no page: write ${path} (npm run new-rule makes one to start from)`,
    );
  return { path, text: regeneratePage(readFileSync(join(root, path), 'utf8'), meta) };
}

/** @throws Error when the page lacks a title or the markers of its header. */
export function regeneratePage(page: string, meta: RuleMeta): string {
  const header = /^# .*\n\n<!-- begin generated -->[\s\S]*?<!-- end generated -->\n/;
  if (!header.test(page))
    throw new Error(
      `${pagePath(meta.id)} must begin with "# ${meta.id}", a blank line and the markers ` +
        '<!-- begin generated --> and <!-- end generated -->',
    );
  return withOutputs(
    page.replace(header, () => ruleHeader(meta)),
    meta.id,
  );
}

export function ruleHeader({
  id,
  summary,
  severity,
  category,
  kinds,
  scope,
  fixable,
  since,
  options,
}: RuleMeta): string {
  const cells = [
    severity,
    category,
    kinds.length === 0 ? 'any' : kinds.join(', '),
    scope,
    fixable ? 'yes' : 'no',
    since,
  ];
  return [
    `# ${id}`,
    '',
    '<!-- begin generated -->',
    `${summary}.`,
    '',
    '| severity | category | kinds | scope | fixable | since |',
    '| --- | --- | --- | --- | --- | --- |',
    `| ${cells.join(' | ')} |`,
    ...(options === undefined ? [] : ['', optionTable(options)]),
    '<!-- end generated -->',
    '',
  ].join('\n');
}

export interface PageExample {
  readonly section: 'Bad' | 'Good';
  readonly yaml: string;
}

/** The YAML blocks below the headings Bad and Good. */
export function pageExamples(page: string): PageExample[] {
  return page.split(/^(?=## )/m).flatMap((part) => {
    const section = /^## (Bad|Good)\n/.exec(part)?.[1] as PageExample['section'] | undefined;
    if (section === undefined) return [];
    return [...part.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, yaml = '']) => ({
      section,
      yaml,
    }));
  });
}

/**
 * One example of a rule's page, linted with that rule and those that are on by default: as the only
 * file there is, or as all of them where lines like
 * `# file: base/web.yaml` begin one.
 */
export function lintExample(yaml: string, id: string): LintResult {
  const shown = rules.filter(({ meta }) => meta.id === id || isInPreset(meta, 'recommended'));
  const parts = yaml.split(/^# file: (.+)\n/m);
  if (parts.length > 1) {
    const files = parts.flatMap((path, index) =>
      index % 2 === 1 ? [[path, parts[index + 1] ?? ''] as const] : [],
    );
    return lintFiles(Object.fromEntries(files), shown);
  }
  const read = readManifest(new SourceFile('manifest.yaml', yaml));
  const manifests = [read.meant ?? read];
  return lintUnits(
    manifests,
    groupUnits(manifests, { mode: 'auto', explicitFiles: true }),
    shown,
    defaultClusterOptions,
  );
}

const output = /^<!-- begin output -->\n[\s\S]*?<!-- end output -->\n/m;

/** Puts what kubeplumb prints behind each bad example. */
function withOutputs(page: string, id: string): string {
  return page
    .split(/^(?=## )/m)
    .map((part) => {
      if (!part.startsWith('## Bad\n')) return part;
      const clean = part.replace(new RegExp(`\\n${output.source}`, 'gm'), '');
      return clean.replace(
        /^```yaml\n([\s\S]*?)^```\n/gm,
        (block: string, yaml: string) => `${block}\n${printed(yaml, id)}`,
      );
    })
    .join('');
}

function printed(yaml: string, id: string): string {
  const text = pretty(
    { ...lintExample(yaml, id), problems: [], charts: [] },
    { style: plainStyle, width: 100, showUnknown: false, showTestData: false, quiet: true },
  );
  return `<!-- begin output -->\n\`\`\`text\n${text.trimEnd()}\n\`\`\`\n<!-- end output -->\n`;
}

const families: Readonly<Record<Category, string>> = {
  selector: 'Do selectors and labels find each other?',
  port: 'Does a Service port lead to a port of the pods?',
  probe: 'Can the kubelet run the probes?',
  name: 'Do Services, Endpoints and EndpointSlices that are written by hand belong together?',
  reference: 'Does what is referred to exist?',
  policy: 'Do network policies let through what should get through?',
  routing: 'Do requests from outside reach what is meant to answer them?',
  scaling: 'Do autoscalers, budgets and schedules agree with what they are about?',
  manifest: 'Does the manifest reach the cluster as it is meant?',
  resilience: 'Does a Service keep its endpoints when something happens?',
  security: 'Can somebody reach what they should not?',
};

export function ruleList(): string {
  const lines = [
    '<!-- Written by npm run generate from what the rules say of themselves. -->',
    '# Rules',
    '',
    '`kubeplumb explain RULE` prints the page of a rule.',
    '',
  ];
  for (const category of categories) {
    const metas = rules.map(({ meta }) => meta).filter((meta) => meta.category === category);
    if (metas.length === 0) continue;
    lines.push(
      `## ${category}`,
      '',
      families[category],
      '',
      '| rule | severity | finds | fixable |',
      '| --- | --- | --- | --- |',
    );
    for (const { id, severity, summary, fixable } of metas)
      lines.push(`| [${id}](${id}.md) | ${severity} | ${summary} | ${fixable ? 'yes' : ''} |`);
    lines.push('');
  }
  return lines.join('\n');
}
