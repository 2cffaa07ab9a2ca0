/**
 * Finds and reads kubeplumb.yaml, and brings what it says into the form that commands work with.
 */
import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { type Preset, presets } from '../config/presets.ts';
import type { ConfigProblem } from '../config/problem.ts';
import {
  checkConfig,
  type ConfigFile,
  type ConfigTree,
  pluginNodes,
  readConfigTree,
} from '../config/read.ts';
import { decode } from '../files/decode.ts';
import { disk } from '../files/disk.ts';
import type { FileSystem } from '../files/file-system.ts';
import { configNames } from '../files/own-files.ts';
import { systemProblem } from '../files/system-problem.ts';
import { isAtOrBelow } from '../files/top.ts';
import type { Rule } from '../lint/rule.ts';
import { locate } from '../manifest/node.ts';
import { SourceFile } from '../manifest/source.ts';
import { type Configuration, configurationOf, type Places } from '../project/configuration.ts';
import { fixedPart } from '../units/paths.ts';
import { ConfigError } from './config-error.ts';
import type { CommandLine, FlagName } from './flags.ts';
import type { Io } from './io.ts';
import { didYouMeanPath } from './nearby-path.ts';
import { withPlugins } from './plugins.ts';
import { unknownRule, unknownValue, UsageError } from './usage-error.ts';

export const configFlags: readonly FlagName[] = ['config', 'no-config'];
export const pluginFlags: readonly FlagName[] = ['plugin', 'allow-plugins'];

/**
 * What a configuration asks for. Paths of its units are as paths are shown; `assumedPaths` and
 * `baseline` are absolute, and so is what `isIgnored` takes.
 */
export interface LoadedConfig extends Configuration {
  /** Undefined where there is none. */
  readonly file?: ConfigFile;
  /** All rules there are: ours, then those of plugins. */
  readonly allRules: readonly Rule[];
}

/**
 * The configuration for inputs as the user typed them. Where no rule is to run, plugins are left
 * alone.
 * @param rules our own
 * @throws ConfigError, UsageError
 */
export async function loadConfig(
  inputs: readonly string[],
  rules: readonly Rule[],
  line: CommandLine,
  io: Io,
  {
    files = disk,
    runsRules = true,
  }: { readonly files?: FileSystem; readonly runsRules?: boolean } = {},
): Promise<LoadedConfig> {
  const path = findConfig(inputs, line, io.cwd, files);
  const named = new Set(listed(line, 'rule'));
  const asked = askedPresets(line);
  if (path === undefined)
    return {
      ...configurationOf(asked, nowhere, named),
      allRules: await loadPlugins(rules, undefined, line, io.cwd),
    };
  const shown = showPath(path, io.cwd);
  const file = new SourceFile(shown, readText(path, shown, line.has('config') ? undefined : files));
  const tree = readConfigTree(file);
  if (!('root' in tree)) throw new ConfigError(file, tree.problems);
  const allRules = runsRules
    ? await loadPlugins(rules, { tree, directory: dirname(path) }, line, io.cwd)
    : rules;
  const result = checkConfig(tree, allRules, { foreignRules: !runsRules });
  if ('problems' in result) throw new ConfigError(file, result.problems);
  const config = { ...result, config: { ...result.config, ...asked } };
  return { ...located(config, dirname(path), io.cwd, named, files), file: config, allRules };
}

/** What a flag lists, as often as it is given. */
function listed(line: CommandLine, flag: FlagName): readonly string[] {
  return line.list(flag).flatMap((value) => value.split(',').map((item) => item.trim()));
}

/** Rules that a flag names. @throws UsageError for what is none */
export function rulesListed(
  line: CommandLine,
  flag: 'rule' | 'disable',
  allRules: readonly Rule[],
): ReadonlySet<string> {
  const known = allRules.map(({ meta }) => meta.id);
  const ids = listed(line, flag);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined) throw new UsageError(unknownRule(unknown, known));
  return new Set(ids);
}

/** What --preset puts in the place of `extends`. @throws UsageError */
export function askedPresets(line: CommandLine): { readonly extends?: readonly Preset[] } {
  const names = listed(line, 'preset');
  if (names.length === 0) return {};
  const asked = names.map((name) => {
    const preset = presets.find((known) => known === name);
    if (preset === undefined) throw new UsageError(unknownValue('preset', name, presets));
    return preset;
  });
  return { extends: [...new Set(asked)] };
}

/** Of a configuration that says nothing. */
const nowhere: Places = { inside: () => undefined, outside: (path) => path };

/**
 * All rules, for commands that only list them: without --allow-plugins they need no configuration.
 * @throws ConfigError, UsageError
 */
