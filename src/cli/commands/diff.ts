/** What a change does to endpoints, and which findings it brings. */
import { relative } from 'node:path';
import { rules as ownRules } from '../../../rules/index.ts';
import type { Config } from '../../config/schema.ts';
import { silencedBy } from '../../config/silencing.ts';
import { type DiffReport, diffReport, type DiffSide } from '../../diff/diff-report.ts';
import type { PrettyDiffOptions } from '../../diff/report/pretty.ts';
import {
  type DiffFormat,
  diffFormats,
  type DiffRenderOptions,
  renderDiff,
} from '../../diff/report/render.ts';
import { diffSide } from '../../diff/side.ts';
import type { InputProblem } from '../../files/inputs.ts';
import { severities } from '../../lint/diagnostic.ts';
import { failures } from '../../report/lint-report.ts';
import { plainStyle } from '../../report/style.ts';
import { quoted } from '../../report/summary.ts';
import { counted } from '../../report/text.ts';
import { ciOf } from '../ci.ts';
import { stdoutStyle } from '../color.ts';
import type { Command } from '../command.ts';
import { configFlags, loadConfig, type LoadedConfig, pluginFlags } from '../config.ts';
import { ConfigError } from '../config-error.ts';
import { diffSources, type Source } from '../diff-sides.ts';
import { filesFor } from '../files.ts';
import type { CommandLine } from '../flags.ts';
import { problemLines, readProject } from '../inputs.ts';
import type { ExitCode, Io } from '../io.ts';
import { nearbyPath } from '../nearby-path.ts';
import { noteLines } from '../note.ts';
import { outputsOf, writeReport } from '../outputs.ts';
import { clusterFlags, settingsOf } from '../settings.ts';
import { UsageError } from '../usage-error.ts';
import { version } from '../version.ts';

export const diff: Command = {
  name: 'diff',
  summary: 'show what a change does to endpoints, and which findings it brings or fixes',
  usage: [
    'diff BASE [HEAD] [flags]',
    'diff BASE [HEAD] [flags] -- PATH…',
    'diff --pull-request [HEAD] [flags]',
  ],
  flags: [
    'pull-request',
    'filename',
    ...configFlags,
    'allow-outside',
    'allow-unreadable',
    'output',
    'fail-on',
    'preset',
    'unit',
    ...clusterFlags,
    'no-ignores',
    ...pluginFlags,
    'allow-empty',
    'quiet',
  ],
  flagHelp: {
    filename: 'a path that both sides are limited to; the same as behind --',
    'fail-on':
      'exit 1 when a Service loses its last endpoint, or for a new finding of at least ' +
      'this severity: error, warning, info; default never',
  },
  formats: diffFormats,
  notes:
    'BASE and HEAD are directories, files, - (stdin) or revisions of the git repository: ' +
    'main, HEAD~1, v1.2:k8s/ (a path in it), main... (where HEAD left main). A path that ' +
    'exists wins; heads/NAME is a branch of the same name. HEAD is the working tree if it is ' +
    `left out. Nothing is checked out, and nothing fetched.\nA revision is read like a ` +
    'directory: the working directory and what is below it, or the paths behind --. ' +
    `kubeplumb.yaml is HEAD's, for both sides. A baseline does not count: what it puts up ` +
    `with is on both sides.\n-o FORMAT=FILE writes to a file; -o may be given again.\nExit ` +
    'codes: 0, 1 as --fail-on says, 2 wrong use, unreadable input or nothing to read.',
  examples: [
    ['kubeplumb diff main', 'the working tree against a branch'],
    ['kubeplumb diff main... -o markdown', 'what a branch has changed, for its pull request'],
    ['kubeplumb diff HEAD~1 HEAD -- k8s/', 'the last commit, one directory of it'],
    ['kubeplumb diff old/ new/', 'two directories'],
    [
      'helm template charts/web | kubeplumb diff rendered.yaml -',
      'what a chart gives now against what it gave',
    ],
    ['kubeplumb diff main --fail-on error', 'as a check: no Service may lose its last endpoint'],
  ],
  run,
};

