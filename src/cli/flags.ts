/**
 * Every flag there is, and how a command line is taken apart: flags may stand before, between or
 * behind arguments.
 */
import { parseArgs } from 'node:util';
import { defaultMinorVersion, newestMinorVersion, oldestMinorVersion } from '../cluster/options.ts';
import { severities } from '../lint/diagnostic.ts';
import { unitModes } from '../units/unit.ts';
import { UnknownFlag, unknownValue, UsageError } from './usage-error.ts';

export interface Flag {
  readonly short?: string;
  /** Other spellings, without dashes. */
  readonly aliases?: readonly string[];
  /** How its value is called in help; without it the flag takes none. */
  readonly value?: string;
  /** The only values it takes, and it takes none as well: `--fix`, `--fix=unsafe`. */
  readonly optional?: readonly string[];
  /** The only values it takes. */
  readonly values?: readonly string[];
  readonly repeatable?: true;
  readonly help: string;
}

const table = {
  filename: {
    short: 'f',
    value: 'PATH',
    repeatable: true,
    help: 'a file, directory, pattern or - (stdin) to read; the same as an argument',
  },
  recursive: { short: 'R', help: 'read directories with everything below them (lint always does)' },
  kustomize: {
    short: 'k',
    value: 'DIR',
    help: 'render DIR with kustomize (or kubectl) first; places are told in your own files',
  },
  helm: {
    value: 'DIR',
    help:
      'render the chart in DIR with helm first; places are told in its templates where that ' +
      'can be known',
  },
  values: { value: 'FILE', repeatable: true, help: 'values for --helm' },
  set: { value: 'KEY=VALUE', repeatable: true, help: 'a single value for --helm' },
  dump: {
    value: 'FILE',
    help:
      'what a cluster lists (kubectl get deploy,rs,sts,ds,job,po,svc,ep,endpointslices -A -o ' +
      'yaml), to compare with; - is stdin',
  },
  replicas: {
    value: 'WHICH',
    values: ['min', 'max'],
    help: 'as few, or as many, pods as the autoscaler of each workload allows',
  },
  without: {
    value: 'NAME',
    repeatable: true,
    help:
      'as if a workload (web, deployment/web) or a pod of a StatefulSet (db-0) were gone; ' +
      'repeatable',
  },
  during: {
    value: 'WHAT',
    values: ['rollout'],
    help: 'rollout: the fewest ready pods while every workload is replaced by a new version',
  },
  output: { short: 'o', aliases: ['format'], value: 'FORMAT', help: 'how to print' },
  namespace: {
    short: 'n',
    value: 'NAME',
    help: 'the namespace of objects that name none',
  },
  'all-namespaces': { short: 'A', help: 'show all namespaces, with a column for them' },
  selector: {
    short: 'l',
    value: 'LABELS',
    repeatable: true,
    help: 'show only what has these labels: app=web,tier!=db,env in (dev,test),release,!legacy',
  },
  'show-labels': { help: 'a column with the labels' },
  'sort-by': { value: 'PATH', help: 'order by a field, as .metadata.name' },
  'no-headers': { help: 'leave the names of the columns out' },
  unit: { value: 'MODE', values: unitModes, help: 'what belongs together: auto, all, dir or file' },
  units: { help: 'show what belongs together, and why' },
  rule: {
    aliases: ['select'],
    value: 'ID',
    repeatable: true,
    help: 'run these rules only: ID or ID,ID; repeatable',
  },
  disable: {
    aliases: ['ignore'],
    value: 'ID',
    repeatable: true,
    help: 'do not run these rules: ID or ID,ID; repeatable',
  },
  preset: {
    value: 'NAME',
    repeatable: true,
    help:
      'run the rules of this preset, whatever the configuration extends: NAME or NAME,NAME; ' +
      'repeatable',
  },
  exclude: {
    value: 'PATTERN',
    repeatable: true,
    help:
      'leave out what a pattern of .gitignore matches, below directories, unless a ' +
      'kustomization names it; repeatable',
  },
  'fail-on': {
    value: 'SEVERITY',
    values: [...severities, 'never'],
    help: 'the least severity that makes the exit code 1: error (default), warning, info, never',
  },
  fix: {
    optional: ['safe', 'unsafe'],
    help: 'fix what can be fixed, in the files; --fix=unsafe also where that is a guess',
  },
  diff: { help: 'show what --fix, or --fix=unsafe, would change, and change nothing' },
  'no-ignores': { help: 'report also what comments, annotations and the baseline silence' },
  baseline: {
    value: 'FILE',
    help:
      'a file of known findings, which do not count; by default kubeplumb-baseline.json ' +
      'above the input, if there is one',
  },
  'update-baseline': {
    help:
      'write the findings of this run to the baseline (kubeplumb-baseline.json unless ' +
      '--baseline says otherwise)',
  },
  'prune-baseline': { help: 'take findings that are gone out of the baseline' },
  within: {
    value: 'DIR',
    repeatable: true,
    help:
      'read this as a whole; the paths given only choose which findings are shown (for ' +
      'hooks); repeatable',
  },
  shard: {
    value: 'K/N',
    help:
      'judge the K-th of N parts only, as on several machines at once; kubeplumb merge joins ' +
      'the reports',
  },
  'show-unknown': { help: 'list the questions that could not be answered, and why' },
  'allow-outside': {
    help:
      'read also what links, kustomizations and the configuration name outside of the ' +
      'working directory, its repository and the paths given',
  },
  'allow-unreadable': {
    help: 'files below a directory that cannot be read do not make the exit code 2',
  },
  'show-test-data': { help: 'list what is found in test data one by one; --fix fixes it, too' },
  'test-data': {
    value: 'WHAT',
    values: ['fold', 'fail'],
    help:
      'fold (default): what is found in test data is counted only; fail: it makes the exit ' +
      'code 1 as anything else does',
  },
  'allow-empty': { help: 'exit 0 when there is nothing to read or to judge' },
  watch: { short: 'w', help: 'the same again whenever a file changes, until Ctrl-C' },
  verbose: { help: 'tell what was read, and what belongs together, on stderr' },
  'stdin-filename': {
    value: 'PATH',
    help:
      'stdin is what PATH will be once it is saved: it is judged with everything that ' +
      'belongs together with it (for editors)',
  },
  statistics: { help: 'count what each rule has found, instead of showing each finding' },
  stats: { help: 'print where the time went, on stderr' },
  quiet: { short: 'q', help: 'only what was asked for: no summary, no notes' },
  'ip-families': {
    value: 'LIST',
    help:
      "the cluster's Service address families, primary first: IPv4 (default), IPv6, " +
      'IPv4,IPv6 or IPv6,IPv4',
  },
  'pod-ip-families': {
    value: 'LIST',
    help: 'the families that pods get addresses of; by default the same',
  },
  'kubernetes-version': {
    value: '1.N',
    help:
      `the release whose behaviour is predicted: 1.${oldestMinorVersion} to ` +
      `1.${newestMinorVersion}; default 1.${defaultMinorVersion}`,
  },
  config: {
    short: 'c',
    value: 'FILE',
    help: 'the configuration to use; by default the nearest kubeplumb.yaml, from the input upwards',
  },
  'no-config': { help: 'use no configuration' },
  plugin: {
    value: 'PATH',
    repeatable: true,
    help: 'a package or file with more rules; its code is run; repeatable',
  },
  'allow-plugins': { help: 'load the plugins that the configuration names: their code is run' },
  'pull-request': {
    help:
      'BASE is what the pull request of this run is merged into (GitHub Actions, GitLab); ' +
      'nothing is compared where there is none',
  },
  stdout: { help: 'print instead of writing a file' },
  force: { help: 'overwrite what is there' },
  color: {
    aliases: ['colour'],
    value: 'WHEN',
    values: ['auto', 'always', 'never'],
    help: 'auto (default: on a terminal; NO_COLOR and FORCE_COLOR count), always or never',
  },
  help: { short: 'h', help: 'print this help' },
  version: { short: 'V', help: 'print the version' },
} as const satisfies Record<string, Flag>;

