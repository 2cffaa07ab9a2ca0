/**
 * What can be completed, read off the tables that the command line is parsed with; each shell's
 * file writes it down in its language.
 */
import { newestMinorVersion, oldestMinorVersion } from '../../cluster/options.ts';
import { presets } from '../../config/presets.ts';
import type { Command } from '../command.ts';
import { type FlagName, flags } from '../flags.ts';

export interface CompletedFlag {
  readonly name: FlagName;
  /** With their dashes: `--output`, `--format`, `-o`. */
  readonly long: readonly string[];
  readonly short?: string;
  readonly help: string;
  readonly repeatable: boolean;
  /** Undefined for flags that take no value. */
  readonly value?: CompletedValue;
}

export interface CompletedValue {
  /** As help calls it. */
  readonly name: string;
  /** Empty where any value may be right. Behind one that ends with `=` more is to be typed. */
  readonly words: readonly string[];
  /** Several words may stand there, with commas between them. */
  readonly isList: boolean;
  readonly paths?: 'files' | 'directories';
  /** Only in the same word, behind `=`. */
  readonly attached: boolean;
}

export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly flags: readonly CompletedFlag[];
  /** What its first argument can be. */
  readonly words: readonly string[];
  readonly takesPaths: boolean;
}

/** The command that runs where none is named. */
export const usualCommand = 'lint';

/** Values that are many, or not the only ones. */
const families = ['IPv4', 'IPv6', 'IPv4,IPv6', 'IPv6,IPv4'];
const suggested: Partial<Readonly<Record<FlagName, readonly string[]>>> = {
  'kubernetes-version': Array.from(
    { length: newestMinorVersion - oldestMinorVersion + 1 },
    (_, index) => `1.${oldestMinorVersion + index}`,
  ),
  'ip-families': families,
  'pod-ip-families': families,
};

export function completedCommands(
  commands: readonly Command[],
  ruleIds: readonly string[],
): CompletedCommand[] {
  return commands.map((command) => ({
    name: command.name,
    summary: command.summary,
    flags: [...command.flags, 'color' as const, 'help' as const].map((name) =>
      completedFlag(name, command, ruleIds),
    ),
    words: command.words ?? [],
    takesPaths: command.flags.includes('filename'),
  }));
}

function completedFlag(
  name: FlagName,
  { formats = [], flagHelp = {} }: Command,
  ruleIds: readonly string[],
): CompletedFlag {
  const { short, aliases = [], help, value, values, optional, repeatable } = flags[name];
  const isList = name === 'rule' || name === 'disable';
  const words =
    name === 'output'
      ? formats.map((format) => format.replace(/(?<==).*/s, ''))
      : name === 'preset'
        ? presets
        : isList
          ? ruleIds
          : (optional ?? values ?? suggested[name] ?? []);
  const paths =
    value === 'DIR' ? 'directories' : value === 'FILE' || value === 'PATH' ? 'files' : undefined;
  return {
    name,
    long: [name, ...aliases].map((spelling) => `--${spelling}`),
    ...(short !== undefined && { short: `-${short}` }),
    help: flagHelp[name] ?? help,
    repeatable: repeatable === true,
    ...((value !== undefined || optional !== undefined) && {
      value: {
        name: value ?? 'HOW',
        words,
        isList,
        ...(paths !== undefined && { paths }),
        attached: value === undefined,
      },
    }),
  };
}

/** All spellings of a flag. */
export function spellings({ long, short }: CompletedFlag): string[] {
  return [...long, ...(short === undefined ? [] : [short])];
}
