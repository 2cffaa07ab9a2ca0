/** What the commands that read manifests have in common. */
import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { pathMatcher } from '../config/rule-settings.ts';
import type { FileSystem } from '../files/file-system.ts';
import type { InputProblem, Inputs } from '../files/inputs.ts';
import { readInputs } from '../files/read.ts';
import { belowTop } from '../files/top.ts';
import { assumedObjects } from '../lint/unseen/assumed-objects.ts';
import { kustomizationNames } from '../manifest/kustomization-file.ts';
import type { Manifest, ManifestObject } from '../manifest/manifest.ts';
import { manifestReader } from '../manifest/read.ts';
import type { Project } from '../project/project.ts';
import type { Settings } from '../project/settings.ts';
import { failures, type UnreadInput } from '../report/lint-report.ts';
import { printable } from '../report/safe-text.ts';
import { counted } from '../report/text.ts';
import { configFlags, type LoadedConfig } from './config.ts';
import { tuneEngine } from './engine.ts';
import type { CommandLine, FlagName } from './flags.ts';
import type { Io } from './io.ts';
import { kustomizationIn } from './kustomization-directory.ts';
import { absentFiles, withReferred } from './kustomizations.ts';
import { didYouMeanPath, withSpaces } from './nearby-path.ts';
import { noteLines } from './note.ts';
import { readRendered } from './rendered.ts';
import { UsageError } from './usage-error.ts';
import { unwatched, type Watch } from './watch.ts';

export const inputFlags: readonly FlagName[] = [
  'filename',
  'kustomize',
  'helm',
  'values',
  'set',
  ...configFlags,
  'allow-outside',
  'allow-unreadable',
];

/** A project, and how it was read. */
export interface ReadProject extends Project {
  readonly inputs: Inputs;
}

interface Reading {
  /** What is below a directory as well. */
  readonly recursive: boolean;
  /** False is kubectl's way: exactly what was named, with all that git ignores. */
  readonly gitignore: boolean;
  readonly config: LoadedConfig;
  readonly settings: Settings;
  readonly files: FileSystem;
  readonly watch?: Watch;
  /** Kinds to parse although nothing that is predicted depends on them. */
  readonly wanted?: ReadonlySet<string>;
}

/**
 * Without any path it is the working directory that is read. @throws UsageError for -k and --helm
 * that cannot be rendered.
 */
export async function readProject(
  paths: readonly string[],
  line: CommandLine,
  io: Io,
  { recursive, gitignore, config, settings, files, watch = unwatched, wanted }: Reading,
): Promise<ReadProject> {
  const { assumedPaths } = config;
  const isExcluded = exclusion(line, io.cwd);
  const isIgnored = withExcluded(config.isIgnored, isExcluded);
  const assumedIn = async (system: FileSystem): Promise<readonly ManifestObject[]> =>
    assumedPaths.length === 0 ? [] : readAssumed(assumedPaths, io, system);
  const idle = (['values', 'set'] as const).find(line.has, line);
  if (idle !== undefined && !line.has('helm'))
    throw new UsageError(`--${idle} is for charts: --helm DIR --${idle} …`);
  if (line.has('kustomize') || line.has('helm')) {
    const assumed = await assumedIn(files);
    const others = [...paths, ...line.list('filename')];
    const rendered = readRendered(line, io, others, files);
    if (rendered !== undefined)
      return { ...rendered, explicitFiles: true, absent: new Map(), assumed, settings };
  }
  const isBuilt = line.has('kustomize');
  const named = isBuilt ? [kustomizationFile(line, io)] : inputPaths(paths, line);
  const reading = watch.starts('read');
  const read = await readInputs(named, {
    onFile: watch.file,
    onDirectory: watch.directory,
    recursive,
    gitignore,
    isIgnored,
    cwd: io.cwd,
    stdin: io.stdin,
    files,
  });
  reading();
  tuneEngine(read.files);
  const assumed = await assumedIn(files);
  const parsing = watch.starts('parse');
  const readOne = manifestReader({ ...(wanted !== undefined && { wanted }) });
  const first = read.files.map((file) => {
    watch.show();
    return readOne(file);
  });
  parsing();
  // One that is built is no file of its own.
  const explicitFiles = read.explicitFiles && !isBuilt && !named.some(isKustomization);
  const { manifests, problems } = withReferred(first, io.cwd, files, readOne);
  const own = new Set(first);
  excludedNote(
    manifests.filter((manifest) => !own.has(manifest)),
    isExcluded,
    line,
    io,
  );
  const hinted = read.problems.map((problem) => withNearPath(problem, named, io.cwd));
  const inputs = withFailures({ ...read, problems: [...hinted, ...problems] }, line);
  const absent = absentFiles(manifests, io.cwd, files, isIgnored);
  const directories = new Set(named.map((path) => directoryNamed(path, io.cwd)));
  const within = belowTop(io.cwd);
  return {
    inputs,
    explicitFiles,
    manifests,
    absent,
    named: directories,
    within,
    assumed,
    settings,
  };
}

