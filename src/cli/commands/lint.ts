/** Findings. */
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { rules as ownRules } from '../../../rules/index.ts';
import { type Diagnostic, type LintResult, severities } from '../../lint/diagnostic.ts';
import type { Rule } from '../../lint/rule.ts';
import { fixAll, lint as lintProject, type Project, testDataOf } from '../../project/project.ts';
import { faultProblems, judgedNothing, type LintReport } from '../../report/lint-report.ts';
import { ansiStyle, plainStyle } from '../../report/style.ts';
import { testDataHint } from '../../report/test-data-hint.ts';
import { counted } from '../../report/text.ts';
import { type Judged, withBaseline } from '../baseline.ts';
import { usesColor } from '../color.ts';
import type { Command } from '../command.ts';
import { loadConfig, pluginFlags } from '../config.ts';
import { filesFor } from '../files.ts';
import { fixedPipe, mayChange, patchOf, writeFixed } from '../fix.ts';
import { fixRequest } from '../fix-request.ts';
import type { CommandLine, FlagName } from '../flags.ts';
import { failed, inputFlags, inputPaths, problemLines, readProject } from '../inputs.ts';
import type { ExitCode, Io } from '../io.ts';
import {
  lintFormats,
  type OutputOptions,
  requestedOutputs,
  tellsProblems,
  writeOutputs,
} from '../outputs.ts';
import { checkWithin, filtered, type ReportFilter, reportFilter } from '../report-filter.ts';
import { clusterFlags, settingsOf } from '../settings.ts';
import { shardOf } from '../shard.ts';
import { unknownRule, UsageError } from '../usage-error.ts';
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
    'stats',
    'quiet',
  ],
  formats: lintFormats,
  notes: `Directories are read with everything below them, but for what git ignores. Without any path the working directory is read.\n-o FORMAT=FILE writes to a file; -o may be given again. Without a format for stdout it is auto: github in a step of GitHub Actions, else pretty.\nExit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong use, unreadable input or nothing to judge.`,
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
      'put up with what there is; only new findings count from now on',
    ],
  ],
  run,
};

async function run(line: CommandLine, io: Io): Promise<ExitCode> {
  const watch = watchOf(io, { quiet: line.has('quiet') });
  try {
    return await runWatched(line, io, watch);
  } finally {
    watch.clear();
    if (line.has('stats')) io.stderr.write(watch.stats());
  }
}

