"use strict";module.exports={
238:(function(need,exports){const{a:O}=need(123);const{a:_}=need(171);const{a:b,j:P}=need(134);const{a:j}=need(130);const{a:k}=need(140);const{c:g,d:w}=need(81);var d="lint",M=["IPv4","IPv6","IPv4,IPv6","IPv6,IPv4"],E={"kubernetes-version":Array.from({length:w-g+1},(e,n)=>`1.${g+n}`),"ip-families":M,"pod-ip-families":M};function R(e,n){return e.map(o=>({name:o.name,summary:o.summary,flags:[...o.flags,"color","help"].map(t=>S(t,o,n)),words:o.words??[],takesPaths:o.flags.includes("filename")}))}function S(e,{formats:n=[],flagHelp:o={}},t){let{short:a,aliases:l=[],help:r,value:i,values:s,optional:p,repeatable:$}=j[e],c=e==="rule"||e==="disable",L=e==="output"?n.map(h=>h.replace(/(?<==).*/s,"")):e==="preset"?k:c?t:p??s??E[e]??[],y=i==="DIR"?"directories":i==="FILE"||i==="PATH"?"files":void 0;return{name:e,long:[e,...l].map(h=>`--${h}`),...a!==void 0&&{short:`-${a}`},help:o[e]??r,repeatable:$===!0,...(i!==void 0||p!==void 0)&&{value:{name:i??"HOW",words:L,isList:c,...y!==void 0&&{paths:y},attached:i===void 0}}}}function C({long:e,short:n}){return[...e,...n===void 0?[]:[n]]}function v(e){let n=e.map(({name:o})=>o);return`# bash completion for kubeplumb, made by: kubeplumb completion bash
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
      ${n.join("|")}) command=$word; break ;;
    esac
  done
  named=\${command:-${d}}
  case $named$attached:$previous in
${e.flatMap(z).join(`
`)}
  esac
  if [[ -n $values ]]; then
    # Of a list the last word.
    if [[ -n $list && $current == *,* ]]; then before=\${current%,*},; fi
    COMPREPLY=($(IFS=' '; compgen -P "$before" -W "$values" -- "\${current#"$before"}"))
    if [[ \${COMPREPLY[0]} == *= ]]; then compopt -o nospace 2> /dev/null; fi
    return
  fi
  case $named in
${e.map(D).join(`
`)}
  esac
  if [[ -z $command ]]; then words="$words ${n.join(" ")} help"; fi
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
`}function z({name:e,flags:n}){return n.flatMap(o=>{let{value:t}=o;if(t===void 0)return[];let a=C(o).flatMap(s=>t.attached?[`${e}1:${s}`]:[`${e}:${s}`,`${e}1:${s}`]),{words:l,isList:r}=t,i=l.length===0?"return":`values='${l.join(" ")}'`;return[`    ${a.join("|")}) ${r?"list=1 ":""}${i} ;;`]})}function D({name:e,flags:n,words:o,takesPaths:t}){let a=n.flatMap(l=>C(l)).join(" ");return`    ${e}) flags='${a}' words='${o.join(" ")}'${t?"":" paths="} ;;`}function F(e){let n=e.map(({name:a})=>a).join(" "),o=`not __fish_seen_subcommand_from ${n} help`,t=e.flatMap(({name:a,summary:l,flags:r,words:i,takesPaths:s})=>{let p=`__fish_seen_subcommand_from ${a}`,$=a===d?`${p}; or ${o}`:p;return[`complete -c kubeplumb -n ${m(o)} -a ${a} -d ${m(l)}`,...s&&i.length===0?[]:[`complete -c kubeplumb -n ${m(p)}${s?"":" -f"}${x(i)}`],...r.map(c=>`complete -c kubeplumb -n ${m($)} ${V(c)}`)]});return t.push(`complete -c kubeplumb -n ${m(o)} -a help -d ${m("explain a command")}`,`complete -c kubeplumb -n '__fish_seen_subcommand_from help' -f -a ${m(n)}`),`# fish completion for kubeplumb, made by: kubeplumb completion fish
${t.join(`
`)}
`}function V({long:e,short:n,help:o,value:t}){return[...[...n===void 0?[]:[`-s ${n.slice(1)}`],...e.map(l=>`-l ${l.slice(2)}`)],...t===void 0?[]:[Y(t)],`-d ${m(o)}`].join(" ")}function Y({words:e,isList:n,paths:o,attached:t}){if(o==="directories")return"-x -a '(__fish_complete_directories)'";if(n){let a=`string split " " ${m(e.join(" "))}`;return`-x -a ${m(`(__fish_complete_list , ${m(a)})`)}`}return`${t?"-f":e.length>0?"-x":"-r"}${x(e)}`.trim()}function x(e){return e.length===0?"":` -a ${m(e.join(" "))}`}function m(e){return`'${e.replaceAll("\\","\\\\").replaceAll("'","\\'")}'`}function W(e){return`#compdef kubeplumb
# zsh completion for kubeplumb, made by: kubeplumb completion zsh
_kubeplumb() {
  local command= word
  local -a commands specs
  commands=(
${e.map(({name:n,summary:o})=>`    ${u(`${n}:${o}`)}`).join(`
`)}
    'help:explain a command'
  )
  for word in \${words[2,CURRENT-1]}; do
    case $word in
      (${e.map(({name:n})=>n).join("|")}) command=$word; break ;;
    esac
  done
  case \${command:-${d}} in
${e.map(A).join(`
`)}
  esac
  if [[ -n $command ]]; then
    specs+=("1: :($command)")
  else
    specs+=('1:command or path:{ _describe -t commands command commands; _files }' '*:path:_files')
  fi
  _arguments -S $specs
}
if [[ $funcstack[1] == _kubeplumb ]]; then _kubeplumb "$@"; else compdef _kubeplumb kubeplumb; fi
`}function A({name:e,flags:n,words:o,takesPaths:t}){let a=n.flatMap(N),l=[...o.length===0?[]:[u(t?`2:argument:{ compadd -- ${o.join(" ")}; _files }`:`2:argument:(${o.join(" ")})`)],...t?[u("*:path:_files")]:[]],r=l.length===0?"":`
      if [[ -n $command ]]; then specs+=(${l.join(" ")}); fi`;return`    (${e})
      specs=(
${a.map(i=>`        ${u(i)}`).join(`
`)}
      )${r} ;;`}function N({long:e,short:n,help:o,repeatable:t,value:a}){let l=t?"*":`(${[...e,...n===void 0?[]:[n]].join(" ")})`,r=`[${o.replaceAll(/[\\[\]:]/g,"\\$&")}]`;if(a===void 0)return[...e,...n===void 0?[]:[n]].map(s=>`${l}${s}${r}`);let i=`:${a.attached?":":""}${a.name}:${q(a)}`;return[...e.map(s=>`${l}${s}=${a.attached?"-":""}${r}${i}`),...n===void 0?[]:[`${l}${n}+${r}${i}`]]}function q({words:e,isList:n,paths:o}){return n?`_sequence compadd - ${e.join(" ")}`:e.length>0?`(${e.join(" ")})`:o==="directories"?"_files -/":o==="files"?"_files":" "}function u(e){return`'${e.replaceAll("'","'\\''")}'`}var I={bash:v,zsh:W,fish:F},f=Object.keys(I);function re(e){return{name:"completion",summary:"print a script that completes commands, flags and their values in your shell",usage:[`completion ${f.join("|")}`],flags:[],words:f,notes:"bash: add the line below to ~/.bashrc. zsh: write the script to a file _kubeplumb in a directory of $fpath, or source it behind compinit. fish: write it to ~/.config/fish/completions/kubeplumb.fish.",examples:[["source <(kubeplumb completion bash)",'in ~/.bashrc; bash 3.2: eval "$(kubeplumb completion bash)"'],["source <(kubeplumb completion zsh)","in ~/.zshrc, behind compinit"],["kubeplumb completion fish > ~/.config/fish/completions/kubeplumb.fish","once"]],async run(n,o){let{0:t,1:a}=n.positionals;if(t===void 0||a!==void 0)throw new b(`completion takes one shell: ${f.join(", ")}`,"completion");let l=_(I,t);if(l===void 0)throw new b(P("shell",t,f),"completion");let r=O.map(({meta:i})=>i.id);return o.stdout.write(l(R(await e(),r))),0}}}Object.assign(exports,{completionCommand:re});})
};
