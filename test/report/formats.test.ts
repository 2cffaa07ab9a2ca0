import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkstyle } from '../../src/report/checkstyle.ts';
import { escapeData, escapeProperty, github } from '../../src/report/github.ts';
import { gitlab } from '../../src/report/gitlab.ts';
import { json } from '../../src/report/json.ts';
import { junit } from '../../src/report/junit.ts';
import { failures, type LintReport, withoutSuppressed } from '../../src/report/lint-report.ts';
import { markdownReport } from '../../src/report/markdown-report.ts';
import { oneline } from '../../src/report/oneline.ts';
import { sarif } from '../../src/report/sarif.ts';
import { sarifErrors } from '../support/sarif-schema.ts';
import { parseXml, type XmlElement } from '../support/xml.ts';
import { type ReportName, reportNames, reports, ruleMetas, tool } from './formats-sample.ts';
import { diagnostic, marked, nothingRead, report } from './sample.ts';

const directory = '';
const asSarif = (given: LintReport, more: { directory?: string } = {}): string =>
  sarif(given, { tool, rules: ruleMetas, directory, ...more });
const asMarkdown = (
  given: LintReport,
  more: { sources?: string; limit?: number; showUnknown?: boolean; directory?: string } = {},
): string => markdownReport(given, { directory, showUnknown: false, limit: 65_000, ...more });

/** As the command line calls them: only JSON and SARIF show what is suppressed. */
const formats: Readonly<Record<string, (given: LintReport) => string>> = {
  oneline: (given) => oneline(withoutSuppressed(given)),
  json: (given) => json(given, tool),
  sarif: asSarif,
  github: (given) => github(withoutSuppressed(given), { directory }),
  gitlab: (given) => gitlab(withoutSuppressed(given), { directory }),
  junit: (given) => junit(withoutSuppressed(given)),
  checkstyle: (given) => checkstyle(withoutSuppressed(given)),
  markdown: (given) =>
    asMarkdown(withoutSuppressed(given), { sources: 'https://example.com/blob/abc/' }),
};
const place = marked('k8s/a.yaml', 'kind: Service\nspec: {app: «ap»}\n');
const many = (count: number, more: object = {}): LintReport =>
  report({
    summary: { ...nothingRead, files: 1 },
    diagnostics: Array.from({ length: count }, (_, index) =>
      diagnostic(place, { fingerprint: String(index), ...more }),
    ),
  });

describe.each(Object.entries(formats))('%s', (name, render) => {
  it.each(reportNames)('%s', async (which) => {
    await expect(render(reports[which])).toMatchFileSnapshot(
      join(import.meta.dirname, 'goldens', `${which}.${name}.txt`),
    );
  });

  it('ends with a line break, if there is anything', () => {
    for (const which of reportNames) expect(render(reports[which])).toMatch(/^$|[^\n]\n$/);
  });

  it('says where, once for each finding', () => {
    const lines = render(reports.project).replaceAll('\n', ' ');
    for (const { file } of reports.project.diagnostics) expect(lines).toContain(file.path);
  });
});

interface SarifResult {
  ruleId: string;
  ruleIndex?: number;
  level: string;
  message: { text: string };
  locations: {
    physicalLocation: {
      artifactLocation: { uri: string; uriBaseId?: string };
      region: Record<string, number>;
    };
  }[];
  relatedLocations: { id: number }[];
  suppressions?: object[];
  fixes?: {
    artifactChanges: { replacements: { deletedRegion: object; insertedContent: object }[] }[];
  }[];
}
interface SarifRun {
  tool: { driver: { rules: { id: string }[] } };
  results: SarifResult[];
  invocations: {
    executionSuccessful: boolean;
    toolExecutionNotifications: { message: { text: string } }[];
  }[];
}
const sarifRun = (given: LintReport, more?: { directory?: string }): SarifRun =>
  (JSON.parse(asSarif(given, more)) as { runs: [SarifRun] }).runs[0];

/**
 * What Jenkins takes, as far as we write it; it refuses a file with anything else
 * (`jenkinsci/xunit-plugin:src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd`).
 */
const jenkins: Readonly<
  Record<string, Partial<Readonly<Record<'must' | 'may' | 'holds', readonly string[]>>>>
