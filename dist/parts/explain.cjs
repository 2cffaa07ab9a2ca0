"use strict";module.exports={
115:(function(need,exports){const{F:x}=need(54);const{e:v,f:E,i:F}=need(35);need(36);need(55);need(69);need(70);need(29);need(31);need(56);const{b:M}=need(91);need(71);need(65);need(75);need(37);need(38);need(72);const{a:P}=need(10);need(11);need(12);need(17);const{a:b,c:W}=need(2);need(19);need(41);need(42);need(43);need(44);need(46);need(39);need(66);need(67);need(47);need(68);need(57);need(64);need(58);need(32);need(73);need(48);const{e:S}=need(13);const{a:y,b:w,c:g}=need(14);need(5);need(51);need(74);need(60);need(61);need(59);need(62);need(49);const{a:h,b:$}=need(15);need(3);need(45);need(24);need(63);need(50);need(52);need(40);need(6);need(20);const{readFileSync:O}=require("node:fs");const{dirname:R,join:A}=require("node:path");const{fileURLToPath:C}=require("node:url");;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;var U=30;function _(r,{style:n,width:i}){let e=[],s=[],a=[],p=!1,l=()=>{s.length>0&&h(e,g(k(s.join(" ")),i).map(t=>j(t,n))),a.length>0&&h(e,L(a,n,i)),s.length=0,a.length=0};for(let t of r.replace(/<!--[^<>]*-->\n?/g,"").split(/\r?\n/))if(t.startsWith("```"))l(),p=!p;else if(p)e.push(n.dim(`    ${t}`));else if(t.startsWith("|"))/^[|\s:-]+$/.test(t)||a.push(t.split("|").slice(1,-1).map(o=>o.trim()));else if(/^#+ /.test(t))l(),e.push(n.bold(t.replace(/^#+ /,"")));else if(/^\s*([-*]|\d+\.) /.test(t)){l();let[,o="",u="-",d=""]=/^(\s*)([-*]|\d+\.) (.*)$/.exec(t)??[],f=`${o}${u} `;h(e,g(k(d),i-f.length).map((m,c)=>j(`${c===0?f:" ".repeat(f.length)}${m}`,n)))}else t.trim()===""?(l(),e.push("")):s.push(t.trim());return l(),`${e.join(`
`).replace(/\n{3,}/g,`

`).trim()}
`}function k(r){return r.replace(/\[([^\][]+)\]\(([^()]+)\)/g,(n,i,e)=>i===e?e:`${i} (${e})`)}function j(r,n){return r.replace(/\*\*([^*]+)\*\*/g,(i,e)=>n.bold(e)).replace(/`([^`]+)`/g,(i,e)=>n.blue(e))}function L(r,n,i){let[e=[],...s]=r,a=t=>t.replace(/[`*]/g,"");if(s.length===1){let t=$(e.map(o=>y(a(o))));return e.flatMap((o,u)=>g(k(s[0]?.[u]??""),Math.max(U,i-t-2)).map((d,f)=>`${f===0?n.dim(w(a(o),t)):" ".repeat(t)}  ${j(d,n)}`))}let p=e.map((t,o)=>$(r.map(u=>y(a(u[o]??""))))),l=p.slice(0,-1).reduce((t,o)=>t+o+2,0);return r.flatMap((t,o)=>{let u=t.slice(0,-1).map((m,c)=>`${w(a(m),p[c]??0)}  `),[d="",...f]=g(a(t.at(-1)??""),Math.max(U,i-l));return[`${u.join("")}${d}`.trimEnd(),...f.map(m=>" ".repeat(l)+m)].map(m=>o===0?n.bold(m):m)})}var Z={name:"explain",summary:"explain a rule: what it finds, why it matters, how to fix it",usage:["explain RULE"],words:x.map(({meta:r})=>r.id),flags:[...E,...v],examples:[["kubeplumb explain target-port-name-unresolved","the page of that rule"]],async run(r,n){let i=await F(x,r,n),e=i.map(({meta:t})=>t.id),[s,a]=r.positionals;if(s===void 0||a!==void 0)throw new b("explain takes one rule; kubeplumb rules lists them","explain");let p=i.find(({meta:t})=>t.id===s);if(p===void 0)throw new b(s.includes("/")?`rule "${s}" is of a plugin that is not loaded; --allow-plugins or --plugin PATH loads it`:W(s,e),"explain");let l=P(r,n);return n.stdout.write(S(_(T(s)??H(p.meta),{style:l,width:Math.min(n.stdout.columns??100,100)}))),0}};function T(r){for(let n=R(C(require("node:url").pathToFileURL(__filename).href));;n=R(n))try{return O(A(n,"docs","rules",`${r}.md`),"utf8")}catch{if(R(n)===n)return}}function H(r){let{id:n,summary:i,severity:e,category:s,kinds:a,since:p,why:l,options:t={}}=r,o=M(r),u=[`severity ${e}`,`category ${s}`,...a.length>0?[`kinds ${a.join(", ")}`]:[],`since ${p}`],d=Object.entries(t).map(([m,c])=>`- \`${m}\`: ${c.description}; default \`${JSON.stringify(c.default)}\``),f=`${d.length===0?"":`
## Options

${d.join(`
`)}
`}${o===void 0?"":`
${o}
`}`;return`# ${n}

${i}

${u.map(m=>`- ${m}`).join(`
`)}

## Why it matters

${l}
${f}`};Object.assign(exports,{explain:Z});})
};
