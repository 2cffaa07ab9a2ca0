/** Findings. */
import { severities, type Diagnostic } from '../../lint/diagnostic.ts';
import { lintUnits } from '../../lint/lint.ts';
import type { Rule } from '../../lint/rule.ts';
import { json } from '../../report/json.ts';
import type { LintReport } from '../../report/lint-report.ts';
import { oneline } from '../../report/oneline.ts';
import { pretty } from '../../report/pretty.ts';
import { ansiStyle, plainStyle } from '../../report/style.ts';
import type { UnitMode } from '../../units/unit.ts';
import { groupUnits } from '../../units/units.ts';
import { rules as allRules } from '../../../rules/index.ts';
import { usesColor } from '../color.ts';
import type { Command } from '../command.ts';
import type { CommandLine } from '../flags.ts';
import { clusterFlags, clusterOptions, failed, inputFlags, problemLines, readManifests } from '../inputs.ts';
import type { ExitCode, Io } from '../io.ts';
import { unknownValue, UsageError } from '../usage-error.ts';
import { version } from '../version.ts';

const formats = ['pretty', 'oneline', 'json'] as const;
type Format = (typeof formats)[number];

export const lint: Command = {
  name: 'lint',
  summary: 'find Services, Endpoints and probes that are wired wrongly (the default)',
  usage: ['[lint] PATH… [flags]', '[lint] - [flags]'],
  flags: [...inputFlags, 'recursive', 'output', 'fail-on', 'rule', 'unit', ...clusterFlags, 'show-unknown', 'allow-empty', 'quiet'],
  formats,
  notes: `Directories are read with everything below them, but for what git ignores. Without any path the working directory is read.\nExit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong use, unreadable input or nothing to read.`,
  examples: [
    ['kubeplumb k8s/', 'everything below a directory'],
    ['helm template charts/web | kubeplumb -', 'a rendered chart'],
    ['kubeplumb lint -o json k8s/ > report.json', 'for a program to read'],
    ['kubeplumb lint --rule service-selects-nothing k8s/', 'one rule only'],
  ],
  run,
};

async function run(line: CommandLine, io: Io): Promise<ExitCode> {
  const format = checkedFormat(line.value('output') ?? 'pretty');
  const rules = selectedRules(line.list('rule'));
  const options = clusterOptions(line, 'lint');
  const { inputs, manifests } = await readManifests(line.positionals, line, io, { recursive: true, gitignore: true });
  const units = groupUnits(manifests, { mode: (line.value('unit') ?? 'auto') as UnitMode, explicitFiles: inputs.explicitFiles });
  const result = lintUnits(manifests, units, rules, options);
  const report: LintReport = { ...result, problems: inputs.problems, charts: inputs.charts };
  if (format !== 'json') io.stderr.write(problemLines(inputs.problems, io.cwd));
  io.stdout.write(render(report, format, line, io));
  if (failed(inputs, line.has('allow-empty'))) return 2;
  return result.diagnostics.some((diagnostic) => counts(diagnostic, line.value('fail-on') ?? 'error')) ? 1 : 0;
}

function checkedFormat(written: string): Format {
  const format = formats.find((known) => known === written);
  if (format === undefined) throw new UsageError(unknownValue('format', written, formats), 'lint');
  return format;
}

function selectedRules(ids: readonly string[]): readonly Rule[] {
  if (ids.length === 0) return allRules;
  const known = allRules.map(({ meta }) => meta.id);
  for (const id of ids) if (!known.includes(id)) throw new UsageError(unknownValue('rule', id, known), 'lint');
  return allRules.filter(({ meta }) => ids.includes(meta.id));
}

function render(report: LintReport, format: Format, line: CommandLine, io: Io): string {
  if (format === 'json') return json(report, { name: 'kubeplumb', version });
  if (format === 'oneline') return oneline(report);
  if (report.summary.files === 0 && report.charts.length === 0) return '';
  const colored = usesColor(line.value('color'), io.stdout, io.env);
  const quiet = line.has('quiet');
  return pretty(report, {
    style: colored ? ansiStyle(io.stdout.isTTY) : plainStyle,
    width: Math.min(io.stdout.columns ?? 100, 100),
    showUnknown: line.has('show-unknown'),
    quiet,
  });
}

function counts({ severity }: Diagnostic, failOn: string): boolean {
  return failOn !== 'never' && severities.indexOf(severity) <= severities.findIndex((known) => known === failOn);
}
