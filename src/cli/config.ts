/** Finds and reads kubeplumb.yaml, and brings what it says into the form that commands work with. */
import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { ClusterOptions } from '../cluster/options.ts';
import { configuredCluster } from '../config/cluster.ts';
import type { ConfigProblem } from '../config/problem.ts';
import {
  checkConfig,
  type ConfigFile,
  type ConfigTree,
  pluginNodes,
  readConfigTree,
} from '../config/read.ts';
import { pathMatcher, ruleSettings } from '../config/rule-settings.ts';
import { disk, type FileSystem } from '../files/file-system.ts';
import { configNames } from '../files/own-files.ts';
import { type Assumption, parseAssumption } from '../lint/assumptions.ts';
import type { Rule } from '../lint/rule.ts';
import type { RuleSettings } from '../lint/settings.ts';
import { locate } from '../manifest/node.ts';
import { SourceFile } from '../manifest/source.ts';
import type { ConfiguredUnit } from '../units/unit.ts';
import { ConfigError } from './config-error.ts';
import type { CommandLine, FlagName } from './flags.ts';
import type { Io } from './io.ts';
import { nearbyPath } from './nearby-path.ts';
import { withPlugins } from './plugins.ts';
import { UsageError } from './usage-error.ts';

export const configFlags: readonly FlagName[] = ['config', 'no-config'];
export const pluginFlags: readonly FlagName[] = ['plugin', 'allow-plugins'];

/** What a configuration asks for; where nothing is said, nothing is there. */
export interface Settings {
  readonly file?: ConfigFile;
  readonly cluster: Partial<ClusterOptions>;
  readonly rules?: RuleSettings;
  /** All rules there are: ours, then those of plugins. */
  readonly allRules: readonly Rule[];
  readonly units: readonly ConfiguredUnit[];
  readonly assume: readonly Assumption[];
  /** Absolute paths of files and directories whose objects exist elsewhere. */
  readonly assumedPaths: readonly string[];
  /** Whether a path, absolute, is not to be read. */
  readonly isIgnored?: (path: string, isDirectory: boolean) => boolean;
  readonly failOn?: NonNullable<ConfigFile['config']['failOn']>;
  readonly requireReason: boolean;
  /** Absolute path of the file of known findings. */
  readonly baseline?: string;
}

const nothing = { cluster: {}, units: [], assume: [], assumedPaths: [], requireReason: false };

/**
 * The settings for inputs as the user typed them. Where no rule is to run, plugins are left alone.
 * @param rules our own
 * @throws ConfigError, UsageError
 */
export async function loadSettings(
  inputs: readonly string[],
  rules: readonly Rule[],
  line: CommandLine,
  io: Io,
  {
    files = disk,
    runsRules = true,
  }: { readonly files?: FileSystem; readonly runsRules?: boolean } = {},
): Promise<Settings> {
  const path = findConfig(inputs, line, io.cwd, files);
  if (path === undefined)
    return { ...nothing, allRules: await loadPlugins(rules, undefined, line, io.cwd) };
  const shown = showPath(path, io.cwd);
  const file = new SourceFile(shown, readText(path, shown, line.has('config') ? disk : files));
  const tree = readConfigTree(file);
  if (!('root' in tree)) throw new ConfigError(file, tree.problems);
  const allRules = runsRules
    ? await loadPlugins(rules, { tree, directory: dirname(path) }, line, io.cwd)
    : rules;
  const result = checkConfig(tree, allRules, { foreignRules: !runsRules });
  if ('problems' in result) throw new ConfigError(file, result.problems);
  return settingsOf(result, allRules, dirname(path), line, io.cwd);
}

/** All rules, for commands that only list them: without --allow-plugins they need no configuration. @throws ConfigError, UsageError */
export async function rulesWithPlugins(
  rules: readonly Rule[],
  line: CommandLine,
  io: Io,
): Promise<readonly Rule[]> {
  if (line.has('allow-plugins') || line.has('config'))
    return (await loadSettings(['.'], rules, line, io)).allRules;
  return loadPlugins(rules, undefined, line, io.cwd);
}

/** A plugin that is named on the command line was asked for by whoever runs it; one of a configuration may be anybody's. */
async function loadPlugins(
  rules: readonly Rule[],
  config: { readonly tree: ConfigTree; readonly directory: string } | undefined,
  line: CommandLine,
  cwd: string,
): Promise<readonly Rule[]> {
  const configured = (config === undefined ? [] : pluginNodes(config.tree)).map((node) => ({
    ...node,
    directory: config?.directory ?? cwd,
  }));
  const named = line.list('plugin').map((name) => ({ name, directory: cwd, range: undefined }));
  if (configured.length + named.length === 0) return rules;
  const problems: ConfigProblem[] = [];
  if (config !== undefined && !line.has('allow-plugins')) {
    for (const { name, range } of configured)
      problems.push({
        range,
        message: `plugin "${name}" is code that would run here; --allow-plugins on the command line allows it`,
      });
    if (problems.length > 0) throw new ConfigError(config.tree.file, problems);
  }
  const all = await withPlugins(rules, [...configured, ...named], ({ range }, message) => {
    if (range === undefined) throw new UsageError(message);
    problems.push({ range, message });
  });
  if (config !== undefined && problems.length > 0)
    throw new ConfigError(config.tree.file, problems);
  return all;
}

