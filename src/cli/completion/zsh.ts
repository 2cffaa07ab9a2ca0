/** Completion for zsh, for the function path (as `_kubeplumb`) or to be sourced. */
import {
  type CompletedCommand,
  type CompletedFlag,
  type CompletedValue,
  usualCommand,
} from './completions.ts';

export function zshCompletion(commands: readonly CompletedCommand[]): string {
  return `#compdef kubeplumb
# zsh completion for kubeplumb, made by: kubeplumb completion zsh
_kubeplumb() {
  local command= word
  local -a commands specs
  commands=(
${commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`).join('\n')}
    'help:explain a command'
  )
  for word in \${words[2,CURRENT-1]}; do
    case $word in
      (${commands.map(({ name }) => name).join('|')}) command=$word; break ;;
    esac
  done
  case \${command:-${usualCommand}} in
${commands.map(commandCase).join('\n')}
  esac
  if [[ -n $command ]]; then
    specs+=("1: :($command)")
  else
    specs+=('1:command or path:{ _describe -t commands command commands; _files }' '*:path:_files')
  fi
  _arguments -S $specs
}
if [[ $funcstack[1] == _kubeplumb ]]; then _kubeplumb "$@"; else compdef _kubeplumb kubeplumb; fi
`;
}

function commandCase({ name, flags, words, takesPaths }: CompletedCommand): string {
  const specs = flags.flatMap(flagSpecs);
  const more = [
    ...(words.length === 0
      ? []
      : [
          quoted(
            takesPaths
              ? `2:argument:{ compadd -- ${words.join(' ')}; _files }`
              : `2:argument:(${words.join(' ')})`,
          ),
        ]),
    ...(takesPaths ? [quoted('*:path:_files')] : []),
  ];
  const own =
    more.length === 0 ? '' : `\n      if [[ -n $command ]]; then specs+=(${more.join(' ')}); fi`;
  return (
    `    (${name})\n      ` +
    `specs=(\n${specs.map((spec) => `        ${quoted(spec)}`).join('\n')}\n      )${own} ;;`
  );
}

function flagSpecs({ long, short, help, repeatable, value }: CompletedFlag): string[] {
  const excluded = repeatable
    ? '*'
    : `(${[...long, ...(short === undefined ? [] : [short])].join(' ')})`;
  const meaning = `[${help.replaceAll(/[\\[\]:]/g, '\\$&')}]`;
  if (value === undefined)
    return [...long, ...(short === undefined ? [] : [short])].map(
      (spelling) => `${excluded}${spelling}${meaning}`,
    );
  const message = `:${value.attached ? ':' : ''}${value.name}:${action(value)}`;
  return [
    ...long.map(
      (spelling) => `${excluded}${spelling}=${value.attached ? '-' : ''}${meaning}${message}`,
    ),
    ...(short === undefined ? [] : [`${excluded}${short}+${meaning}${message}`]),
  ];
}

function action({ words, isList, paths }: CompletedValue): string {
  if (isList) return `_sequence compadd - ${words.join(' ')}`;
  if (words.length > 0) return `(${words.join(' ')})`;
  return paths === 'directories' ? '_files -/' : paths === 'files' ? '_files' : ' ';
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
