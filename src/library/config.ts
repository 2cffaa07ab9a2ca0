import { rules as ownRules } from '../../rules/index.ts';
import type { ConfigProblem } from '../config/problem.ts';
import { checkConfig, readConfigTree } from '../config/read.ts';
import type { Severity } from '../lint/diagnostic.ts';
import type { Rule } from '../lint/rule.ts';
import { SourceFile } from '../manifest/source.ts';
import { configurationOf } from '../project/configuration.ts';
import { directoryOf, joinPath } from '../units/paths.ts';
import type { LintOptions } from './lint.ts';
import type { InputFile } from './load.ts';
import { wantFields, wantText } from './wanted.ts';

/**
 * What a kubeplumb.yaml asks for: options of `lint` and `predict`, and what is left to whoever
 * reads and reports.
 */
export interface Settings extends LintOptions {
  /** The least severity that is a failure. */
  readonly failOn: Severity | 'never';
  /**
   * Whether a file is not to be read at all; a path as in `InputFile`, of a directory with a slash
   * at its end.
   */
  readonly isIgnored: (path: string) => boolean;
  /** Files and directories of objects that exist elsewhere: load them into `assumed`. */
  readonly assumedPaths: readonly string[];
  /** The file of known findings, for `applyBaseline`. */
  readonly baseline?: string;
  /**
   * Packages and files with more rules, as written: whether to run their code is not for a
   * configuration to say.
   */
  readonly plugins: readonly string[];
}

export interface ConfigMistakes {
  /** `file.position(range[0])` is the place of each. */
  readonly file: SourceFile;
  readonly problems: readonly ConfigProblem[];
}

export interface ReadConfigOptions {
  /** All rules that there are, those of plugins included; by default ours. */
  readonly rules?: readonly Rule[];
  /**
   * What is said of rules of plugins that are not among `rules` is passed over, instead of being a
   * mistake.
   */
  readonly foreignRules?: boolean;
}

/**
 * Reads a kubeplumb.yaml: its text in, settings out, or every mistake with its place. Never throws.
 * The paths in it start at its own directory.
 *
 * @example
 * const text = 'namespace: shop\nrules: { target-port-undeclared: off }\n';
 * const settings = readConfig({ path: 'kubeplumb.yaml', text });
 * if ('problems' in settings)
 *   throw new Error(settings.problems.map(({ message }) => message).join('\n'));
 * const { diagnostics } = lint(load(files), settings);
 */
export function readConfig(
  input: InputFile,
  { rules = ownRules, foreignRules = false }: ReadConfigOptions = {},
): Settings | ConfigMistakes {
  wantFields(input, 'readConfig', "a file, { path: 'kubeplumb.yaml', text }", 'path', 'text');
  const { path, text } = input;
  wantText(text, 'readConfig', 'the text of a kubeplumb.yaml');
  const file = new SourceFile(path, text);
  const tree = readConfigTree(file);
  if (!('root' in tree)) return { file, problems: tree.problems };
  const read = checkConfig(tree, rules, { foreignRules });
  if ('problems' in read) return { file, problems: read.problems };
  const directory = directoryOf(path);
  const inside = (other: string): string | undefined => {
    const normal = joinPath('.', other) + (other.endsWith('/') ? '/' : '');
    if (directory === '.') return /^(\.\.)?\//.test(normal) ? undefined : normal;
    return normal.startsWith(`${directory}/`) ? normal.slice(directory.length + 1) : undefined;
  };
  const outside = (own: string): string => joinPath(directory, own);
  const { cluster, failOn, isIgnored, ...settings } = configurationOf(read.config, {
    inside,
    outside,
  });
  return {
    ...cluster,
    ...settings,
    rules,
    failOn: failOn ?? 'error',
    isIgnored: (other) => isIgnored(other, false),
  };
}
