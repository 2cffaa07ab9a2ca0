/** Findings. */
import { rules as ownRules } from '../../../rules/index.ts';
import { type Diagnostic, type LintResult, severities } from '../../lint/diagnostic.ts';
import type { Rule } from '../../lint/rule.ts';
import type { Subject } from '../../lint/settings.ts';
import { pushAll } from '../../lists.ts';
import { lint as lintProject, type Project } from '../../project/project.ts';
import type { Settings } from '../../project/settings.ts';
import { faultProblems, judgedNothing, type LintReport } from '../../report/lint-report.ts';
import { counted } from '../../report/text.ts';
import type { Shard } from '../../units/shards.ts';
import type { Unit } from '../../units/unit.ts';
import { withoutKnown } from '../baseline.ts';
import { stdoutStyle } from '../color.ts';
import type { Command } from '../command.ts';
import { loadConfig, type LoadedConfig, pluginFlags, rulesListed } from '../config.ts';
import { fixed } from '../fix.ts';
import { fixRequest } from '../fix-request.ts';
import type { CommandLine, FlagName } from '../flags.ts';
import { subjectsOf, withRecord } from '../idle-settings.ts';
import {
  failed,
  inputFlags,
  inputPaths,
  problemLines,
  type ReadProject,
  readProject,
} from '../inputs.ts';
import type { ExitCode, Io } from '../io.ts';
import { lintHints } from '../lint-hints.ts';
import type { LintRun } from '../lint-run.ts';
import { type LintScope, lintScope } from '../lint-scope.ts';
import {
  lintFormats,
  type OutputOptions,
  requestedOutputs,
  tellsProblems,
  writeOutputs,
} from '../outputs.ts';
import { filtered } from '../report-filter.ts';
import { clusterFlags, settingsOf } from '../settings.ts';
import { shardOf } from '../shard.ts';
import { UsageError } from '../usage-error.ts';
import { verboseText } from '../verbose.ts';
import { type Watch, watchOf } from '../watch.ts';

const judgingFlags: readonly FlagName[] = [
  'fix',
  'diff',
  'no-ignores',
  'baseline',
  'update-baseline',
  'prune-baseline',
];

export const lint: Command = {
  name: 'lint',
  summary: 'find Services, Endpoints and probes that are wired wrongly (the default)',
  usage: ['[lint] PATH… [flags]', '[lint] - [flags]', '[lint] -k DIR | --helm DIR [flags]'],
  flags: [
    ...inputFlags,
    'recursive',
    'exclude',
    'output',
    'fail-on',
    'preset',
    'rule',
    'disable',
    'unit',
    ...clusterFlags,
    ...judgingFlags,
    ...pluginFlags,
    'within',
    'shard',
    'show-unknown',
    'show-test-data',
    'test-data',
    'allow-empty',
    'watch',
    'stdin-filename',
    'verbose',
    'statistics',
    'stats',
    'quiet',
  ],
  formats: lintFormats,
  notes:
    'Directories are read with everything below them, but for what git ignores. Without any ' +
    `path the working directory is read.\n-o FORMAT=FILE writes to a file; -o may be given ` +
    'again. Without a format for stdout it is auto: github in a step of GitHub Actions, else ' +
    `pretty.\nExit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong use, ` +
    'unreadable input or nothing to judge.',
  examples: [
    ['kubeplumb k8s/', 'everything below a directory'],
    ['helm template charts/web | kubeplumb -', 'a rendered chart'],
    ['kubeplumb lint -o json k8s/ > report.json', 'for a program to read'],
    [
      'kubeplumb lint -o sarif=kubeplumb.sarif k8s/',
      'a file for code scanning beside the usual output',
    ],
    ['kubeplumb lint --rule service-selects-nothing k8s/', 'one rule only'],
    ['kubeplumb lint --fix k8s/', 'fix what is plainly a slip'],
    [
      'kubeplumb lint --update-baseline k8s/',
      'accept what there is; only new findings count from now on',
    ],
  ],
  run: start,
};

async function start(line: CommandLine, io: Io): Promise<ExitCode> {
  const watch = watchOf(io, { quiet: line.has('quiet'), stats: line.has('stats') });
  try {
    return await runWatched(line, io, watch);
  } finally {
    watch.clear();
    if (line.has('stats')) io.stderr.write(watch.stats());
  }
}