async function runWatched(line: CommandLine, io: Io, watch: Watch): Promise<ExitCode> {
  const outputs = requestedOutputs(line.list('output'), io.env);
  const scope = line.list('within');
  const paths = scope.length === 0 ? line.positionals : scope;
  if (scope.length > 0) checkWithin(line.positionals, scope, io.cwd, line.has('allow-empty'));
  else if (line.positionals.length === 0 && !namesInput(line)) refusePipe(io);
  const files = filesFor(inputPaths(paths, line), line, io.cwd);
  const config = await loadConfig(inputPaths(paths, line), ownRules, line, io, { files });
  const configured = settingsOf(line, 'lint', config, 'auto');
  const rules = chosenRules(line, configured.rules, config.allRules);
  const shard = shardOf(line);
  const settings = { ...configured, rules, ...(shard !== undefined && { shard }) };
  const project = await readProject(paths, line, io, {
    recursive: true,
    gitignore: true,
    config,
    settings,
    files,
    watch,
  });
  const { inputs } = project;
  const isShown = scope.length === 0 ? undefined : reportFilter(line.positionals, io.cwd);
  const judge = (current: Project): LintResult =>
    filtered(lintProject(current, { timed: watch.timed, onPicture: watch.unit }), isShown);
  const fixing = fixRequest(line);
  const place = { files, cwd: io.cwd };
  let shown = io;
  let result: LintResult;
  if (fixing === undefined) result = judge(project);
  else {
    const fixed = fixAll(project, {
      safety: fixing.safety,
      mayChange: (file) =>
        mayChange(file, place) &&
        (line.has('show-test-data') || testDataOf(project)(file.path) === undefined),
      judge,
    });
    if (fixing.dryRun) {
      io.stderr.write(problemLines(inputs.problems, io.cwd));
      io.stdout.write(patchOf(fixed));
      return failed(inputs, line) ? 2 : fixed.files.length > 0 ? 1 : 0;
    }
    io.stderr.write(`${writeFixed(fixed, place)}\n`);
    const piped = fixedPipe(fixed, inputs.files);
    if (piped !== undefined) {
      io.stdout.write(piped);
      // What is left to say must not get into the manifests.
      shown = { ...io, stdout: io.stderr };
    }
    result = fixed.result;
  }
  if (!line.has('no-ignores'))
    result = {
      ...result,
      diagnostics: withBaseline(
        result.diagnostics,
        judgedBy(project, rules, isShown),
        line,
        { configured: config.baseline, inputs: inputPaths(paths, line) },
        io,
        files,
      ),
    };
  const hint = testDataHint(
    result.diagnostics.filter(({ testData }) => testData === undefined),
    isShown === undefined ? shownRoots(inputPaths(paths, line), io.cwd) : [],
    config.file !== undefined,
  );
  const report: LintReport = {
    ...result,
    problems: [...inputs.problems, ...faultProblems(result)],
    charts: inputs.charts,
    ...(hint !== undefined && { hints: [hint] }),
    ...(shard !== undefined && { shard }),
  };
  if (!tellsProblems(outputs)) io.stderr.write(problemLines(report.problems, io.cwd));
  watch.clear();
  const written = watch.timed('report', () =>
    writeOutputs(report, outputs, outputOptions(rules, line, shown), shown, files),
  );
  if (!written || result.faults.length > 0 || failed(inputs, line)) return 2;
  // Of many parts one may hold nothing that counts.
  const isEmptyPart =
    shard !== undefined && project.manifests.some(({ objects }) => objects.length > 0);
  if (judgedNothing(report) && !line.has('allow-empty') && !isEmptyPart) {
    if (outputs.stdout !== 'pretty' || line.has('quiet'))
      io.stderr.write(
        `error: nothing to judge: no Kubernetes object in ${counted(report.summary.files, 'file')} (--allow-empty lets that pass)\n`,
      );
    return 2;
  }
  const allCount = line.value('test-data') === 'fail';
  return result.diagnostics.some(
    (diagnostic) =>
      (allCount || diagnostic.testData === undefined) &&
      counts(diagnostic, line.value('fail-on') ?? config.failOn ?? 'error'),
  )
    ? 1
    : 0;
}

function namesInput(line: CommandLine): boolean {
  return line.has('filename') || line.has('kustomize') || line.has('helm');
}

/** Whoever pipes something in means that, and not the working directory. @throws UsageError */
function refusePipe(io: Io): void {
  if (io.isPiped?.() === true)
    throw new UsageError(
      'something is piped in, and no path was named: kubeplumb - reads the pipe, kubeplumb . the working directory',
      'lint',
    );
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
  const known = allRules.map(({ meta }) => meta.id);
  const listed = (flag: FlagName): ReadonlySet<string> => {
    const ids = line.list(flag).flatMap((value) => value.split(',').map((id) => id.trim()));
    for (const id of ids)
      if (!known.includes(id)) throw new UsageError(unknownRule(id, known), 'lint');
    return new Set(ids);
  };
  const [wanted, unwanted] = [listed('rule'), listed('disable')];
  const from = wanted.size === 0 ? configured : allRules.filter(({ meta }) => wanted.has(meta.id));
  return from.filter(({ meta }) => !unwanted.has(meta.id));
}

function outputOptions(rules: readonly Rule[], line: CommandLine, io: Io): OutputOptions {
  return {
    rules: rules.map(({ meta }) => meta),
    style: usesColor(line.value('color'), io.stdout, io.env)
      ? ansiStyle(io.stdout.isTTY)
      : plainStyle,
    width: Math.min(io.stdout.columns ?? 100, 100),
    showUnknown: line.has('show-unknown'),
    showTestData: line.has('show-test-data'),
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