async function run(line: CommandLine, io: Io): Promise<ExitCode> {
  const outputs = outputsOf(line.list('output'), diffFormats, 'pretty', 'diff');
  const sources = diffSources(line, io);
  if (sources === undefined) {
    io.stderr.write(noteLines('this is not a pull request: nothing to compare with', io.stderr));
    return 0;
  }
  const config = await loadConfig(sources.head.paths, ownRules, line, io, {
    files: sources.head.files,
  });
  // What a commit holds of a submodule is its id: its files are on neither side then.
  const submodules = new Set([...sources.base.submodules, ...sources.head.submodules]);
  const [base, head] = [
    await readSide(sources.base, submodules, config, line, io),
    await readSide(sources.head, submodules, config, line, io),
  ];
  const nowhere = sideNowhere([base, head], [sources.base, sources.head], line, io);
  if (nowhere !== undefined) throw new UsageError(nowhere, 'diff');
  const [submodule] = submodules;
  if (submodule !== undefined && [base, head].every(({ report }) => report.summary.files === 0))
    throw new UsageError(
      `only submodules hold manifests, of which a commit has the id only: run it in ` +
        relative(io.cwd, submodule),
      'diff',
    );
  const report = diffReport(base, head, await newSilence(sources.base, config, line, io));
  const told = tellProblems(base, head, [sources.base, sources.head], line, io);
  const style = stdoutStyle(line, io);
  const width = Math.min(io.stdout.columns ?? 100, 100);
  const quiet = line.has('quiet');
  const place = filesFor(['.'], line, io);
  const written = [...outputs.files].map(([file, format]) =>
    writeReport(
      file,
      render(report, format, { style: plainStyle, width: 100, quiet }, io),
      io,
      place,
    ),
  );
  io.stdout.write(render(report, outputs.stdout, { style, width, quiet }, io));
  if (!told || !written.every(Boolean)) return 2;
  return fails(report, line.value('fail-on') ?? 'never') ? 1 : 0;
}

/**
 * What the configuration of HEAD turns off that the one of BASE did not; one that was named counts
 * for both.
 */
async function newSilence(
  { files, paths }: Source,
  { file }: LoadedConfig,
  line: CommandLine,
  io: Io,
): Promise<string[]> {
  if (file === undefined || line.has('config')) return [];
  const before = await configOf(paths, line, io, files);
  return silencedBy(before, file.config).map((what) => `${file.file.path} ${what}`);
}

/** One that cannot be read silences nothing. */
async function configOf(
  paths: readonly string[],
  line: CommandLine,
  io: Io,
  files: Source['files'],
): Promise<Config> {
  try {
    const { file } = await loadConfig(paths, ownRules, line, io, { files, runsRules: false });
    return file?.config ?? {};
  } catch (error) {
    if (error instanceof ConfigError || error instanceof UsageError) return {};
    throw error;
  }
}

async function readSide(
  source: Source,
  submodules: ReadonlySet<string>,
  config: LoadedConfig,
  line: CommandLine,
  io: Io,
): Promise<DiffSide> {
  const { files, paths } = source;
  const isIgnored = (path: string, isDirectory: boolean): boolean =>
    submodules.has(path) || config.isIgnored(path, isDirectory);
  const project = await readProject(paths, line, io, {
    recursive: true,
    gitignore: true,
    config: { ...config, isIgnored },
    settings: settingsOf(line, 'diff', config, 'auto'),
    files,
  });
  return diffSide(project, source, project.inputs);
}

