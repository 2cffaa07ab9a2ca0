/** What the commands that read manifests have in common. */
import {
  defaultClusterOptions,
  type ClusterOptions,
  type IPFamily,
  newestMinorVersion,
  oldestMinorVersion,
  parseMinorVersion,
} from '../cluster/options.ts';
import { disk, type FileSystem } from '../files/file-system.ts';
import type { InputProblem, Inputs } from '../files/inputs.ts';
import { readInputs } from '../files/read.ts';
import { assumedObjects } from '../lint/assumed-objects.ts';
import type { Manifest, ManifestObject } from '../manifest/manifest.ts';
import { readManifest } from '../manifest/read.ts';
import type { AbsentPaths } from '../units/kustomize/broken.ts';
import { configFlags, type Settings } from './config.ts';
import type { CommandLine, FlagName } from './flags.ts';
import type { Io } from './io.ts';
import { absentFiles, withReferred } from './kustomizations.ts';
import { nearbyPath } from './nearby-path.ts';
import { readRendered } from './rendered.ts';
import { unknownValue, UsageError } from './usage-error.ts';

export const inputFlags: readonly FlagName[] = [
  'filename',
  'kustomize',
  'helm',
  'values',
  'set',
  ...configFlags,
];
export const clusterFlags: readonly FlagName[] = [
  'namespace',
  'kubernetes-version',
  'ip-families',
  'pod-ip-families',
];

export interface ReadManifests {
  readonly inputs: Inputs;
  readonly manifests: readonly Manifest[];
  /** What the configuration says exists besides. */
  readonly assumed: readonly ManifestObject[];
  /** What kustomizations name and is not there. */
  readonly absent?: AbsentPaths;
}

/** Without any path it is the working directory that is read. @throws UsageError for -k and --helm that cannot be rendered. */
export async function readManifests(
  paths: readonly string[],
  line: CommandLine,
  io: Io,
  options: { recursive: boolean; gitignore: boolean; settings: Settings; files?: FileSystem },
): Promise<ReadManifests> {
  if (line.has('kustomize') || line.has('helm')) {
    const assumed =
      options.settings.assumedPaths.length === 0
        ? []
        : await readAssumed(options.settings.assumedPaths, io, disk);
    return { ...readRendered(line, io, [...paths, ...line.list('filename')]), assumed };
  }
  const { settings, recursive, gitignore, files = disk } = options;
  const { isIgnored } = settings;
  const reading = {
    recursive,
    gitignore,
    ...(isIgnored !== undefined && { isIgnored }),
    cwd: io.cwd,
    stdin: io.stdin,
    files,
  };
  const inputs = await readInputs(inputPaths(paths, line), reading);
  const assumed =
    settings.assumedPaths.length === 0 ? [] : await readAssumed(settings.assumedPaths, io, files);
  const manifests = inputs.files.map((file) => readManifest(file));
  // Without gitignore it is kubectl's way of reading: exactly what was named.
  if (!gitignore) return { inputs, manifests, assumed };
  const all = withReferred(manifests, io.cwd, files);
  return { inputs, manifests: all, assumed, absent: absentFiles(all, io.cwd, files, isIgnored) };
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
  };
  const { files, problems } = await readInputs(paths, reading);
  const problem = problems.find(({ explicit }) => explicit);
  if (problem !== undefined)
    throw new UsageError(`assume in the configuration: ${problem.path} ${problem.message}`);
  return assumedObjects(files.map((file) => readManifest(file)));
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

/** One line for each input that the user asked for and did not get. */
export function problemLines(problems: readonly InputProblem[], cwd: string): string {
  return problems
    .filter(({ explicit }) => explicit)
    .map(({ code, path, message }) => {
      const near = code === 'missing' ? nearbyPath(path, cwd) : undefined;
      return `error: ${path} ${message}${near === undefined ? '' : `; did you mean "${near}"?`}\n`;
    })
    .join('');
}

export function failed({ problems, files }: Inputs, allowEmpty: boolean): boolean {
  const serious = problems.filter(
    ({ explicit, code }) => explicit && !(allowEmpty && (code === 'empty' || code === 'no-match')),
  );
  return serious.length > 0 || (files.length === 0 && !allowEmpty);
}

const familyLists: readonly string[] = ['IPv4', 'IPv6', 'IPv4,IPv6', 'IPv6,IPv4'];

/** What was configured, but for what the command line says otherwise. */
export function clusterOptions(
  line: CommandLine,
  command: string,
  { cluster }: Pick<Settings, 'cluster'>,
): ClusterOptions {
  const configured = {
    ...defaultClusterOptions,
    podIPFamilies: cluster.ipFamilies ?? defaultClusterOptions.podIPFamilies,
    ...cluster,
  };
  const written = families(line, 'ip-families', command);
  const writtenForPods = families(line, 'pod-ip-families', command);
  return {
    ...configured,
    kubernetesMinor: minorVersion(line, command) ?? configured.kubernetesMinor,
    ...(written !== undefined && {
      ipFamilies: written,
      ipFamiliesAssumed: false,
      podIPFamilies: written,
    }),
    ...(writtenForPods !== undefined && { podIPFamilies: writtenForPods }),
    namespace: line.value('namespace') ?? configured.namespace,
  };
}

function minorVersion(line: CommandLine, command: string): number | undefined {
  const written = line.value('kubernetes-version');
  if (written === undefined) return undefined;
  const minor = parseMinorVersion(written);
  if (minor !== undefined) return minor;
  const range = `1.${oldestMinorVersion} to 1.${newestMinorVersion}`;
  throw new UsageError(
    `"${written}" is no release that kubeplumb knows; legal values: ${range}`,
    command,
  );
}

function families(
  line: CommandLine,
  flag: FlagName,
  command: string,
): readonly IPFamily[] | undefined {
  const written = line.value(flag);
  if (written === undefined) return undefined;
  const legal = familyLists.find(
    (list) => list.toLowerCase() === written.replace(/\s/g, '').toLowerCase(),
  );
  if (legal === undefined)
    throw new UsageError(unknownValue(`value of --${flag}`, written, familyLists), command);
  return legal.split(',') as IPFamily[];
}