/** As paths of manifests are shown; that of its directory, where a kustomization is named. */
function directoryNamed(path: string, cwd: string): string {
  const directory = resolve(cwd, isKustomization(path) ? dirname(path) : path);
  return relative(cwd, directory).split(sep).join('/') || '.';
}

/** A kustomization stands for what it builds, and is no file beside others. */
function isKustomization(path: string): boolean {
  return kustomizationNames.some((name) => name === basename(path));
}

/** Of -k where no tool renders it: what is read instead. @throws UsageError where there is none */
function kustomizationFile(line: CommandLine, io: Io): string {
  const found = kustomizationIn(line.value('kustomize') ?? '.', io.cwd);
  if (!line.has('quiet'))
    io.stderr.write(
      noteLines(
        'neither kustomize nor kubectl is on the PATH, so kubeplumb builds it itself: ' +
          'without plugins, charts and what lies elsewhere in the network',
        io.stderr,
      ),
    );
  return found;
}

type IsIgnored = LoadedConfig['isIgnored'];

/** What the configuration leaves out, and --exclude. */
function withExcluded(isIgnored: IsIgnored, isExcluded: IsIgnored): IsIgnored {
  return (path, isDirectory) => isIgnored(path, isDirectory) || isExcluded(path, isDirectory);
}

/** By --exclude. */
function exclusion(line: CommandLine, cwd: string): IsIgnored {
  const patterns = line.list('exclude').flatMap((list) => patternsOf(list, cwd));
  if (patterns.length === 0) return () => false;
  const matches = pathMatcher(patterns);
  return (path, isDirectory) => {
    const inside = relative(cwd, path).split(sep).join('/');
    if (inside === '' || inside.startsWith('../') || isAbsolute(inside)) return false;
    return matches(isDirectory ? `${inside}/` : inside);
  };
}

/** Whoever leaves files out learns which of them are read all the same. */
function excludedNote(
  brought: readonly Manifest[],
  isExcluded: IsIgnored,
  line: CommandLine,
  io: Io,
): void {
  if (line.has('quiet') || !line.has('exclude')) return;
  const read = brought.filter(({ file }) => isExcluded(resolve(io.cwd, file.path), false));
  const [first] = read;
  if (first === undefined) return;
  const what =
    read.length === 1 ? first.file.path : `${counted(read.length, 'file')} (${first.file.path}, …)`;
  io.stderr.write(
    noteLines(
      `--exclude does not leave out ${what}: a kustomization names what it needs`,
      io.stderr,
    ),
  );
}

/** `vendor,dist`; an absolute path starts at the working directory, as a slash in front does. */
function patternsOf(list: string, cwd: string): string[] {
  const patterns = list.includes('{') ? [list] : list.split(',');
  return patterns.map((pattern) =>
    pattern.startsWith(cwd + sep) ? pattern.slice(cwd.length).split(sep).join('/') : pattern,
  );
}

