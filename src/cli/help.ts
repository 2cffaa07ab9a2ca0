/** Help, made from the same tables that the command line is parsed with. */
import { largest } from '../lists.ts';
import { wrap } from '../report/text.ts';
import type { Command } from './command.ts';
import { type FlagName, flags } from './flags.ts';
import { version } from './version.ts';

/** Where there is no terminal, or a wider one. */
const widest = 100;

/** A narrower one wraps by itself. */
const narrowest = 40;

/** @param columns of the terminal, if there is one */
function widthOf(columns: number | undefined): number {
  return Math.max(narrowest, Math.min(columns ?? widest, widest));
}

export function overview(commands: readonly Command[], terminal?: number): string {
  const width = widthOf(terminal);
  return [
    ...wrap(`kubeplumb ${version}: kubectl get endpoints, before you have a cluster`, width),
    '',
    'Usage:',
    ...columns(
      [
        ['kubeplumb PATH…', 'find broken wiring in manifests (the same as kubeplumb lint PATH…)'],
        ['kubeplumb COMMAND [ARGUMENTS]', 'one of these:'],
      ],
      width,
    ),
    '',
    ...columns(
      commands.map(({ name, summary }) => [name, summary]),
      width,
    ),
    '',
    ...wrap(
      'Manifests are files, directories, patterns, or - for what comes through a pipe:',
      width,
    ),
    ...columns(
      [
        ['kubeplumb k8s/', 'everything below a directory'],
        ['helm template charts/web | kubeplumb -', 'a rendered chart'],
        ['kustomize build overlays/prod | kubeplumb -', 'a rendered kustomization'],
        ['kubeplumb get endpoints -f k8s/', 'what the control plane would make of it'],
        ['kubeplumb describe service web -f k8s/', 'why a Service has these endpoints, or none'],
      ],
      width,
    ),
    '',
    ...wrap('Exit codes: 0 nothing found, 1 findings, 2 wrong use or unreadable input.', width),
    ...wrap('kubeplumb COMMAND --help lists its flags; PATH… alone takes those of lint.', width),
    '',
  ].join('\n');
}

/** What flags are about, in the order of help; every other one is about the output. */
const groups: readonly (readonly [title: string, flags: readonly FlagName[]])[] = [
  [
    'What is read',
    [
      'filename',
      'recursive',
      'kustomize',
      'helm',
      'values',
      'set',
      'dump',
      'pull-request',
      'exclude',
      'within',
      'stdin-filename',
      'allow-outside',
      'allow-unreadable',
      'allow-empty',
    ],
  ],
  [
    'What is shown',
    [
      'all-namespaces',
      'selector',
      'show-labels',
      'sort-by',
      'no-headers',
      'units',
      'replicas',
      'without',
      'during',
    ],
  ],
  ['The cluster', ['unit', 'namespace', 'kubernetes-version', 'ip-families', 'pod-ip-families']],
  [
    'Rules and configuration',
    ['config', 'no-config', 'preset', 'rule', 'disable', 'plugin', 'allow-plugins'],
  ],
  [
    'What counts',
    [
      'fail-on',
      'no-ignores',
      'baseline',
      'update-baseline',
      'prune-baseline',
      'test-data',
      'shard',
    ],
  ],
  ['Fixes', ['fix', 'diff']],
];
/** Fewer flags are one list. */
const leastToGroup = 12;

function flagLines(
  own: readonly FlagName[],
  help: (flag: FlagName) => string,
  width: number,
): string[] {
  const lines = (shown: readonly FlagName[]): string[] =>
    columns(
      shown.map((flag) => [spelling(flag), help(flag)]),
      width,
      largest(own.map((flag) => spelling(flag).length)),
    );
  if (own.length < leastToGroup) return ['Flags:', ...lines(own)];
  const grouped = new Set(groups.flatMap(([, members]) => members));
  const all = [...groups, ['Output', own.filter((flag) => !grouped.has(flag))] as const];
  return all
    .flatMap(([title, members]) => {
      const shown = members.filter((flag) => own.includes(flag));
      return shown.length === 0 ? [] : ['', `${title}:`, ...lines(shown)];
    })
    .slice(1);
}

export function commandHelp(
  { name, summary, usage, flags: own, flagHelp = {}, formats, notes, examples }: Command,
  terminal?: number,
): string {
  const width = widthOf(terminal);
  return [
    ...wrap(`kubeplumb ${name}: ${summary}`, width),
    '',
    'Usage:',
    ...usage.map((line) => `  kubeplumb ${line}`),
    '',
    ...flagLines(
      [...own, 'color', 'help'],
      (flag) =>
        flagHelp[flag] ??
        (flag === 'output' && formats !== undefined ? formats.join(', ') : flags[flag].help),
      width,
    ),
    ...(notes === undefined ? [] : ['', ...notes.split('\n').flatMap((line) => wrap(line, width))]),
    '',
    'Examples:',
    ...columns(examples, width),
    '',
  ].join('\n');
}

function spelling(name: FlagName): string {
  const { short, value } = flags[name];
  return (
    `${short === undefined ? '   ' : `-${short},`} ` +
    `--${name}${value === undefined ? '' : ` ${value}`}`
  );
}

/** Where too little is left for the second column, it stands below the first. */
function columns(
  rows: readonly (readonly [string, string])[],
  width: number,
  first = largest(rows.map(([left]) => left.length)),
): string[] {
  const room = width - first - 5;
  if (room < 24)
    return rows.flatMap(([left, right]) => [
      `  ${left}`,
      ...wrap(right, width - 8).map((line) => `        ${line}`),
    ]);
  return rows.flatMap(([left, right]) =>
    wrap(right, room).map(
      (line, index) => `  ${(index === 0 ? left : '').padEnd(first)}   ${line}`,
    ),
  );
}
