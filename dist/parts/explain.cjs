"use strict";module.exports={
242:(function(need,exports){const{a:$,b:y,c:w}=need(177);const{a:A}=need(175);const{a:B}=need(125);const{a:b}=need(123);const{a:g,b:h}=need(165);const{a:x,i:M}=need(134);const{b:S}=need(164);const{dirname:j,join:C}=require("node:path");const{e:R}=need(174);const{fileURLToPath:T}=require("node:url");const{readFileSync:L}=require("node:fs");let W=(...e)=>(W=need(211).rulesWithPlugins111)(...e);const{h:_,i:v}=need(21);var D=30;function O(s,{style:n,width:m}){let e=[],r=[],i=[],a=!1,o="",t=()=>{r.length>0&&g(e,k(r.join(" "),m-o.length,n).map((p,u)=>(u===0?o:" ".repeat(o.length))+p)),o="",i.length>0&&g(e,U(i,n,m)),r.length=0,i.length=0};for(let p=s.replace(/<!--[^<>]*-->\n?/g,"").split(/\r?\n/),u=0;u<p.length;u++){let l=p[u];if(l.startsWith("```"))t(),a=!a;else if(a)e.push(n.dim(`    ${l}`));else if(l.startsWith("|"))/^[|\s:-]+$/.test(l)||i.push(l.split("|").slice(1,-1).map(c=>c.trim()));else if(/^#+ /.test(l))t(),e.push(n.bold(l.replace(/^#+ /,"")));else if(/^\s*([-*]|\d+\.) /.test(l)){t();let{1:c="",2:d="-",3:f=""}=/^(\s*)([-*]|\d+\.) (.*)$/.exec(l)??[];o=`${c}${d} `,r.push(f)}else l.trim()===""?(t(),e.push("")):r.push(l.trim())}return t(),`${e.join(`
`).replace(/\n{3,}/g,`

`).trim()}
`}function P(s){return s.replace(/\[([^\][]+)\]\(([^()]+)\)/g,(n,m,e)=>m===e?e:`${m} (${e})`)}var{0:E,1:F}=["\u200B","\u200D"];function k(s,n,m){let e=(i,a)=>a.replace(/[^ ]+/g,o=>i+o+i),r=P(s.replaceAll(E,"").replaceAll(F,"")).replace(/`([^`]+)`|\*\*([^*]+)\*\*|(?<![\w*])\*([^\s*][^*]*)\*(?![\w*])/g,(i,a,o,t)=>a===void 0?e(F,o??t??""):e(E,a));return w(r,n).map(i=>i.replace(/\u200D([^\u200D]*)\u200D/g,(a,o)=>m.bold(o)).replace(/\u200B([^\u200B]*)\u200B/g,(a,o)=>m.blue(o)))}function U(s,n,m){let[e=[],...r]=s,i=t=>k(t,t.length,A).join(" ");if(r.length===1){let t=h(e.map(p=>$(i(p))));return e.flatMap((p,u)=>k(r[0]?.[u]??"",Math.max(D,m-t-2),n).map((l,c)=>`${c===0?n.dim(y(i(p),t)):" ".repeat(t)}  ${l}`))}let a=e.map((t,p)=>h(s.map(u=>$(i(u[p]??""))))),o=a.slice(0,-1).reduce((t,p)=>t+p+2,0);return s.flatMap((t,p)=>{let u=t.slice(0,-1).map((d,f)=>`${y(i(d),a[f]??0)}  `),[l="",...c]=w(i(t.at(-1)??""),Math.max(D,m-o));return[`${u.join("")}${l}`.trimEnd(),...c.map(d=>" ".repeat(o)+d)].map(d=>p===0?n.bold(d):d)})}var rt={name:"explain",summary:"explain a rule: what it finds, why it matters, how to fix it",usage:["explain RULE"],words:b.map(({meta:s})=>s.id),flags:[...v,..._],examples:[["kubeplumb explain target-port-name-unresolved","the page of that rule"]],async run(s,n){let m=await W(b,s,n),e=m.map(({meta:t})=>t.id),{0:r,1:i}=s.positionals;if(r===void 0||i!==void 0)throw new x("explain takes one rule; kubeplumb rules lists them","explain");let a=m.find(({meta:t})=>t.id===r);if(a===void 0)throw new x(r.includes("/")&&!e.some(t=>t.startsWith(r.slice(0,r.indexOf("/")+1)))?`rule "${r}" is of a plugin that is not loaded; --allow-plugins or --plugin PATH loads it`:M(r,e),"explain");let o=B(s,n);return n.stdout.write(R(O(H(r)??J(a.meta),{style:o,width:Math.min(n.stdout.columns??100,100)}))),0}};function H(s){for(let n=j(T(require("node:url").pathToFileURL(__filename).href));;n=j(n))try{return L(C(n,"docs","rules",`${s}.md`),"utf8")}catch{if(j(n)===n)return}}function J(s){let{id:n,summary:m,severity:e,category:r,kinds:i,since:a,why:o,options:t={}}=s,p=S(s),u=[`severity ${e}`,`category ${r}`,...i.length>0?[`kinds ${i.join(", ")}`]:[],`since ${a}`],l=Object.entries(t).map(({0:d,1:f})=>`- \`${d}\`: ${f.description}; default \`${JSON.stringify(f.default)}\``),c=`${l.length===0?"":`
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

${o}
${c}`}Object.assign(exports,{explain:rt});})
};
