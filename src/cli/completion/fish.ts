/** Completion for fish. */
import {
  type CompletedCommand,
  type CompletedFlag,
  type CompletedValue,
  usualCommand,
} from './completions.ts';

export function fishCompletion(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  const none = `not __fish_seen_subcommand_from ${names} help`;
  const lines = commands.flatMap(({ name, summary, flags, words, takesPaths }) => {
    const seen = `__fish_seen_subcommand_from ${name}`;
    const used = name === usualCommand ? `${seen}; or ${none}` : seen;
    return [
      `complete -c kubeplumb -n ${quoted(none)} -a ${name} -d ${quoted(summary)}`,
      ...(takesPaths && words.length === 0
        ? []
        : [`complete -c kubeplumb -n ${quoted(seen)}${takesPaths ? '' : ' -f'}${argument(words)}`]),
      ...flags.map((flag) => `complete -c kubeplumb -n ${quoted(used)} ${flagLine(flag)}`),
    ];
  });
  lines.push(
    `complete -c kubeplumb -n ${quoted(none)} -a help -d ${quoted('explain a command')}`,
    `complete -c kubeplumb -n '__fish_seen_subcommand_from help' -f -a ${quoted(names)}`,
  );
  return (
    '# fish completion for kubeplumb, made by: kubeplumb completion ' +
    `fish\n${lines.join('\n')}\n`
  );
}

function flagLine({ long, short, help, value }: CompletedFlag): string {
  const spelled = [
    ...(short === undefined ? [] : [`-s ${short.slice(1)}`]),
    ...long.map((spelling) => `-l ${spelling.slice(2)}`),
  ];
  return [...spelled, ...(value === undefined ? [] : [valueOf(value)]), `-d ${quoted(help)}`].join(
    ' ',
  );
}

/**
 * `-x`: it needs a value, which is not a file; `-r`: it needs one; `-f`: it may have one, which is
 * not a file.
 */
function valueOf({ words, isList, paths, attached }: CompletedValue): string {
  if (paths === 'directories') return "-x -a '(__fish_complete_directories)'";
  if (isList) {
    const listed = `string split " " ${quoted(words.join(' '))}`;
    return `-x -a ${quoted(`(__fish_complete_list , ${quoted(listed)})`)}`;
  }
  return `${attached ? '-f' : words.length > 0 ? '-x' : '-r'}${argument(words)}`.trim();
}

function argument(words: readonly string[]): string {
  return words.length === 0 ? '' : ` -a ${quoted(words.join(' '))}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