/** The absolute path of the configuration in force. @throws UsageError where the one that was named is not there. */
export function findConfig(
  inputs: readonly string[],
  line: CommandLine,
  cwd: string,
  files = disk,
): string | undefined {
  const named = line.value('config');
  if (named !== undefined) {
    if (line.has('no-config')) throw new UsageError('--config and --no-config exclude each other');
    const path = resolve(cwd, named);
    if (isFile(path, disk)) return path;
    const near = nearbyPath(named, cwd);
    throw new UsageError(
      `configuration ${named} ${existsSync(path) ? 'is no file' : `does not exist${near === undefined ? '' : `; did you mean "${near}"?`}`}`,
    );
  }
  if (line.has('no-config')) return undefined;
  return findUpward(commonDirectory(inputs, cwd, files), files);
}

/** Upward to the root of the repository; outside of one, to the root of all. */
function findUpward(from: string, files: FileSystem): string | undefined {
  for (let directory = from; ; directory = dirname(directory)) {
    for (const name of configNames) {
      const path = join(directory, name);
      if (isFile(path, files)) return path;
    }
    if (files.exists(join(directory, '.git')) || dirname(directory) === directory) return undefined;
  }
}

/** The deepest directory that all inputs are in; patterns count up to their first wildcard. */
function commonDirectory(inputs: readonly string[], cwd: string, files: FileSystem): string {
  const directories = inputs
    .filter((input) => input !== '-')
    .map((input) => {
      const whole = resolve(cwd, input);
      const path = files.exists(whole)
        ? whole
        : resolve(cwd, input.replace(/(^|\/)[^/]*[*?[{].*$/, '$1') || '.');
      return isDirectory(path, files) ? path : dirname(path);
    });
  const [first = cwd, ...others] = directories;
  let common = first;
  while (
    others.some(
      (other) =>
        other !== common && !other.startsWith(common.endsWith(sep) ? common : common + sep),
    )
  )
    common = dirname(common);
  return common;
}

function isFile(path: string, files: FileSystem): boolean {
  return files.exists(path) && !files.isDirectory(path);
}

function isDirectory(path: string, files: FileSystem): boolean {
  return files.exists(path) && files.isDirectory(path);
}

function readText(path: string, shown: string, files: FileSystem): string {
  try {
    return files.bytes(path).toString('utf8');
  } catch (error) {
    throw new UsageError(`configuration ${shown} cannot be read: ${(error as Error).message}`);
  }
}

/** Relative to the working directory, with forward slashes. */
function showPath(path: string, cwd: string): string {
  const shown = relative(cwd, path);
  return (shown === '' ? '.' : shown).split(sep).join('/');
}

function settingsOf(
  file: ConfigFile,
  allRules: readonly Rule[],
  directory: string,
  line: CommandLine,
  cwd: string,
): Settings {
  const { config } = file;
  const inside = (path: string): string | undefined => {
    const from = relative(directory, resolve(cwd, path));
    return from === '' || from.startsWith('..') || isAbsolute(from)
      ? undefined
      : from.split(sep).join('/');
  };
  const ignores = config.ignorePaths === undefined ? undefined : pathMatcher(config.ignorePaths);
  const ignoresPath = (path: string, isFolder: boolean): boolean => {
    const place = ignores === undefined ? undefined : inside(path);
    return place !== undefined && ignores?.(isFolder ? `${place}/` : place) === true;
  };
  const assumedPaths = existingPaths(file, directory);
  // Neither the configuration nor what it takes for granted is to be judged.
  const baseline = config.baseline === undefined ? undefined : resolve(directory, config.baseline);
  const apart = new Set([
    resolve(cwd, file.file.path),
    ...assumedPaths,
    ...(baseline === undefined ? [] : [baseline]),
  ]);
  return {
    file,
    allRules,
    cluster: configuredCluster(config),
    rules: ruleSettings(config, inside, new Set(line.list('rule'))),
    units: (config.units ?? []).map((unit) => ({
      ...unit,
      paths: unit.paths.map((path) => showPath(join(directory, path), cwd)),
    })),
    assume: (config.assume ?? []).flatMap((item) =>
      typeof item === 'string' ? (parseAssumption(item) ?? []) : [],
    ),
    assumedPaths,
    isIgnored: (path, isFolder) => apart.has(path) || ignoresPath(path, isFolder),
    ...(config.failOn !== undefined && { failOn: config.failOn }),
    requireReason: config.requireReason ?? false,
    ...(baseline !== undefined && { baseline }),
  };
}

/** Files and directories of `assume`, absolute. @throws ConfigError for those that are not there. */
function existingPaths({ file, root, config }: ConfigFile, directory: string): string[] {
  const problems: ConfigProblem[] = [];
  const paths = (config.assume ?? []).flatMap((item, index) => {
    if (typeof item === 'string') return [];
    const path = resolve(directory, item.file);
    if (existsSync(path)) return [path];
    const near = nearbyPath(item.file, directory);
    const message = `"${item.file}" does not exist${near === undefined ? '' : `; did you mean "${near}"?`}`;
    problems.push({ range: locate(root, ['assume', index, 'file']), message });
    return [];
  });
  if (problems.length > 0) throw new ConfigError(file, problems);
  return paths;
}
