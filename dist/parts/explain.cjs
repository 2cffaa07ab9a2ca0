"use strict";module.exports={
238:(function(need,exports){const{a:$,b:y,c:w}=need(174);const{a:A}=need(172);const{a:B}=need(125);const{a:b}=need(123);const{a:f,b:h}=need(164);const{a:x,g:S}=need(133);const{b:M}=need(163);const{dirname:j,join:C}=require("node:path");const{e:R}=need(171);const{fileURLToPath:T}=require("node:url");const{readFileSync:O}=require("node:fs");let W=(...e)=>(W=need(207).rulesWithPlugins102)(...e);const{h:_,i:v}=need(18);var D=30;function P(i,{style:n,width:m}){let e=[],o=[],r=[],a=!1,s="",t=()=>{o.length>0&&f(e,k(o.join(" "),m-s.length,n).map((p,u)=>(u===0?s:" ".repeat(s.length))+p)),s="",r.length>0&&f(e,L(r,n,m)),o.length=0,r.length=0};for(let p=i.replace(/<!--[^<>]*-->\n?/g,"").split(/\r?\n/),u=0;u<p.length;u++){let l=p[u];if(l.startsWith("```"))t(),a=!a;else if(a)e.push(n.dim(`    ${l}`));else if(l.startsWith("|"))/^[|\s:-]+$/.test(l)||r.push(l.split("|").slice(1,-1).map(g=>g.trim()));else if(/^#+ /.test(l))t(),e.push(n.bold(l.replace(/^#+ /,"")));else if(/^\s*([-*]|\d+\.) /.test(l)){t();let{1:g="",2:d="-",3:c=""}=/^(\s*)([-*]|\d+\.) (.*)$/.exec(l)??[];s=`${g}${d} `,o.push(c)}else l.trim()===""?(t(),e.push("")):o.push(l.trim())}return t(),`${e.join(`
`).replace(/\n{3,}/g,`

`).trim()}
`}function U(i){return i.replace(/\[([^\][]+)\]\(([^()]+)\)/g,(n,m,e)=>m===e?e:`${m} (${e})`)}var{0:E,1:F}=["\u200B","\u200D"];function k(i,n,m){let e=(r,a)=>a.replace(/[^ ]+/g,s=>r+s+r),o=U(i.replaceAll(E,"").replaceAll(F,"")).replace(/`([^`]+)`|\*\*([^*]+)\*\*|(?<![\w*])\*([^\s*][^*]*)\*(?![\w*])/g,(r,a,s,t)=>a===void 0?e(F,s??t??""):e(E,a));return w(o,n).map(r=>r.replace(/\u200D([^\u200D]*)\u200D/g,(a,s)=>m.bold(s)).replace(/\u200B([^\u200B]*)\u200B/g,(a,s)=>m.blue(s)))}function L(i,n,m){let[e=[],...o]=i,r=t=>k(t,t.length,A).join(" ");if(o.length===1){let t=h(e.map(p=>$(r(p))));return e.flatMap((p,u)=>k(o[0]?.[u]??"",Math.max(D,m-t-2),n).map((l,g)=>`${g===0?n.dim(y(r(p),t)):" ".repeat(t)}  ${l}`))}let a=e.map((t,p)=>h(i.map(u=>$(r(u[p]??""))))),s=a.slice(0,-1).reduce((t,p)=>t+p+2,0);return i.flatMap((t,p)=>{let u=t.slice(0,-1).map((d,c)=>`${y(r(d),a[c]??0)}  `),[l="",...g]=w(r(t.at(-1)??""),Math.max(D,m-s));return[`${u.join("")}${l}`.trimEnd(),...g.map(d=>" ".repeat(s)+d)].map(d=>p===0?n.bold(d):d)})}var rt={name:"explain",summary:"explain a rule: what it finds, why it matters, how to fix it",usage:["explain RULE"],words:b.map(({meta:i})=>i.id),flags:[...v,..._],examples:[["kubeplumb explain target-port-name-unresolved","the page of that rule"]],async run(i,n){let m=await W(b,i,n),e=m.map(({meta:t})=>t.id),{0:o,1:r}=i.positionals;if(o===void 0||r!==void 0)throw new x("explain takes one rule; kubeplumb rules lists them","explain");let a=m.find(({meta:t})=>t.id===o);if(a===void 0)throw new x(o.includes("/")?`rule "${o}" is of a plugin that is not loaded; --allow-plugins or --plugin PATH loads it`:S(o,e),"explain");let s=B(i,n);return n.stdout.write(R(P(H(o)??J(a.meta),{style:s,width:Math.min(n.stdout.columns??100,100)}))),0}};function H(i){for(let n=j(T(require("node:url").pathToFileURL(__filename).href));;n=j(n))try{return O(C(n,"docs","rules",`${i}.md`),"utf8")}catch{if(j(n)===n)return}}function J(i){let{id:n,summary:m,severity:e,category:o,kinds:r,since:a,why:s,options:t={}}=i,p=M(i),u=[`severity ${e}`,`category ${o}`,...r.length>0?[`kinds ${r.join(", ")}`]:[],`since ${a}`],l=Object.entries(t).map(({0:d,1:c})=>`- \`${d}\`: ${c.description}; default \`${JSON.stringify(c.default)}\``),g=`${l.length===0?"":`
## Options

${l.join(`
`)}
`}${p===void 0?"":`
${p}
`}`;return`# ${n}

${m}

${u.map(d=>`- ${d}`).join(`
`)}

## Why it matters

${s}
${g}`}Object.assign(exports,{explain:rt});})
};