/** What was named and is not there: a comparison with nothing would say nothing of anything. */
function sideNowhere(
  sides: readonly DiffSide[],
  sources: readonly Source[],
  line: CommandLine,
  { cwd }: Io,
): string | undefined {
  if (line.has('allow-empty')) return undefined;
  for (const [index, { report, label }] of sides.entries()) {
    const source = sources[index];
    if (source?.strict !== true || report.summary.files > 0) continue;
    const missing = report.problems.find(({ code, explicit }) => explicit && code === 'missing');
    if (missing === undefined) continue;
    const path = source.ownPath(missing.path);
    const near = nearbyPath(path, cwd);
    const hint = near === undefined ? '' : `; did you mean "${near}"?`;
    return label.endsWith(`:${path}`) || label === path
      ? `${label} ${missing.message}${hint}`
      : `${path} ${missing.message} in ${label}${hint}`;
  }
  return undefined;
}

/**
 * On stderr, what was not read. Something that is on one side only is what a diff is about, unless
 * it was asked for on that very side.
 * @returns whether the comparison can be trusted.
 */
function tellProblems(
  base: DiffSide,
  head: DiffSide,
  sources: readonly Source[],
  line: CommandLine,
  io: Io,
): boolean {
  const sides = [base, head];
  const quiet = line.has('quiet');
  let complete = true;
  const told = new Set<string>();
  const isTold = ({ path, message }: InputProblem): boolean =>
    told.size === told.add(`${path} ${message}`).size;
  for (const [index, { label, report }] of sides.entries()) {
    const other = sides[1 - index]?.report;
    const isThere = (path: string): boolean =>
      other?.problems.every((problem) => problem.path !== path || !problem.explicit) === true;
    const absent = ({ code, path }: InputProblem): boolean => {
      if (code === 'missing') return sources[index]?.strict === false && isThere(path);
      if (code !== 'empty' && code !== 'no-match') return false;
      return line.has('allow-empty') || (other?.summary.files !== 0 && isThere(path));
    };
    const problems = failures(report) as readonly InputProblem[];
    const serious = problems.filter((problem) => !absent(problem) && !isTold(problem));
    if (problems.some((problem) => !absent(problem))) complete = false;
    io.stderr.write(problemLines(serious));
    if (quiet) continue;
    for (const { path, message } of problems.filter(absent))
      io.stderr.write(noteLines(`in ${label}: ${path} ${message}`, io.stderr));
  }
  const charts = [...new Set(sides.flatMap(({ report }) => report.charts))];
  const [chart] = charts;
  if (chart !== undefined && !quiet)
    io.stderr.write(
      noteLines(
        `${counted(charts.length, 'Helm chart')} not compared (helm template ` +
          `${charts.length === 1 ? quoted(chart) : 'CHART'} for each side does it)`,
        io.stderr,
      ),
    );
  return (
    complete && (line.has('allow-empty') || sides.some(({ report }) => report.summary.files > 0))
  );
}

function render(
  report: DiffReport,
  format: DiffFormat,
  options: PrettyDiffOptions,
  io: Io,
): string {
  const tool = { name: 'kubeplumb', version } as const;
  const links = format === 'markdown' ? linksOf(report, io) : { directory: '' };
  return renderDiff(report, format, { ...options, ...links, tool });
}

/** Where people see the files of both sides. */
function linksOf(
  { base, head }: DiffReport,
  io: Io,
): Pick<DiffRenderOptions, 'directory' | 'sources' | 'baseSources'> {
  const { directory, sources } = ciOf(io.env, io.cwd);
  // Of a commit with its id at the end: the same for another one.
  const at = ({ kind, id }: DiffSide): string | undefined =>
    kind === 'revision' && id !== undefined
      ? sources?.replace(/(?<=\/)[^/]+\/$/, `${id}/`)
      : undefined;
  const [before, after] = [at(base), at(head) ?? sources];
  return {
    directory,
    ...(after !== undefined && { sources: after }),
    ...(before !== undefined && { baseSources: before }),
  };
}

function fails({ changes, findings }: DiffReport, failOn: string): boolean {
  if (failOn === 'never') return false;
  const least = severities.findIndex((known) => known === failOn);
  return (
    changes.some(({ kind }) => kind === 'emptied') ||
    findings.new.some(
      ({ severity, testData }) => testData === undefined && severities.indexOf(severity) <= least,
    )
  );
}
