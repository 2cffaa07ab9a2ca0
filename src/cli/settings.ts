/** What the command line and the configuration ask for together. */
import {
  type ClusterOptions,
  clusterOptions,
  type IPFamily,
  isNamespaceName,
  newestMinorVersion,
  oldestMinorVersion,
  parseMinorVersion,
} from '../cluster/options.ts';
import type { Scenario } from '../cluster/scenario.ts';
import type { Settings } from '../project/settings.ts';
import type { Grouping } from '../units/unit.ts';
import type { LoadedConfig } from './config.ts';
import type { CommandLine, FlagName } from './flags.ts';
import { unknownValue, UsageError } from './usage-error.ts';

export const clusterFlags: readonly FlagName[] = [
  'namespace',
  'kubernetes-version',
  'ip-families',
  'pod-ip-families',
];

/** @param unit where the command line does not say what belongs together */
export function settingsOf(
  line: CommandLine,
  command: string,
  config: LoadedConfig,
  unit: Grouping,
): Settings {
  const { severities, units, assume, requireReason, allRules } = config;
  return {
    cluster: clusterOf(line, command, config),
    unit: (line.value('unit') ?? unit) as Grouping,
    units,
    rules: allRules.filter(({ meta }) => severities.runs(meta)),
    knownRules: allRules.map(({ meta }) => meta.id),
    severities,
    assume,
    ignores: !line.has('no-ignores'),
    requireReason,
  };
}

/** What was configured, but for what the command line says otherwise. */
export function clusterOf(
  line: CommandLine,
  command: string,
  { cluster }: Pick<LoadedConfig, 'cluster'>,
): ClusterOptions {
  const minor = minorVersion(line, command);
  const written = families(line, 'ip-families', command);
  const writtenForPods = families(line, 'pod-ip-families', command);
  const namespace = namespaceOf(line, command);
  return clusterOptions({
    ...cluster,
    ...(minor !== undefined && { kubernetesMinor: minor }),
    ...(written !== undefined && {
      ipFamilies: written,
      ipFamiliesAssumed: false,
      podIPFamilies: written,
    }),
    ...(writtenForPods !== undefined && { podIPFamilies: writtenForPods }),
    ...(namespace !== undefined && { namespace }),
    ...scenarioOf(line),
  });
}

function namespaceOf(line: CommandLine, command: string): string | undefined {
  const namespace = line.value('namespace');
  if (namespace !== undefined && !isNamespaceName(namespace))
    throw new UsageError(`"-n ${namespace}": no namespace can be called that`, command);
  return namespace;
}

/** What `--without` takes away. */
export function withoutNames(line: CommandLine): readonly string[] {
  return line.list('without').flatMap((names) => names.split(','));
}

/** The what-if of `get`. */
function scenarioOf(line: CommandLine): { readonly scenario?: Scenario } {
  const [replicas, during] = [line.value('replicas'), line.value('during')];
  const without = withoutNames(line);
  if (replicas === undefined && during === undefined && without.length === 0) return {};
  return {
    scenario: {
      ...(replicas !== undefined && { replicas: replicas as 'min' | 'max' }),
      ...(during !== undefined && { during: during as 'rollout' }),
      without,
    },
  };
}

function minorVersion(line: CommandLine, command: string): number | undefined {
  const written = line.value('kubernetes-version');
  if (written === undefined) return undefined;
  const minor = parseMinorVersion(written);
  if (minor !== undefined) return minor;
  const range = `1.${oldestMinorVersion} to 1.${newestMinorVersion}`;
  throw new UsageError(
    `"${written}" is not a release that kubeplumb knows; legal values: ${range}`,
    command,
  );
}

const familyLists: readonly string[] = ['IPv4', 'IPv6', 'IPv4,IPv6', 'IPv6,IPv4'];

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
