/** Findings. */
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { rules as ownRules } from '../../../rules/index.ts';
import { stdinName } from '../../files/inputs.ts';
import { type Diagnostic, type LintResult, severities } from '../../lint/diagnostic.ts';
import type { Rule } from '../../lint/rule.ts';
import type { Subject } from '../../lint/settings.ts';
import { pushAll } from '../../lists.ts';
import type { SourceFile } from '../../manifest/source.ts';
import { fixAll, lint as lintProject, type Project, testDataOf } from '../../project/project.ts';
import type { Settings } from '../../project/settings.ts';
import { faultProblems, judgedNothing, type LintReport } from '../../report/lint-report.ts';
import { testDataHint } from '../../report/test-data-hint.ts';
import { counted } from '../../report/text.ts';
import type { Shard } from '../../units/shards.ts';
import type { Unit } from '../../units/unit.ts';
import { type Judged, withBaseline } from '../baseline.ts';
import { stdoutStyle } from '../color.ts';
import type { Command } from '../command.ts';
import { loadConfig, type LoadedConfig, pluginFlags, rulesListed } from '../config.ts';
import { fixedPipe, mayChange, patchOf, writeFixed, writePatch } from '../fix.ts';
import { type FixRequest, fixRequest } from '../fix-request.ts';
import type { CommandLine, FlagName } from '../flags.ts';
import { idlePlugins, idleSettings, otherConfigs, subjectsOf } from '../idle-settings.ts';
import {
  failed,
  inputFlags,
  inputPaths,
  problemLines,
  type ReadProject,
  readProject,
} from '../inputs.ts';
import type { ExitCode, Io } from '../io.ts';
import { type LintScope, lintScope } from '../lint-scope.ts';
import {
  lintFormats,
  type OutputOptions,
  requestedOutputs,
  tellsProblems,
  writeOutputs,
} from '../outputs.ts';
import { filtered, type ReportFilter } from '../report-filter.ts';
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
  run,
};

async function run(line: CommandLine, io: Io): Promise<ExitCode> {
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
  const config = await loadConfig(named, ownRules, line, io, { files: scope.files });
  const configured = settingsOf(line, 'lint', config, 'auto');
  const rules = chosenRules(line, configured.rules, config.allRules);
  const shard = shardOf(line);
  const settings = { ...configured, rules, ...(shard !== undefined && { shard }) };
  const project = await read(scope, config, settings, line, io, watch);
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
    fixing === undefined
      ? { result: judge(project), shown: io }
      : fixed(project, fixing, scope, judge, line, io);
  if ('code' in outcome) return outcome.code;
  const result = withoutKnown(outcome.result, project, rules, scope, config, line, io);
  const { inputs } = project;
  const report: LintReport = {
    ...result,
    problems: [...inputs.problems, ...faultProblems(result)],
    charts: inputs.charts,
    hints: [
      ...hintsOf(result, scope, named, config, io),
      ...(line.has('rule') || line.has('disable') ? [] : idlePlugins(config)),
      ...idleHints(project, subjects, named, scope, config, line, io),
    ],
    ...(shard !== undefined && { shard }),
  };
  if (!tellsProblems(outputs)) io.stderr.write(problemLines(report.problems));
  watch.clear();
  const { shown } = outcome;
  const options = outputOptions(rules, line, shown);
  const written = watch.timed('report', () =>
    writeOutputs(report, outputs, options, shown, scope.files),
  );
  if (!written || result.faults.length > 0 || failed(inputs, line)) return 2;
  if (!judgedNothing(report) || mayBeEmpty(project, scope, shard, line))
    return exitCode(result, config, line);
  if (outputs.stdout !== 'pretty' || line.has('quiet'))
    io.stderr.write(
      'error: nothing to judge: no Kubernetes object in ' +
        `${counted(report.summary.files, 'file')} (--allow-empty lets that pass)\n`,
    );
  return 2;
}