> = {
  testsuites: { may: ['name', 'time', 'tests', 'failures', 'errors'], holds: ['testsuite'] },
  testsuite: {
    must: ['name', 'tests', 'failures', 'errors'],
    may: ['time', 'skipped', 'timestamp', 'hostname', 'id', 'package', 'file', 'log', 'url'],
    holds: ['testcase'],
  },
  testcase: { must: ['name'], may: ['time', 'classname', 'group'], holds: ['failure', 'error'] },
  failure: { may: ['type', 'message'] },
  error: { may: ['type', 'message'] },
};

describe('SARIF', () => {
  it.each(reportNames)('of %s is what the schema says', (which) => {
    expect(sarifErrors(JSON.parse(asSarif(reports[which])))).toEqual([]);
  });

  it('the schema refuses what is not a SARIF', () => {
    const log = JSON.parse(asSarif(reports.project)) as { runs: [SarifRun] };
    log.runs[0].results[0]!.locations[0]!.physicalLocation.region['startLine'] = 0;
    expect(sarifErrors(log)).not.toEqual([]);
    expect(sarifErrors({ version: '2.1.0' })).not.toEqual([]);
    const odd = JSON.parse(asSarif(reports.project)) as { runs: [SarifRun] };
    odd.runs[0].results[0]!.locations[0]!.physicalLocation.artifactLocation.uri = 'a b.yaml';
    expect(sarifErrors(odd)).not.toEqual([]);
  });

  it('has its results even if there are none', () => {
    expect(sarifRun(reports.nothing).results).toEqual([]);
  });

  it('each result points at its rule; rules that found nothing are left out', () => {
    const { tool: made, results } = sarifRun(reports.project);
    expect(made.driver.rules.map(({ id }) => id).sort()).toEqual(
      [...new Set(results.map(({ ruleId }) => ruleId))].sort(),
    );
    for (const { ruleId, ruleIndex } of results)
      expect(made.driver.rules[ruleIndex ?? -1]?.id).toBe(ruleId);
    expect(
      sarifRun(reports.awkward).results.find(({ ruleId }) => ruleId === 'of-a-plugin'),
    ).not.toHaveProperty('ruleIndex');
  });

  it('links each related place in the text, which is what makes GitHub show it', () => {
    const linked = sarifRun(reports.project).results.filter(
      ({ relatedLocations }) => relatedLocations.length > 0,
    );
    expect(linked.length).toBeGreaterThan(0);
    for (const { message, relatedLocations } of linked)
      for (const { id } of relatedLocations) expect(message.text).toContain(`](${id})`);
  });

  it('either all results say whether they are suppressed or none does', () => {
    expect(sarifRun(reports.project).results.filter((result) => 'suppressions' in result)).toEqual(
      [],
    );
    expect(sarifRun(reports.awkward).results.map(({ suppressions }) => suppressions)).toEqual([
      [],
      [],
      [{ kind: 'inSource', justification: 'known "since" long' }],
      [],
    ]);
  });

  it.each([
    ['comment', 'inSource'],
    ['annotation', 'inSource'],
    ['config', 'external'],
    ['baseline', 'external'],
  ] as const)('what a %s suppresses is %s', (kind, expected) => {
    const given = report({ diagnostics: [diagnostic(place, { suppressed: { kind } })] });
    expect(sarifRun(given).results[0]?.suppressions).toEqual([{ kind: expected }]);
    expect(sarifErrors(JSON.parse(asSarif(given)))).toEqual([]);
  });

  it('a fix replaces exactly its range, line breaks included', () => {
    const fix = sarifRun(reports.awkward).results.at(-1)?.fixes?.[0]?.artifactChanges[0]
      ?.replacements[0];
    expect(fix?.deletedRegion).toEqual({ startLine: 2, startColumn: 7, endLine: 5, endColumn: 1 });
  });

  it.each([
    ['k8s/a.yaml', '', 'k8s/a.yaml', true],
    ['k8s/a.yaml', 'deploy/prod', 'deploy/prod/k8s/a.yaml', true],
    ['../base/a.yaml', 'deploy/prod', 'deploy/base/a.yaml', true],
    ['../../../a.yaml', 'deploy/prod', '../a.yaml', true],
    ['a b#c?d%20:e/ü.yaml', '', 'a%20b%23c%3Fd%2520%3Ae/%C3%BC.yaml', true],
    ['/etc/a.yaml', 'deploy', 'file:///etc/a.yaml', false],
    ['C:/k8s/a.yaml', 'deploy', 'file:///C:/k8s/a.yaml', false],
    ['<stdin>', 'deploy', '%3Cstdin%3E', true],
  ])('%s from "%s" is %s', (path, from, uri, relative) => {
    const { results } = sarifRun(report({ diagnostics: [diagnostic(marked(path, '«x»'))] }), {
      directory: from,
    });
    expect(results[0]?.locations[0]?.physicalLocation.artifactLocation).toEqual({
      uri,
      ...(relative && { uriBaseId: '%SRCROOT%' }),
    });
  });

  it('keeps to what GitHub takes: errors first when there are too many', () => {
    const infos = many(25_000, { severity: 'info' }).diagnostics;
    const given = report({ diagnostics: [...infos, diagnostic(place, { rule: 'yaml-syntax' })] });
    const { results, invocations } = sarifRun(given);
    expect(results).toHaveLength(25_000);
    expect(results.at(-1)).toMatchObject({ ruleId: 'yaml-syntax', level: 'error' });
    expect(invocations[0]?.toolExecutionNotifications).toMatchObject([
      { message: { text: '1 result of the least severity left out' } },
    ]);
    const related = Array.from({ length: 150 }, () => ({ ...place, message: 'here' }));
    expect(
      sarifRun(report({ diagnostics: [diagnostic(place, { related })] })).results[0]
        ?.relatedLocations,
    ).toHaveLength(100);
  });

  it('says that an input could not be read', () => {
    expect(sarifRun(reports.awkward).invocations).toMatchObject([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [
          { level: 'error', message: { text: 'no %, such does not exist' } },
        ],
      },
    ]);
    expect(sarifRun(reports.project).invocations[0]?.executionSuccessful).toBe(true);
  });
});

