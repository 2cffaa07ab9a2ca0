"use strict";module.exports={
176:(function(need,exports){const{a:_}=need(74);const{b:P}=need(2);const{a:b,h:w}=need(3);need(8);need(20);const{a:k}=need(4);need(5);need(6);need(9);need(7);const{a:y}=need(45);need(21);;;;;;;;;;;;;var p="lint",j=["IPv4","IPv6","IPv4,IPv6","IPv6,IPv4"],I={"kubernetes-version":Array.from({length:13},(e,n)=>`1.${25+n}`),"ip-families":j,"pod-ip-families":j};function O(e,n){return e.map(o=>({name:o.name,summary:o.summary,flags:[...o.flags,"color","help"].map(t=>S(t,o,n)),words:o.words??[],takesPaths:o.flags.includes("filename")}))}function S(e,{formats:n=[],flagHelp:o={}},t){let{short:a,aliases:l=[],help:m,value:r,values:s,optional:d,repeatable:f}=P[e],$=e==="output"?n.filter(h=>!h.includes("=")):e==="preset"?k:e==="rule"||e==="disable"?t:d??s??I[e]??[],C=r==="DIR"?"directories":r==="FILE"||r==="PATH"?"files":void 0;return{name:e,long:[e,...l].map(h=>`--${h}`),...a!==void 0&&{short:`-${a}`},help:o[e]??m,repeatable:f===!0,...(r!==void 0||d!==void 0)&&{value:{name:r??"HOW",words:$,...C!==void 0&&{paths:C},attached:r===void 0}}}}function g({long:e,short:n}){return[...e,...n===void 0?[]:[n]]}function M(e){let n=e.map(({name:o})=>o);return`# bash completion for kubeplumb, made by: kubeplumb completion bash
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
${e.flatMap(z).join(`
`)}
  esac
  if [[ -n $values ]]; then
    COMPREPLY=($(IFS=' '; compgen -W "$values" -- "$current"))
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
`}function z({name:e,flags:n}){return n.flatMap(o=>{let{value:t}=o;if(t===void 0)return[];let a=g(o).flatMap(l=>t.attached?[`${e}1:${l}`]:[`${e}:${l}`,`${e}1:${l}`]);return t.words.length===0?[`    ${a.join("|")}) return ;;`]:[`    ${a.join("|")}) values='${t.words.join(" ")}' ;;`]})}function D({name:e,flags:n,words:o,takesPaths:t}){let a=n.flatMap(l=>g(l)).join(" ");return`    ${e}) flags='${a}' words='${o.join(" ")}'${t?"":" paths="} ;;`}function F(e){let n=e.map(({name:a})=>a).join(" "),o=`not __fish_seen_subcommand_from ${n} help`,t=e.flatMap(({name:a,summary:l,flags:m,words:r,takesPaths:s})=>{let d=`__fish_seen_subcommand_from ${a}`,f=a===p?`${d}; or ${o}`:d;return[`complete -c kubeplumb -n ${i(o)} -a ${a} -d ${i(l)}`,...s&&r.length===0?[]:[`complete -c kubeplumb -n ${i(d)}${s?"":" -f"}${R(r)}`],...m.map($=>`complete -c kubeplumb -n ${i(f)} ${E($)}`)]});return t.push(`complete -c kubeplumb -n ${i(o)} -a help -d ${i("explain a command")}`,`complete -c kubeplumb -n '__fish_seen_subcommand_from help' -f -a ${i(n)}`),`# fish completion for kubeplumb, made by: kubeplumb completion fish
${t.join(`
`)}
`}function E({long:e,short:n,help:o,value:t}){return[...[...n===void 0?[]:[`-s ${n.slice(1)}`],...e.map(l=>`-l ${l.slice(2)}`)],...t===void 0?[]:[V(t)],`-d ${i(o)}`].join(" ")}function V({words:e,paths:n,attached:o}){return n==="directories"?"-x -a '(__fish_complete_directories)'":`${o?"-f":e.length>0?"-x":"-r"}${R(e)}`.trim()}function R(e){return e.length===0?"":` -a ${i(e.join(" "))}`}function i(e){return`'${e.replaceAll("\\","\\\\").replaceAll("'","\\'")}'`}function v(e){return`#compdef kubeplumb
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
${e.map(L).join(`
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
`}function L({name:e,flags:n,words:o,takesPaths:t}){let a=n.flatMap(A),l=[...o.length===0?[]:[c(t?`2:argument:{ compadd -- ${o.join(" ")}; _files }`:`2:argument:(${o.join(" ")})`)],...t?[c("*:path:_files")]:[]],m=l.length===0?"":`
      if [[ -n $command ]]; then specs+=(${l.join(" ")}); fi`;return`    (${e})
      specs=(
${a.map(r=>`        ${c(r)}`).join(`
`)}
      )${m} ;;`}function A({long:e,short:n,help:o,repeatable:t,value:a}){let l=t?"*":`(${[...e,...n===void 0?[]:[n]].join(" ")})`,m=`[${o.replaceAll(/[\\[\]:]/g,"\\$&")}]`;if(a===void 0)return[...e,...n===void 0?[]:[n]].map(s=>`${l}${s}${m}`);let r=`:${a.attached?":":""}${a.name}:${Y(a)}`;return[...e.map(s=>`${l}${s}=${a.attached?"-":""}${m}${r}`),...n===void 0?[]:[`${l}${n}+${m}${r}`]]}function Y({words:e,paths:n}){return e.length>0?`(${e.join(" ")})`:n==="directories"?"_files -/":n==="files"?"_files":" "}function c(e){return`'${e.replaceAll("'","'\\''")}'`}var x={bash:M,zsh:v,fish:F},u=Object.keys(x);function le(e){return{name:"completion",summary:"print a script that completes commands, flags and their values in your shell",usage:[`completion ${u.join("|")}`],flags:[],words:u,notes:"bash: add the line below to ~/.bashrc. zsh: write the script to a file _kubeplumb in a directory of $fpath, or source it behind compinit. fish: write it to ~/.config/fish/completions/kubeplumb.fish.",examples:[["source <(kubeplumb completion bash)",'in ~/.bashrc; bash 3.2: eval "$(kubeplumb completion bash)"'],["source <(kubeplumb completion zsh)","in ~/.zshrc, behind compinit"],["kubeplumb completion fish > ~/.config/fish/completions/kubeplumb.fish","once"]],async run(n,o){let[t,a]=n.positionals;if(t===void 0||a!==void 0)throw new b(`completion takes one shell: ${u.join(", ")}`,"completion");let l=y(x,t);if(l===void 0)throw new b(w("shell",t,u),"completion");let m=_.map(({meta:r})=>r.id);return o.stdout.write(l(O(await e(),m))),0}}};Object.assign(exports,{completionCommand:le});})
};
