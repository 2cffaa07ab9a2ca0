"use strict";module.exports={
233:(function(need,exports){const{a:O}=need(127);const{a:_}=need(166);const{a:g,j:P}=need(130);const{a:j}=need(120);const{a:k}=need(136);const{c:b,d:w}=need(79);var p="lint",M=["IPv4","IPv6","IPv4,IPv6","IPv6,IPv4"],S={"kubernetes-version":Array.from({length:w-b+1},(e,n)=>`1.${b+n}`),"ip-families":M,"pod-ip-families":M};function F(e,n){return e.map(o=>({name:o.name,summary:o.summary,flags:[...o.flags,"color","help"].map(t=>z(t,o,n)),words:o.words??[],takesPaths:o.flags.includes("filename")}))}function z(e,{formats:n=[],flagHelp:o={}},t){let{short:a,aliases:l=[],help:m,value:r,values:s,optional:d,repeatable:f}=O[e],$=e==="output"?n.filter(h=>!h.includes("=")):e==="preset"?k:e==="rule"||e==="disable"?t:d??s??S[e]??[],y=r==="DIR"?"directories":r==="FILE"||r==="PATH"?"files":void 0;return{name:e,long:[e,...l].map(h=>`--${h}`),...a!==void 0&&{short:`-${a}`},help:o[e]??m,repeatable:f===!0,...(r!==void 0||d!==void 0)&&{value:{name:r??"HOW",words:$,...y!==void 0&&{paths:y},attached:r===void 0}}}}function C({long:e,short:n}){return[...e,...n===void 0?[]:[n]]}function R(e){let n=e.map(({name:o})=>o);return`# bash completion for kubeplumb, made by: kubeplumb completion bash
_kubeplumb() {
  local IFS=$'\\n'
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  local attached= command= named= flags= words= paths=1 values= word
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
  named=\${command:-${p}}
  case $named$attached:$previous in
${e.flatMap(D).join(`
`)}
  esac
  if [[ -n $values ]]; then
    COMPREPLY=($(IFS=' '; compgen -W "$values" -- "$current"))
    return
  fi
  case $named in
${e.map(E).join(`
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
`}function D({name:e,flags:n}){return n.flatMap(o=>{let{value:t}=o;if(t===void 0)return[];let a=C(o).flatMap(l=>t.attached?[`${e}1:${l}`]:[`${e}:${l}`,`${e}1:${l}`]);return t.words.length===0?[`    ${a.join("|")}) return ;;`]:[`    ${a.join("|")}) values='${t.words.join(" ")}' ;;`]})}function E({name:e,flags:n,words:o,takesPaths:t}){let a=n.flatMap(l=>C(l)).join(" ");return`    ${e}) flags='${a}' words='${o.join(" ")}'${t?"":" paths="} ;;`}function v(e){let n=e.map(({name:a})=>a).join(" "),o=`not __fish_seen_subcommand_from ${n} help`,t=e.flatMap(({name:a,summary:l,flags:m,words:r,takesPaths:s})=>{let d=`__fish_seen_subcommand_from ${a}`,f=a===p?`${d}; or ${o}`:d;return[`complete -c kubeplumb -n ${i(o)} -a ${a} -d ${i(l)}`,...s&&r.length===0?[]:[`complete -c kubeplumb -n ${i(d)}${s?"":" -f"}${x(r)}`],...m.map($=>`complete -c kubeplumb -n ${i(f)} ${V($)}`)]});return t.push(`complete -c kubeplumb -n ${i(o)} -a help -d ${i("explain a command")}`,`complete -c kubeplumb -n '__fish_seen_subcommand_from help' -f -a ${i(n)}`),`# fish completion for kubeplumb, made by: kubeplumb completion fish
${t.join(`
`)}
`}function V({long:e,short:n,help:o,value:t}){return[...[...n===void 0?[]:[`-s ${n.slice(1)}`],...e.map(l=>`-l ${l.slice(2)}`)],...t===void 0?[]:[L(t)],`-d ${i(o)}`].join(" ")}function L({words:e,paths:n,attached:o}){return n==="directories"?"-x -a '(__fish_complete_directories)'":`${o?"-f":e.length>0?"-x":"-r"}${x(e)}`.trim()}function x(e){return e.length===0?"":` -a ${i(e.join(" "))}`}function i(e){return`'${e.replaceAll("\\","\\\\").replaceAll("'","\\'")}'`}function W(e){return`#compdef kubeplumb
# zsh completion for kubeplumb, made by: kubeplumb completion zsh
_kubeplumb() {
  local command= word
  local -a commands specs
  commands=(
${e.map(({name:n,summary:o})=>`    ${c(`${n}:${o}`)}`).join(`
`)}
    'help:explain a command'
  )
  for word in \${words[2,CURRENT-1]}; do
    case $word in
      (${e.map(({name:n})=>n).join("|")}) command=$word; break ;;
    esac
  done
  case \${command:-${p}} in
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
`}function A({name:e,flags:n,words:o,takesPaths:t}){let a=n.flatMap(Y),l=[...o.length===0?[]:[c(t?`2:argument:{ compadd -- ${o.join(" ")}; _files }`:`2:argument:(${o.join(" ")})`)],...t?[c("*:path:_files")]:[]],m=l.length===0?"":`
      if [[ -n $command ]]; then specs+=(${l.join(" ")}); fi`;return`    (${e})
      specs=(
${a.map(r=>`        ${c(r)}`).join(`
`)}
      )${m} ;;`}function Y({long:e,short:n,help:o,repeatable:t,value:a}){let l=t?"*":`(${[...e,...n===void 0?[]:[n]].join(" ")})`,m=`[${o.replaceAll(/[\\[\]:]/g,"\\$&")}]`;if(a===void 0)return[...e,...n===void 0?[]:[n]].map(s=>`${l}${s}${m}`);let r=`:${a.attached?":":""}${a.name}:${N(a)}`;return[...e.map(s=>`${l}${s}=${a.attached?"-":""}${m}${r}`),...n===void 0?[]:[`${l}${n}+${m}${r}`]]}function N({words:e,paths:n}){return e.length>0?`(${e.join(" ")})`:n==="directories"?"_files -/":n==="files"?"_files":" "}function c(e){return`'${e.replaceAll("'","'\\''")}'`}var I={bash:R,zsh:W,fish:v},u=Object.keys(I);function re(e){return{name:"completion",summary:"print a script that completes commands, flags and their values in your shell",usage:[`completion ${u.join("|")}`],flags:[],words:u,notes:"bash: add the line below to ~/.bashrc. zsh: write the script to a file _kubeplumb in a directory of $fpath, or source it behind compinit. fish: write it to ~/.config/fish/completions/kubeplumb.fish.",examples:[["source <(kubeplumb completion bash)",'in ~/.bashrc; bash 3.2: eval "$(kubeplumb completion bash)"'],["source <(kubeplumb completion zsh)","in ~/.zshrc, behind compinit"],["kubeplumb completion fish > ~/.config/fish/completions/kubeplumb.fish","once"]],async run(n,o){let{0:t,1:a}=n.positionals;if(t===void 0||a!==void 0)throw new g(`completion takes one shell: ${u.join(", ")}`,"completion");let l=_(I,t);if(l===void 0)throw new g(P("shell",t,u),"completion");let m=j.map(({meta:r})=>r.id);return o.stdout.write(l(F(await e(),m))),0}}}Object.assign(exports,{completionCommand:re});})
};
