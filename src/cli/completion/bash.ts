/** Completion for bash, from 3.2 on, which macOS still has. */
import {
  type CompletedCommand,
  type CompletedFlag,
  spellings,
  usualCommand,
} from './completions.ts';

export function bashCompletion(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name }) => name);
  return `# bash completion for kubeplumb, made by: kubeplumb completion bash
_kubeplumb() {
  local IFS=$'\\n'
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  local attached= before= command= named= flags= list= words= paths=1 values= word
  # To bash, --output=json is three words.
  if [[ $current == '=' ]]; then
    current= attached=1
  elif [[ $previous == '=' ]]; then
    previous=\${COMP_WORDS[COMP_CWORD-2]} attached=1
  fi
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in
      ${names.join('|')}) command=$word; break ;;
    esac
  done
  named=\${command:-${usualCommand}}
  case $named$attached:$previous in
${commands.flatMap(valueCases).join('\n')}
  esac
  if [[ -n $values ]]; then
    # Of a list the last word.
    if [[ -n $list && $current == *,* ]]; then before=\${current%,*},; fi
    COMPREPLY=($(IFS=' '; compgen -P "$before" -W "$values" -- "\${current#"$before"}"))
    if [[ \${COMPREPLY[0]} == *= ]]; then compopt -o nospace 2> /dev/null; fi
    return
  fi
  case $named in
${commands.map(commandCase).join('\n')}
  esac
  if [[ -z $command ]]; then words="$words ${names.join(' ')} help"; fi
  if [[ $current == -* ]]; then
    COMPREPLY=($(IFS=' '; compgen -W "$flags" -- "$current"))
    return
  fi
  COMPREPLY=($(IFS=' '; compgen -W "$words" -- "$current"))
  # With nothing in COMPREPLY bash completes file names by itself.
  if [[ -n $paths && \${#COMPREPLY[@]} -gt 0 ]]; then
    COMPREPLY+=($(compgen -f -- "$current"))
    compopt -o filenames 2> /dev/null
  fi
}
complete -o default -F _kubeplumb kubeplumb
`;
}

function valueCases({ name, flags }: CompletedCommand): string[] {
  return flags.flatMap((flag) => {
    const { value } = flag;
    if (value === undefined) return [];
    const behind = spellings(flag).flatMap((spelling) =>
      value.attached ? [`${name}1:${spelling}`] : [`${name}:${spelling}`, `${name}1:${spelling}`],
    );
    const { words, isList } = value;
    // Any value may be right: bash completes file names.
    const then = words.length === 0 ? 'return' : `values='${words.join(' ')}'`;
    return [`    ${behind.join('|')}) ${isList ? 'list=1 ' : ''}${then} ;;`];
  });
}

function commandCase({ name, flags, words, takesPaths }: CompletedCommand): string {
  const known = flags.flatMap((flag: CompletedFlag) => spellings(flag)).join(' ');
  return (
    `    ${name}) flags='${known}' words='${words.join(' ')}'${takesPaths ? '' : ' paths='} ` + ';;'
  );
}
