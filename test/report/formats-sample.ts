/** The three reports that every format is tried on. */
import { yamlSyntax } from '../../rules/manifest/yaml-syntax.ts';
import { targetPortNameUnresolved } from '../../rules/port/target-port-name-unresolved.ts';
import { serviceSelectsNothing } from '../../rules/selector/service-selects-nothing.ts';
import type { RuleMeta } from '../../src/lint/rule.ts';
import type { LintReport } from '../../src/report/lint-report.ts';
import { deployment, service } from '../cli/run.ts';
import { lintFiles } from '../support/lint-files.ts';
import { diagnostic, marked, nothingRead, report } from './sample.ts';

const rules = [targetPortNameUnresolved, serviceSelectsNothing, yamlSyntax];
export const ruleMetas: readonly RuleMeta[] = rules.map(({ meta }) => meta);
export const tool = { name: 'kubeplumb', version: '1.2.3' } as const;

/** A small project: an error with another place and a fix in each of two files, and a warning. */
const {
  manifests: _manifests,
  units: _units,
  ...result
} = lintFiles(
  {
    'k8s/api.yaml': deployment('api') + service('api', { app: 'ap' }),
    'k8s/jobs.yaml': service('jobs', { app: 'something-else' }),
    'k8s/web.yaml': deployment('web') + service('web', { target: 'htttp' }),
  },
  rules,
  'all',
);
const project: LintReport = { ...result, problems: [], charts: [] };

/** All that a format could trip over: in names, texts, ranges and inputs. */
const text =
  'quote " and \' % , : ]]> <b>&amp;</b> `code` | a_b_c [x](1) @octocat ##[error] \u001b[31m ☃ 日本\r\n::error::two';
const odd = marked('a b/%41,c:d#e?"ü|`.yaml', 'kind: Service\nspec: «{\n  a: b\n}\n»---\n');
const pipe = marked('<stdin>', 'kind: Service\nspec: {app: «»ap}\n');
const awkward = report({
  summary: { ...nothingRead, files: 2, documents: 2, objects: 2 },
  diagnostics: [
    diagnostic(pipe, { severity: 'info', fingerprint: '0000000000000001' }),
    diagnostic(marked('../other/x.yaml', 'spec: «x»\n'), {
      severity: 'warning',
      fingerprint: '0000000000000002',
      rule: 'of-a-plugin',
    }),
    diagnostic(marked('/elsewhere/x.yaml', 'spec: «x»\n'), {
      fingerprint: '0000000000000003',
      suppressed: { kind: 'comment', reason: 'known "since" long' },
    }),
    diagnostic(odd, {
      title: `Service shop/api ${text}`,
      message: text,
      why: text,
      help: text,
      related: [{ ...odd, message: text }],
      fixes: [{ title: text, safety: 'unsafe', edits: [{ range: odd.range, text }] }],
      fingerprint: '0000000000000004',
    }),
  ],
  problems: [{ code: 'missing', path: 'no %, such', message: 'does not exist', explicit: true }],
});

export const reports = {
  project,
  nothing: report({ summary: { ...nothingRead, files: 1, documents: 1, objects: 1 } }),
  awkward,
} as const;
export type ReportName = keyof typeof reports;
export const reportNames = Object.keys(reports) as ReportName[];