async function runWatched(line: CommandLine, io: Io, watch: Watch): Promise<ExitCode> {
  const outputs = requestedOutputs(line.list('output'), io.env);
  if (line.has('statistics') && outputs.stdout !== 'pretty')
    throw new UsageError(
      `--statistics is for people; ${outputs.stdout} lists every finding`,
      'lint',
    );
  const scope = await lintScope(line, io);
  const named = inputPaths(scope.paths, line);
  const loaded = await loadConfig(named, ownRules, line, io, { files: scope.files });
  const { config, leftOut } = withRecord(loaded);
  const configured = settingsOf(line, 'lint', config, 'auto');
  const rules = chosenRules(line, configured.rules, config.allRules);
  const shard = shardOf(line);
  const settings = { ...configured, rules, ...(shard !== undefined && { shard }) };
  const project = await read(scope, config, settings, line, io, watch);
  const run: LintRun = { line, io, scope, named, config, rules, project };
  if (line.has('verbose')) io.stderr.write(verboseText(project, config));
  let subjects: Subject[] = [];
  const onPicture = (unit: Unit): void => {
    watch.unit();
    if (config.file?.config.overrides !== undefined)
      pushAll(subjects, subjectsOf(unit, settings.cluster.namespace));
  };
  const judge = (current: Project): LintResult => {
    subjects = [];
    return shownOf(lintProject(current, { timed: watch.timed, onPicture }), scope);
  };
  const fixing = fixRequest(line);
  const outcome =
    fixing === undefined ? { result: judge(project), shown: io } : fixed(run, fixing, judge);
  if ('code' in outcome) return outcome.code;
  const result = withoutKnown(outcome.result, run);
  const { inputs } = project;
  const report: LintReport = {
    ...result,
    problems: [...inputs.problems, ...faultProblems(result)],
    charts: inputs.charts,
    hints: lintHints(run, { result, subjects, leftOut }),
    ...(shard !== undefined && { shard }),
  };
  if (!tellsProblems(outputs)) io.stderr.write(problemLines(report.problems));
  watch.clear();
  const { shown } = outcome;
  const written = watch.timed('report', () =>
    writeOutputs(report, outputs, outputOptions(rules, line, shown), shown, scope.files),
  );
  if (!written || result.faults.length > 0 || failed(inputs, line)) return 2;
  if (!judgedNothing(report) || mayBeEmpty(run, shard)) return exitCode(result, run);
  if (outputs.stdout !== 'pretty' || line.has('quiet'))
    io.stderr.write(
      'error: nothing to judge: no Kubernetes object in ' +
        `${counted(report.summary.files, 'file')} (--allow-empty lets that pass)\n`,
    );
  return 2;
}

/** Of many parts one may hold nothing that counts, and an editor asks of any file that is open. */
function mayBeEmpty(
  { project: { manifests }, scope: { buffer }, line }: LintRun,
  shard: Shard | undefined,
): boolean {
  return (
    line.has('allow-empty') ||
    buffer !== undefined ||
    (shard !== undefined && manifests.some(({ objects }) => objects.length > 0))
  );
}

/** Of an editor's buffer nothing else is to be told than what is in it. */
async function read(
  { paths, files, buffer }: LintScope,
  config: LoadedConfig,
  settings: Settings,
  line: CommandLine,
  io: Io,
  watch: Watch,
): Promise<ReadProject> {
  const how = { recursive: true, gitignore: true, config, settings, files, watch };
  const project = await readProject(paths, line, io, how);
  if (buffer === undefined) return project;
  const { inputs } = project;
  const problems = inputs.problems.filter(({ path }) => path === buffer.shown);
  return { ...project, inputs: { ...inputs, problems, charts: [] } };
}

function shownOf(result: LintResult, { isShown, showsOtherSides, buffer }: LintScope): LintResult {
  const shown = filtered(result, isShown, showsOtherSides);
  if (buffer === undefined) return shown;
  // Who opens a file means it, wherever it lies.
  const diagnostics = shown.diagnostics.map(({ testData: _, ...diagnostic }) => diagnostic);
  return { ...shown, diagnostics };
}

function exitCode({ diagnostics }: LintResult, { config, line }: LintRun): ExitCode {
  const allCount = line.value('test-data') === 'fail';
  const failOn = line.value('fail-on') ?? config.failOn ?? 'error';
  const isFailure = diagnostics.some(
    (diagnostic) => (allCount || diagnostic.testData === undefined) && counts(diagnostic, failOn),
  );
  return isFailure ? 1 : 0;
}

/** Those of --rule, whatever the configuration says of them, without those of --disable. */
function chosenRules(
  line: CommandLine,
  configured: readonly Rule[],
  allRules: readonly Rule[],
): readonly Rule[] {
  const wanted = rulesListed(line, 'rule', allRules);
  const unwanted = rulesListed(line, 'disable', allRules);
  const from = wanted.size === 0 ? configured : allRules.filter(({ meta }) => wanted.has(meta.id));
  return from.filter(({ meta }) => !unwanted.has(meta.id));
}

function outputOptions(rules: readonly Rule[], line: CommandLine, io: Io): OutputOptions {
  return {
    rules: rules.map(({ meta }) => meta),
    style: stdoutStyle(line, io),
    width: Math.min(io.stdout.columns ?? 100, 100),
    showUnknown: line.has('show-unknown'),
    showTestData: line.has('show-test-data'),
    statistics: line.has('statistics'),
    quiet: line.has('quiet'),
  };
}

function counts({ severity, suppressed }: Diagnostic, failOn: string): boolean {
  return (
    suppressed === undefined &&
    failOn !== 'never' &&
    severities.indexOf(severity) <= severities.findIndex((known) => known === failOn)
  );
}