export async function rulesWithPlugins(
  rules: readonly Rule[],
  line: CommandLine,
  io: Io,
): Promise<readonly Rule[]> {
  if (line.has('allow-plugins') || line.has('config'))
    return (await loadConfig(['.'], rules, line, io)).allRules;
  return loadPlugins(rules, undefined, line, io.cwd);
}

/**
 * A plugin that is named on the command line was asked for by whoever runs it; one of a
 * configuration may be anybody's.
 */
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
        message:
          `plugin "${name}" is code that would run here; --allow-plugins on the command line ` +
          'allows it',
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

/**
 * The absolute path of the configuration in force. @throws UsageError where the one that was named
 * is not there.
 */
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
    throw new UsageError(
      existsSync(path)
        ? `configuration ${named} is not a file`
        : `configuration ${named} does not exist${didYouMeanPath(named, cwd)}`,
    );
  }
  if (line.has('no-config')) return undefined;
  return findAbove(inputs, configNames, cwd, files);
}

/** Upward to the root of the repository; outside of one, to the root of all. */
export function findAbove(
  inputs: readonly string[],
  names: readonly string[],
  cwd: string,
  files: FileSystem,
): string | undefined {
  for (let directory = commonDirectory(inputs, cwd, files); ; directory = dirname(directory)) {
    for (const name of names) {
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
      const path = files.exists(whole) ? whole : resolve(cwd, fixedPart(input));
      return isDirectory(path, files) ? path : dirname(path);
    });
  const [first = cwd, ...others] = directories;
  let common = first;
  while (others.some((other) => !isAtOrBelow(other, common))) common = dirname(common);
  return common;
}

function isFile(path: string, files: FileSystem): boolean {
  return files.exists(path) && !files.isDirectory(path);
}

function isDirectory(path: string, files: FileSystem): boolean {
  return files.exists(path) && files.isDirectory(path);
}

/** Without `files` it is one that was named. */
function readText(path: string, shown: string, files: FileSystem | undefined): string {
  try {
    const bytes = files === undefined ? disk.bytes(path, true) : files.bytes(path);
    const decoded = decode(bytes);
    if ('text' in decoded) return decoded.text;
    throw new UsageError(`configuration ${shown} ${decoded.message}`);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`configuration ${shown} ${systemProblem(shown, error, true).message}`);
  }
}

/** Relative to the working directory, with forward slashes. */
function showPath(path: string, cwd: string): string {
  const shown = relative(cwd, path);
  return (shown === '' ? '.' : shown).split(sep).join('/');
}

/** @throws ConfigError for objects that exist elsewhere and cannot be read. */
function located(
  file: ConfigFile,
  directory: string,
  cwd: string,
  named: ReadonlySet<string>,
  files: FileSystem,
): Configuration {
  refuseUnreadable(file, directory, files);
  const places: Places = {
    inside(path) {
      const from = relative(directory, resolve(cwd, path));
      return from === '' || from.startsWith('..') || isAbsolute(from)
        ? undefined
        : from.split(sep).join('/');
    },
    outside: (path) => showPath(resolve(directory, path), cwd),
  };
  const configuration = configurationOf(file.config, places, named);
  const assumedPaths = configuration.assumedPaths.map((path) => resolve(cwd, path));
  const baseline =
    configuration.baseline === undefined ? undefined : resolve(cwd, configuration.baseline);
  // Neither the configuration nor what it takes for granted is to be judged.
  const apart = new Set([
    resolve(cwd, file.file.path),
    ...assumedPaths,
    ...(baseline === undefined ? [] : [baseline]),
  ]);
  return {
    ...configuration,
    assumedPaths,
    ...(baseline !== undefined && { baseline }),
    isIgnored: (path, isDirectory) => apart.has(path) || configuration.isIgnored(path, isDirectory),
  };
}

/**
 * @throws ConfigError for files and directories of `assume` that are not there, or may not be read.
 */
function refuseUnreadable(
  { file, root, config }: ConfigFile,
  directory: string,
  files: FileSystem,
): void {
  const problems = (config.assume ?? []).flatMap((item, index): ConfigProblem[] => {
    if (typeof item === 'string') return [];
    const path = resolve(directory, item.file);
    if (files.isOutside(path)) {
      const { message } = systemProblem(path, { code: 'EOUTSIDE' }, true);
      const range = locate(root, ['assume', index, 'file']);
      return [{ range, message: `"${item.file}" ${message}` }];
    }
    if (existsSync(path)) return [];
    const message = `"${item.file}" does not exist${didYouMeanPath(item.file, directory)}`;
    return [{ range: locate(root, ['assume', index, 'file']), message }];
  });
  if (problems.length > 0) throw new ConfigError(file, problems);
}