export type FlagName = keyof typeof table;
export const flags: Readonly<Record<FlagName, Flag>> = table;

/** A command line taken apart, not yet judged by any command. */
export class CommandLine {
  readonly positionals: string[] = [];
  /** How many of them, the last ones, stand behind `--`. */
  behindDashes = 0;
  readonly #values = new Map<FlagName, string[]>();

  has(flag: FlagName): boolean {
    return this.#values.has(flag);
  }

  /** The last one given wins. */
  value(flag: FlagName): string | undefined {
    return this.#values.get(flag)?.at(-1);
  }

  list(flag: FlagName): readonly string[] {
    return this.#values.get(flag) ?? [];
  }

  given(): readonly FlagName[] {
    return [...this.#values.keys()];
  }

  add(flag: FlagName, value: string): void {
    this.#values.set(flag, [...this.list(flag), value]);
  }
}

const byName = new Map<string, FlagName>();
for (const [name, { aliases = [] }] of Object.entries(flags))
  for (const spelling of [name, ...aliases]) byName.set(spelling, name as FlagName);

/** All spellings of flags, or of those that a command takes. */
export function spellings(of?: readonly FlagName[]): readonly string[] {
  const taken = (name: FlagName): boolean =>
    of === undefined || of.includes(name) || /^(?:color|help|version)$/.test(name);
  return [...byName].flatMap(([spelling, name]) => (taken(name) ? [spelling] : []));
}

/** The flag that `--rule ID` begins with. */
export function flagIn(text: string): FlagName | undefined {
  const [, spelling = ''] = /^--([\w-]+)/.exec(text) ?? [];
  return byName.get(spelling);
}

/**
 * @throws UsageError for a flag that nobody knows, one without its value, or a value that is none
 * of the legal ones.
 */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const options = Object.fromEntries(
    [...byName].map(([spelling, name]) => {
      const { value, short } = flags[name];
      return [
        spelling,
        {
          type: value === undefined ? ('boolean' as const) : ('string' as const),
          multiple: true,
          ...(short !== undefined && spelling === name && { short }),
        },
      ];
    }),
  );
  const { tokens } = parseArgs({
    args: argv.map(spelledOut),
    options,
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  const line = new CommandLine();
  let terminated = false;
  for (const token of tokens) {
    if (token.kind === 'option-terminator') terminated = true;
    if (token.kind === 'positional') {
      line.positionals.push(token.value);
      if (terminated) line.behindDashes += 1;
    }
    if (token.kind === 'option' && !(token.value === 'false' && isSwitch(byName.get(token.name))))
      line.add(...checkedFlag(token.name, token.rawName, token.value));
  }
  return line;
}

/** Takes no value but, as kubectl's have it, `=true` and `=false`. */
function isSwitch(name: FlagName | undefined): boolean {
  return (
    name !== undefined && flags[name].value === undefined && flags[name].optional === undefined
  );
}

/** `--watch=false` for `-w=false`, which Node would take apart. */
function spelledOut(argument: string): string {
  const [, letter, value] = /^-(\w)=(true|false)$/.exec(argument) ?? [];
  const name = [...byName.values()].find((one) => flags[one].short === letter && isSwitch(one));
  return letter === undefined || name === undefined ? argument : `--${name}=${value ?? ''}`;
}

function checkedFlag(written: string, raw: string, value: string | undefined): [FlagName, string] {
  const name = byName.get(written);
  if (name === undefined) throw new UnknownFlag(raw, written);
  const { value: needed, values, optional } = flags[name];
  if (optional !== undefined && value !== undefined) {
    if (!optional.includes(value))
      throw new UsageError(unknownValue(`value of ${raw}`, value, optional));
    return [name, value];
  }
  if (needed === undefined) {
    if (value !== undefined && value !== 'true')
      throw new UsageError(
        `flag "${raw}" takes no value, but was given "${value}"` +
          (name === 'diff' ? `; here it is --fix=${value} --diff` : ''),
      );
    return [name, 'true'];
  }
  if (value === undefined || value === '')
    throw new UsageError(`flag "${raw}" needs a value: ${raw} ${values?.join('|') ?? needed}`);
  // `-o=json` is what kubectl's own parser takes.
  const cleaned = raw.length === 2 && value.startsWith('=') ? value.slice(1) : value;
  if (values !== undefined && !values.includes(cleaned))
    throw new UsageError(unknownValue(`value of ${raw}`, cleaned, values));
  return [name, cleaned];
}
