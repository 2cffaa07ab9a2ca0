"use strict";module.exports={
228:(function(need,exports){const{a:$,b:y,c:w}=need(165);const{a:A}=need(163);const{a:B}=need(117);const{a:b}=need(115);const{a:g,b:h}=need(155);const{a:x,g:S}=need(125);const{b:M}=need(154);const{dirname:j,join:C}=require("node:path");const{e:R}=need(162);const{fileURLToPath:T}=require("node:url");const{readFileSync:O}=require("node:fs");let W=(...e)=>(W=need(197).rulesWithPlugins96)(...e);const{g:_,h:v}=need(16);var D=30;function P(s,{style:e,width:p}){let r=[],a=[],i=[],l=!1,o="",t=()=>{a.length>0&&g(r,k(a.join(" "),p-o.length,e).map((n,m)=>(m===0?o:" ".repeat(o.length))+n)),o="",i.length>0&&g(r,L(i,e,p)),a.length=0,i.length=0};for(let n of s.replace(/<!--[^<>]*-->\n?/g,"").split(/\r?\n/))if(n.startsWith("```"))t(),l=!l;else if(l)r.push(e.dim(`    ${n}`));else if(n.startsWith("|"))/^[|\s:-]+$/.test(n)||i.push(n.split("|").slice(1,-1).map(m=>m.trim()));else if(/^#+ /.test(n))t(),r.push(e.bold(n.replace(/^#+ /,"")));else if(/^\s*([-*]|\d+\.) /.test(n)){t();let[,m="",d="-",c=""]=/^(\s*)([-*]|\d+\.) (.*)$/.exec(n)??[];o=`${m}${d} `,a.push(c)}else n.trim()===""?(t(),r.push("")):a.push(n.trim());return t(),`${r.join(`
`).replace(/\n{3,}/g,`

`).trim()}
`}function U(s){return s.replace(/\[([^\][]+)\]\(([^()]+)\)/g,(e,p,r)=>p===r?r:`${p} (${r})`)}var[E,F]=["\u200B","\u200D"];function k(s,e,p){let r=(i,l)=>l.replace(/[^ ]+/g,o=>i+o+i),a=U(s.replaceAll(E,"").replaceAll(F,"")).replace(/`([^`]+)`|\*\*([^*]+)\*\*|(?<![\w*])\*([^\s*][^*]*)\*(?![\w*])/g,(i,l,o,t)=>l===void 0?r(F,o??t??""):r(E,l));return w(a,e).map(i=>i.replace(/\u200D([^\u200D]*)\u200D/g,(l,o)=>p.bold(o)).replace(/\u200B([^\u200B]*)\u200B/g,(l,o)=>p.blue(o)))}function L(s,e,p){let[r=[],...a]=s,i=t=>k(t,t.length,A).join(" ");if(a.length===1){let t=h(r.map(n=>$(i(n))));return r.flatMap((n,m)=>k(a[0]?.[m]??"",Math.max(D,p-t-2),e).map((d,c)=>`${c===0?e.dim(y(i(n),t)):" ".repeat(t)}  ${d}`))}let l=r.map((t,n)=>h(s.map(m=>$(i(m[n]??""))))),o=l.slice(0,-1).reduce((t,n)=>t+n+2,0);return s.flatMap((t,n)=>{let m=t.slice(0,-1).map((u,f)=>`${y(i(u),l[f]??0)}  `),[d="",...c]=w(i(t.at(-1)??""),Math.max(D,p-o));return[`${m.join("")}${d}`.trimEnd(),...c.map(u=>" ".repeat(o)+u)].map(u=>n===0?e.bold(u):u)})}var rt={name:"explain",summary:"explain a rule: what it finds, why it matters, how to fix it",usage:["explain RULE"],words:b.map(({meta:s})=>s.id),flags:[...v,..._],examples:[["kubeplumb explain target-port-name-unresolved","the page of that rule"]],async run(s,e){let p=await W(b,s,e),r=p.map(({meta:t})=>t.id),[a,i]=s.positionals;if(a===void 0||i!==void 0)throw new x("explain takes one rule; kubeplumb rules lists them","explain");let l=p.find(({meta:t})=>t.id===a);if(l===void 0)throw new x(a.includes("/")?`rule "${a}" is of a plugin that is not loaded; --allow-plugins or --plugin PATH loads it`:S(a,r),"explain");let o=B(s,e);return e.stdout.write(R(P(H(a)??J(l.meta),{style:o,width:Math.min(e.stdout.columns??100,100)}))),0}};function H(s){for(let e=j(T(require("node:url").pathToFileURL(__filename).href));;e=j(e))try{return O(C(e,"docs","rules",`${s}.md`),"utf8")}catch{if(j(e)===e)return}}function J(s){let{id:e,summary:p,severity:r,category:a,kinds:i,since:l,why:o,options:t={}}=s,n=M(s),m=[`severity ${r}`,`category ${a}`,...i.length>0?[`kinds ${i.join(", ")}`]:[],`since ${l}`],d=Object.entries(t).map(([u,f])=>`- \`${u}\`: ${f.description}; default \`${JSON.stringify(f.default)}\``),c=`${d.length===0?"":`
## Options

${d.join(`
`)}
`}${n===void 0?"":`
${n}
`}`;return`# ${e}

${p}

${m.map(u=>`- ${u}`).join(`
`)}

## Why it matters

${o}
${c}`}Object.assign(exports,{explain:rt});})
};
