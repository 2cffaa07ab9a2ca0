"use strict";module.exports={
168:(function(need,exports){const{a:_}=need(53);const{a:w}=need(38);const{b:P}=need(2);const{a:b,f:k}=need(3);need(18);need(7);need(4);need(5);need(8);need(6);const{a:y}=need(9);need(21);;;;;;;;;;;;;var d="lint",j=["IPv4","IPv6","IPv4,IPv6","IPv6,IPv4"],I={"kubernetes-version":Array.from({length:13},(e,n)=>`1.${25+n}`),"ip-families":j,"pod-ip-families":j};function O(e,n){return e.map(o=>({name:o.name,summary:o.summary,flags:[...o.flags,"color","help"].map(a=>S(a,o,n)),words:o.words??[],takesPaths:o.flags.includes("filename")}))}function S(e,{formats:n=[],flagHelp:o={}},a){let{short:t,aliases:r=[],help:i,value:l,values:m,optional:s,repeatable:f}=P[e],$=e==="output"?n.filter(h=>!h.includes("=")):e==="preset"?w:e==="rule"?a:s??m??I[e]??[],C=l==="DIR"?"directories":l==="FILE"||l==="PATH"?"files":void 0;return{name:e,long:[e,...r].map(h=>`--${h}`),...t!==void 0&&{short:`-${t}`},help:o[e]??i,repeatable:f===!0,...(l!==void 0||s!==void 0)&&{value:{name:l??"HOW",words:$,...C!==void 0&&{paths:C},attached:l===void 0}}}}function g({long:e,short:n}){return[...e,...n===void 0?[]:[n]]}function M(e){let n=e.map(({name:o})=>o);return`# bash completion for kubeplumb, made by: kubeplumb completion bash
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
  named=\${command:-${d}}
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
`}function z({name:e,flags:n}){return n.flatMap(o=>{let{value:a}=o;if(a===void 0)return[];let t=g(o).flatMap(r=>a.attached?[`${e}1:${r}`]:[`${e}:${r}`,`${e}1:${r}`]);return a.words.length===0?[`    ${t.join("|")}) return ;;`]:[`    ${t.join("|")}) values='${a.words.join(" ")}' ;;`]})}function D({name:e,flags:n,words:o,takesPaths:a}){let t=n.flatMap(r=>g(r)).join(" ");return`    ${e}) flags='${t}' words='${o.join(" ")}'${a?"":" paths="} ;;`}function F(e){let o=`not __fish_seen_subcommand_from ${e.map(({name:t})=>t).join(" ")} help`;return`# fish completion for kubeplumb, made by: kubeplumb completion fish
${e.flatMap(({name:t,summary:r,flags:i,words:l,takesPaths:m})=>{let s=`__fish_seen_subcommand_from ${t}`,f=t===d?`${s}; or ${o}`:s;return[`complete -c kubeplumb -n ${p(o)} -a ${t} -d ${p(r)}`,...m&&l.length===0?[]:[`complete -c kubeplumb -n ${p(s)}${m?"":" -f"}${R(l)}`],...i.map($=>`complete -c kubeplumb -n ${p(f)} ${E($)}`)]}).join(`
`)}
`}function E({long:e,short:n,help:o,value:a}){return[...[...n===void 0?[]:[`-s ${n.slice(1)}`],...e.map(r=>`-l ${r.slice(2)}`)],...a===void 0?[]:[V(a)],`-d ${p(o)}`].join(" ")}function V({words:e,paths:n,attached:o}){return n==="directories"?"-x -a '(__fish_complete_directories)'":`${o?"-f":e.length>0?"-x":"-r"}${R(e)}`.trim()}function R(e){return e.length===0?"":` -a ${p(e.join(" "))}`}function p(e){return`'${e.replaceAll("\\","\\\\").replaceAll("'","\\'")}'`}function v(e){return`#compdef kubeplumb
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
  case \${command:-${d}} in
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
`}function L({name:e,flags:n,words:o,takesPaths:a}){let t=n.flatMap(A),r=[...o.length===0?[]:[c(a?`2:argument:{ compadd -- ${o.join(" ")}; _files }`:`2:argument:(${o.join(" ")})`)],...a?[c("*:path:_files")]:[]],i=r.length===0?"":`
      if [[ -n $command ]]; then specs+=(${r.join(" ")}); fi`;return`    (${e})
      specs=(
${t.map(l=>`        ${c(l)}`).join(`
`)}
      )${i} ;;`}function A({long:e,short:n,help:o,repeatable:a,value:t}){let r=a?"*":`(${[...e,...n===void 0?[]:[n]].join(" ")})`,i=`[${o.replaceAll(/[\\[\]:]/g,"\\$&")}]`;if(t===void 0)return[...e,...n===void 0?[]:[n]].map(m=>`${r}${m}${i}`);let l=`:${t.attached?":":""}${t.name}:${Y(t)}`;return[...e.map(m=>`${r}${m}=${t.attached?"-":""}${i}${l}`),...n===void 0?[]:[`${r}${n}+${i}${l}`]]}function Y({words:e,paths:n}){return e.length>0?`(${e.join(" ")})`:n==="directories"?"_files -/":n==="files"?"_files":" "}function c(e){return`'${e.replaceAll("'","'\\''")}'`}var x={bash:M,zsh:v,fish:F},u=Object.keys(x);function re(e){return{name:"completion",summary:"print a script that completes commands, flags and their values in your shell",usage:[`completion ${u.join("|")}`],flags:[],words:u,notes:"bash: add the line below to ~/.bashrc. zsh: write the script to a file _kubeplumb in a directory of $fpath, or source it behind compinit. fish: write it to ~/.config/fish/completions/kubeplumb.fish.",examples:[["source <(kubeplumb completion bash)",'in ~/.bashrc; bash 3.2: eval "$(kubeplumb completion bash)"'],["source <(kubeplumb completion zsh)","in ~/.zshrc, behind compinit"],["kubeplumb completion fish > ~/.config/fish/completions/kubeplumb.fish","once"]],async run(n,o){let[a,t]=n.positionals;if(a===void 0||t!==void 0)throw new b(`completion takes one shell: ${u.join(", ")}`,"completion");let r=y(x,a);if(r===void 0)throw new b(k("shell",a,u),"completion");let i=_.map(({meta:l})=>l.id);return o.stdout.write(r(O(await e(),i))),0}}};Object.assign(exports,{completionCommand:re});})
};