/** What is there and cannot be read is never passed over, unless that is asked for. */
function withFailures(inputs: Inputs, line: CommandLine): Inputs {
  if (line.has('allow-unreadable')) return inputs;
  return { ...inputs, problems: inputs.problems.map((problem) => ({ ...problem, fails: true })) };
}

async function readAssumed(
  paths: readonly string[],
  io: Io,
  system: FileSystem,
): Promise<readonly ManifestObject[]> {
  const reading = {
    recursive: true,
    gitignore: false,
    cwd: io.cwd,
    stdin: io.stdin,
    files: system,
    named: false,
  };
  const { files, problems } = await readInputs(paths, reading);
  const problem = problems.find(({ explicit }) => explicit);
  if (problem !== undefined)
    throw new UsageError(`assume in the configuration: ${problem.path} ${problem.message}`);
  return assumedObjects(files.map(manifestReader()));
}

/** What is to be read, as the user typed it. */
export function inputPaths(paths: readonly string[], line: CommandLine): readonly string[] {
  const named = [
    ...paths,
    ...line.list('filename'),
    ...line.list('kustomize'),
    ...line.list('helm'),
  ];
  return named.length === 0 ? ['.'] : named;
}

export function namesInput(paths: readonly string[], line: CommandLine): boolean {
  return paths.length > 0 || (['filename', 'kustomize', 'helm'] as const).some(line.has, line);
}

/**
 * Whoever pipes something in means that, and not the working directory, which is read where nothing
 * comes.
 * @throws UsageError where no input is named
 */
export async function refusePipe(
  command: string,
  paths: readonly string[],
  line: CommandLine,
  io: Io,
): Promise<void> {
  const arrival = namesInput(paths, line) ? 'no pipe' : await io.comesThroughStdin?.();
  const ask = 'no path was named: - reads the pipe, . the working directory';
  if (arrival === 'something') throw new UsageError(`something is piped in, and ${ask}`, command);
  if (arrival === 'not yet')
    throw new UsageError(`stdin is a pipe that stays open, and ${ask}`, command);
  // A program before the pipe may have failed, and what is judged now is not what was meant.
  if (arrival === 'nothing' && !line.has('quiet'))
    io.stderr.write(noteLines('stdin is empty, so the working directory is read', io.stderr));
}

/** Of a path that leads nowhere, every format says which one was probably meant. */
function withNearPath(problem: InputProblem, named: readonly string[], cwd: string): InputProblem {
  if (problem.code !== 'missing') return problem;
  const whole = withSpaces(named.slice(named.indexOf(problem.path)), cwd);
  const hint =
    whole === undefined ? didYouMeanPath(problem.path, cwd) : `; quote "${whole}", which does`;
  return { ...problem, message: `${problem.message}${hint}` };
}

/** So many files that cannot be read are named; the rest is counted. */
const mostLines = 20;

/** One line for each input that makes the run fail. */
export function problemLines(problems: readonly UnreadInput[]): string {
  const failed = failures({ problems });
  const lines = failed
    .slice(0, mostLines)
    .map(({ path, message }) => `error: ${printable(`${path} ${message}`)}\n`);
  if (failed.length > mostLines)
    lines.push(`error: ${counted(failed.length - mostLines, 'more file')} could not be read\n`);
  return lines.join('');
}

/** `--quiet` leaves notes out, but not those that say why there is nothing at all. */
export function tellsNotes({ files }: Inputs, line: CommandLine): boolean {
  return !line.has('quiet') || (files.length === 0 && !line.has('allow-empty'));
}

/**
 * Whether something was not judged that should have been: what was named, and what could not be
 * read of what lies below it.
 */
export function failed({ problems, files }: Inputs, line: CommandLine): boolean {
  const allowEmpty = line.has('allow-empty');
  const serious = failures({ problems }).filter(
    ({ code }) => !(allowEmpty && (code === 'empty' || code === 'no-match')),
  );
  return serious.length > 0 || (files.length === 0 && !allowEmpty);
}