/** Of many parts one may hold nothing that counts, and an editor asks of any file that is open. */
function mayBeEmpty(
  { manifests }: Project,
  { buffer }: LintScope,
  shard: Shard | undefined,
  line: CommandLine,
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

/**
 * Writes what is fixed, or shows it; what is left to say must not get into manifests that are
 * printed.
 */
function fixed(
  project: ReadProject,
  { safety, dryRun }: FixRequest,
  { files, buffer, isShown }: LintScope,
  judge: (project: Project) => LintResult,
  line: CommandLine,
  io: Io,
): { readonly code: ExitCode } | { readonly result: LintResult; readonly shown: Io } {
  const { inputs } = project;
  const place = { files, cwd: io.cwd };
  const isTestData = (file: SourceFile): boolean =>
    !line.has('show-test-data') && testDataOf(project)(file.path) !== undefined;
  const done = fixAll(project, {
    safety,
    mayChange: (file) =>
      buffer === undefined ? mayChange(file, place) && !isTestData(file) : isShown?.(file) === true,
    judge,
  });
  if (dryRun) {
    io.stderr.write(problemLines(inputs.problems));
    writePatch(patchOf(done), io);
    if (done.files.length === 0 && !line.has('quiet')) {
      const isMore = done.result.diagnostics.some(({ fixes }) => fixes.length > 0);
      io.stderr.write(`nothing to fix${isMore ? '; --fix=unsafe --diff shows guesses' : ''}\n`);
    }
    return { code: failed(inputs, line) ? 2 : done.files.length > 0 ? 1 : 0 };
  }
  const pipe = buffer?.shown ?? stdinName;
  io.stderr.write(`${writeFixed(done, place, pipe)}\n`);
  const piped = fixedPipe(done, pipe, inputs.files) ?? buffer?.text.toString('utf8');
  if (piped === undefined) return { result: done.result, shown: io };
  io.stdout.write(piped);
  return { result: done.result, shown: { ...io, stdout: io.stderr } };
}

function withoutKnown(
  result: LintResult,
  project: ReadProject,
  rules: readonly Rule[],
  { isShown, paths, files }: LintScope,
  config: LoadedConfig,
  line: CommandLine,
  io: Io,
): LintResult {
  if (line.has('no-ignores')) return result;
  const place = { configured: config.baseline, inputs: inputPaths(paths, line) };
  const judged = judgedBy(project, rules, isShown);
  return {
    ...result,
    diagnostics: withBaseline(result.diagnostics, judged, line, place, io, files),
  };
}

function hintsOf(
  { diagnostics }: LintResult,
  { isShown }: LintScope,
  named: readonly string[],
  config: LoadedConfig,
  io: Io,
): readonly string[] {
  const hint = testDataHint(
    diagnostics.filter(({ testData }) => testData === undefined),
    isShown === undefined ? shownRoots(named, io.cwd) : [],
    config.file !== undefined,
  );
  return hint === undefined ? [] : [hint];
}

/** What is left out on purpose, and templates of charts, may be what a setting is for. */
function idleHints(
  { manifests, inputs, settings }: ReadProject,
  subjects: readonly Subject[],
  named: readonly string[],
  { isShown }: LintScope,
  config: LoadedConfig,
  line: CommandLine,
  io: Io,
): readonly string[] {
  const isOwn = !line.has('config') && !line.has('no-config') && isShown === undefined;
  const others = isOwn ? otherConfigs(config, inputs.configs ?? [], io.cwd) : [];
  const isPart = line.has('exclude') || settings.shard !== undefined || isShown !== undefined;
  if (isPart || inputs.charts.length + inputs.problems.length > 0) return others;
  const files = manifests.map(({ file }) => file.path);
  return [...others, ...idleSettings(config, named, files, subjects, io.cwd)];
}

function exitCode({ diagnostics }: LintResult, config: LoadedConfig, line: CommandLine): ExitCode {
  const allCount = line.value('test-data') === 'fail';
  const failOn = line.value('fail-on') ?? config.failOn ?? 'error';
  const isFailure = diagnostics.some(
    (diagnostic) => (allCount || diagnostic.testData === undefined) && counts(diagnostic, failOn),
  );
  return isFailure ? 1 : 0;
}

/** What this run can tell of entries of a baseline. */
function judgedBy(
  { manifests, settings }: Project,
  rules: readonly Rule[],
  isShown: ReportFilter | undefined,
): Judged {
  const isRead = new Map(manifests.map(({ file }) => [file.path, file]));
  return {
    isJudged(path) {
      const file = isRead.get(path);
      // Of the files of a shard another machine tells.
      if (file === undefined || settings.shard !== undefined) return false;
      return isShown?.(file) ?? true;
    },
    rules: new Set(settings.shard === undefined ? rules.map(({ meta }) => meta.id) : []),
  };
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

/** Inputs as the paths of what they hold are shown. */
function shownRoots(paths: readonly string[], cwd: string): string[] {
  return paths
    .filter((path) => path !== '-')
    .map((path) => {
      const inside = relative(cwd, resolve(cwd, path)) || '.';
      return (inside.startsWith('..') && isAbsolute(path) ? resolve(path) : inside)
        .split(sep)
        .join('/');
    });
}

function counts({ severity, suppressed }: Diagnostic, failOn: string): boolean {
  return (
    suppressed === undefined &&
    failOn !== 'never' &&
    severities.indexOf(severity) <= severities.findIndex((known) => known === failOn)
  );
}