describe('GitHub', () => {
  it.each([
    ['100%', '100%25', '100%25'],
    ['a\r\nb', 'a%0D%0Ab', 'a%0D%0Ab'],
    ['a:b,c', 'a:b,c', 'a%3Ab%2Cc'],
    ['%0A', '%250A', '%250A'],
    ['::error::', '::error::', '%3A%3Aerror%3A%3A'],
  ])('%j is %s in a text and %s in a property', (given, data, property) => {
    expect(escapeData(given)).toBe(data);
    expect(escapeProperty(given)).toBe(property);
  });

  it('every line is a command or harmless, whatever manifests hold', () => {
    const lines = github(withoutSuppressed(reports.awkward), { directory }).trimEnd().split('\n');
    for (const line of lines)
      expect(line).toMatch(/^::(error|warning|notice)(?: [^:]*)?::|^(?!.*##\[)[^:]/);
  });

  it('names neither columns over several lines nor a file for a pipe', () => {
    const lines = github(withoutSuppressed(reports.awkward), { directory }).split('\n');
    expect(lines.find((line) => line.includes('%0A'))).toMatch(/line=2,endLine=4,title=/);
    expect(lines.find((line) => line.includes('<stdin>'))).toMatch(
      /^::notice title=kubeplumb \(service-selects-nothing\)::<stdin>:2:13: /,
    );
  });

  it('looks for files from the root of the repository', () => {
    const out = github(many(1), { directory: 'deploy/prod' });
    expect(out).toMatch(
      /^::error file=deploy\/prod\/k8s\/a\.yaml,line=2,endLine=2,col=13,endColumn=15,title=[^:]+::k8s\/a\.yaml:2:13: /,
    );
  });

  it('has ten annotations of a kind; what is beyond stands below, and the total', () => {
    const warnings = many(12, { severity: 'warning' }).diagnostics;
    const odd = diagnostic(marked('::add-mask::x ##[debug]', '«x»'));
    const given = report({
      summary: { ...nothingRead, files: 1 },
      diagnostics: [...many(11).diagnostics, odd, ...warnings],
    });
    const lines = github(given, { directory }).trimEnd().split('\n');
    expect(lines.filter((line) => line.startsWith('::error '))).toHaveLength(10);
    expect(lines.filter((line) => line.startsWith('::warning '))).toHaveLength(10);
    expect(lines.slice(20)).toEqual([
      'GitHub shows ten annotations of a kind for a step; 4 findings more:',
      'k8s/a.yaml:2:13: error: Service shop/api selects no pod: no pod in namespace shop has app=ap [service-selects-nothing]',
      './::add-mask::x ## [debug]:1:1: error: Service shop/api selects no pod: no pod in namespace shop has app=ap [service-selects-nothing]',
      ...Array<string>(2).fill(
        'k8s/a.yaml:2:13: warning: Service shop/api selects no pod: no pod in namespace shop has app=ap [service-selects-nothing]',
      ),
      '12 errors and 12 warnings in 1 file (no objects, no Services)'.replace(' and', ','),
    ]);
  });
});

describe('GitLab', () => {
  type Issue = {
    description: string;
    check_name: string;
    fingerprint: string;
    severity: string;
    location: { path: string; lines: object };
  };
  const issues = (given: LintReport, from = ''): Issue[] =>
    JSON.parse(gitlab(given, { directory: from })) as Issue[];

  it('is a list, even of nothing', () => {
    expect(gitlab(reports.nothing, { directory })).toBe('[]\n');
  });

  it.each(reportNames)('of %s: each field is what GitLab takes', (which) => {
    for (const issue of issues(reports[which])) {
      expect(issue.severity).toMatch(/^(info|minor|major|critical|blocker)$/);
      expect(issue.description.startsWith(`${issue.check_name}: `)).toBe(true);
      expect(issue.location.path).not.toContain('\\');
      expect(issue).toMatchObject({
        fingerprint: expect.stringMatching(/^\w+$/) as string,
        location: { lines: { begin: expect.any(Number) as number } },
      });
    }
  });

  it('tells the same file name in two directories apart', () => {
    const prints = ['', 'a', 'b'].map((from) => issues(many(1), from)[0]);
    expect(new Set(prints.map((issue) => issue?.fingerprint)).size).toBe(3);
    expect(prints.map((issue) => issue?.location.path)).toEqual([
      'k8s/a.yaml',
      'a/k8s/a.yaml',
      'b/k8s/a.yaml',
    ]);
  });
});

describe('XML', () => {
  const attributes = (node: XmlElement, name: string): (string | undefined)[] =>
    [node, ...node.children]
      .flatMap((part) => (part === node ? [] : attributes(part, name)))
      .concat(node.name === name ? node.attributes['message'] : []);

  it.each([
    ['&<>"\'', '&<>"\''],
    ['a\tb\nc\rd', 'a\tb\nc\rd'],
    [']]>', ']]>'],
    ['<![CDATA[x]]>', '<![CDATA[x]]>'],
    ['\u0000\u001b\u000c', '␀␛␌'],
    ['\ud800x\udc00', '\ufffdx\ufffd'],
    ['\ufffe\uffff', '\ufffd\ufffd'],
    ['😀 ☃ \u0085\u202e\u2028', '😀 ☃ \ufffd\ufffd\ufffd'],
  ])('%j comes back as %j', (message, expected) => {
    const given = report({ diagnostics: [diagnostic(place, { title: 't', message })] });
    expect(attributes(parseXml(checkstyle(given)), 'error')).toEqual([`t: ${expected}`]);
    const tests = parseXml(junit(given));
    expect(attributes(tests, 'failure')).toEqual([`t: ${expected}`]);
    expect(tests.children[0]?.children[0]?.children[0]?.text).toBe(
      `k8s/a.yaml:2:13: t: ${expected}`,
    );
  });

  it.each(reportNames)('of %s is well-formed, and its numbers add up', (which: ReportName) => {
    const { diagnostics } = reports[which];
    const errors = parseXml(checkstyle(reports[which])).children.flatMap(
      ({ children }) => children,
    );
    const unread = failures(reports[which]).length;
    expect(errors).toHaveLength(diagnostics.length + unread);
    const root = parseXml(junit(reports[which]));
    const cases = root.children.flatMap(({ children }) => children);
    expect(cases).toHaveLength(Math.max(1, diagnostics.length + unread));
    // GitLab shows one of each name, and Jenkins refuses attributes that it does not know.
    const known = cases.map(({ attributes: { name, classname } }) => ({ name, classname }));
    expect(cases.map(({ attributes: all }) => all)).toEqual(known);
    expect(new Set(known.map((one) => JSON.stringify(one))).size).toBe(cases.length);
    expect(root.attributes).toMatchObject({
      tests: String(cases.length),
      failures: String(diagnostics.length),
      errors: String(unread),
    });
    for (const suite of root.children)
      expect(suite.attributes['tests']).toBe(String(suite.children.length));
  });

  it.each(reportNames)('JUnit of %s is as the schema of Jenkins has it', (which: ReportName) => {
    const wrong = (element: XmlElement): string[] => {
      const { name, attributes: given, children } = element;
      const { must = [], may = [], holds = [] } = jenkins[name] ?? { may: ['is unknown'] };
      return [
        ...must.filter((one) => given[one] === undefined).map((one) => `${name} lacks ${one}`),
        ...Object.keys(given)
          .filter((one) => ![...must, ...may].includes(one))
          .map((one) => `${name} has ${one}`),
        ...children
          .filter((one) => !holds.includes(one.name))
          .map((one) => `${name} holds ${one.name}`),
        ...children.flatMap(wrong),
      ];
    };
    const root = parseXml(junit(reports[which]));
    expect([root.name, ...wrong(root)]).toEqual(['testsuites']);
  });

  it('JUnit tells tests of one name apart', () => {
    const one = diagnostic(place, { title: 't', message: 'm' });
    const [suite] = parseXml(junit(report({ diagnostics: [one, one] }))).children;
    const [first = '', second = ''] = (suite?.children ?? []).map(
      ({ attributes: all }) => all['name'],
    );
    expect(second).toBe(`${first} (2)`);
  });

  it('JUnit has one test that passes when there is nothing', () => {
    const [suite] = parseXml(junit(reports.nothing)).children;
    expect(suite?.children).toMatchObject([
      { name: 'testcase', attributes: { name: 'No problem found' }, children: [] },
    ]);
  });
});

describe('Markdown', () => {
  it('lets nothing through that formats, links, mentions or closes', () => {
    const row =
      asMarkdown(withoutSuppressed(reports.awkward))
        .split('\n')
        .find((line) => line.includes('octocat')) ?? '';
    expect(row.match(/(?<!\\)\|/g)).toHaveLength(4);
    expect(row).not.toMatch(/@octocat|<b>|[^\\]\[x\]/);
    expect(row).toContain('`code`');
  });

  it('links to the sources where it knows them', () => {
    const out = asMarkdown(many(1), {
      sources: 'https://git.example.com/shop/-/blob/abc/',
      directory: 'deploy',
    });
    expect(out).toContain(
      '| [2](https://git.example.com/shop/-/blob/abc/deploy/k8s/a.yaml#L2) | error |',
    );
    expect(asMarkdown(many(1))).toContain('| 2 | error |');
  });

  it('is never longer than it may be, and counts what is left out', () => {
    const out = asMarkdown(many(200), { limit: 20_000 });
    expect(out.length).toBeLessThanOrEqual(20_000);
    const shown = out.match(/^\| \d+ \|/gm)?.length ?? 0;
    expect(shown).toBeGreaterThan(20);
    expect(out).toContain(`${200 - shown} findings more did not fit in here.`);
  });

  it('lists what is unknown when asked', () => {
    const given = report({
      summary: { ...nothingRead, files: 1 },
      unknowns: [
        { rule: 'service-selects-nothing', ...place, reason: 'an operator may make pods' },
      ],
    });
    expect(asMarkdown(given)).not.toContain('operator');
    expect(asMarkdown(given, { showUnknown: true })).toContain(
      '- `k8s/a.yaml:2`: an operator may make pods (service-selects-nothing)',
    );
  });

  it('says so where nothing was read', () => {
    expect(asMarkdown(report())).toBe('## kubeplumb\n\nNo manifest was read.\n');
  });
});
