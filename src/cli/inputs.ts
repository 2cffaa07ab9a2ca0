/** What the commands that read manifests have in common. */
import {
  defaultClusterOptions,
  type ClusterOptions,
  type IPFamily,
  newestMinorVersion,
  oldestMinorVersion,
  parseMinorVersion,
} from '../cluster/options.ts';
import type { InputProblem, Inputs } from '../files/inputs.ts';
import { readInputs } from '../files/read.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { readManifest } from '../manifest/read.ts';
import { quoted } from '../report/summary.ts';
import type { CommandLine, FlagName } from './flags.ts';
import type { Io } from './io.ts';
import { nearbyPath } from './nearby-path.ts';
import { unknownValue, UsageError } from './usage-error.ts';

export const inputFlags: readonly FlagName[] = ['filename', 'kustomize'];
export const clusterFlags: readonly FlagName[] = ['namespace', 'kubernetes-version', 'ip-families', 'pod-ip-families'];

export interface ReadManifests {
  readonly inputs: Inputs;
  readonly manifests: readonly Manifest[];
}

/** Without any path it is the working directory that is read. @throws UsageError for -k, which is not built in. */
export async function readManifests(
  paths: readonly string[],
  line: CommandLine,
  io: Io,
  options: { recursive: boolean; gitignore: boolean },
): Promise<ReadManifests> {
  const directory = line.value('kustomize');
  if (directory !== undefined)
    throw new UsageError(
      `-k is not built in yet; render it first: kustomize build ${quoted(directory)} | kubeplumb -   (or: kubectl kustomize ${quoted(directory)} | kubeplumb -)`,
    );
  const named = [...paths, ...line.list('filename')];
  const inputs = await readInputs(named.length === 0 ? ['.'] : named, { ...options, cwd: io.cwd, stdin: io.stdin });
  return { inputs, manifests: inputs.files.map((file) => readManifest(file)) };
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
  const serious = problems.filter(({ explicit, code }) => explicit && !(allowEmpty && (code === 'empty' || code === 'no-match')));
  return serious.length > 0 || (files.length === 0 && !allowEmpty);
}

const familyLists: readonly string[] = ['IPv4', 'IPv6', 'IPv4,IPv6', 'IPv6,IPv4'];

export function clusterOptions(line: CommandLine, command: string): ClusterOptions {
  const written = families(line, 'ip-families', command);
  const ipFamilies = written ?? defaultClusterOptions.ipFamilies;
  return {
    ...defaultClusterOptions,
    kubernetesMinor: minorVersion(line, command),
    ipFamilies,
    ipFamiliesAssumed: written === undefined,
    podIPFamilies: families(line, 'pod-ip-families', command) ?? ipFamilies,
    namespace: line.value('namespace') ?? defaultClusterOptions.namespace,
  };
}

function minorVersion(line: CommandLine, command: string): number {
  const written = line.value('kubernetes-version');
  if (written === undefined) return defaultClusterOptions.kubernetesMinor;
  const minor = parseMinorVersion(written);
  if (minor !== undefined) return minor;
  const range = `1.${oldestMinorVersion} to 1.${newestMinorVersion}`;
  throw new UsageError(`"${written}" is no release that kubeplumb knows; legal values: ${range}`, command);
}

function families(line: CommandLine, flag: FlagName, command: string): readonly IPFamily[] | undefined {
  const written = line.value(flag);
  if (written === undefined) return undefined;
  const legal = familyLists.find((list) => list.toLowerCase() === written.replace(/\s/g, '').toLowerCase());
  if (legal === undefined) throw new UsageError(unknownValue(`value of --${flag}`, written, familyLists), command);
  return legal.split(',') as IPFamily[];
}
