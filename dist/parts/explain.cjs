"use strict";module.exports={
99:(function(need,exports){const{W:x}=need(66);need(67);need(69);need(63);const{a:S}=need(11);const{g:v,h:E,k:F}=need(23);need(24);need(25);need(28);need(29);need(30);need(18);const{a:b,c:W}=need(2);need(38);need(12);need(20);need(8);need(26);need(22);need(39);const{h:y,i:w,j:g}=need(15);need(54);need(47);need(70);need(71);need(68);const{b:M}=need(80);need(72);need(40);need(75);need(64);need(5);need(31);need(50);need(55);need(73);need(48);const{a:h,b:$}=need(34);need(9);need(74);need(51);need(32);need(33);need(49);need(3);need(35);need(27);need(6);need(56);const{readFileSync:L}=require("node:fs");const{dirname:R,join:O}=require("node:path");const{fileURLToPath:A}=require("node:url");;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;var P=30;function U(r,{style:n,width:i}){let e=[],s=[],a=[],m=!1,l=()=>{s.length>0&&h(e,g(k(s.join(" ")),i).map(t=>j(t,n))),a.length>0&&h(e,_(a,n,i)),s.length=0,a.length=0};for(let t of r.replace(/<!--[\s\S]*?-->\n?/g,"").split(/\r?\n/))if(t.startsWith("```"))l(),m=!m;else if(m)e.push(n.dim(`    ${t}`));else if(t.startsWith("|"))/^[|\s:-]+$/.test(t)||a.push(t.split("|").slice(1,-1).map(o=>o.trim()));else if(/^#+ /.test(t))l(),e.push(n.bold(t.replace(/^#+ /,"")));else if(/^\s*([-*]|\d+\.) /.test(t)){l();let[,o="",u="-",f=""]=/^(\s*)([-*]|\d+\.) (.*)$/.exec(t)??[],d=`${o}${u} `;h(e,g(k(f),i-d.length).map((p,c)=>j(`${c===0?d:" ".repeat(d.length)}${p}`,n)))}else t.trim()===""?(l(),e.push("")):s.push(t.trim());return l(),`${e.join(`
`).replace(/\n{3,}/g,`

`).trim()}
`}function k(r){return r.replace(/\[([^\]]+)\]\(([^)]+)\)/g,(n,i,e)=>i===e?e:`${i} (${e})`)}function j(r,n){return r.replace(/\*\*([^*]+)\*\*/g,(i,e)=>n.bold(e)).replace(/`([^`]+)`/g,(i,e)=>n.blue(e))}function _(r,n,i){let[e=[],...s]=r,a=t=>t.replace(/[`*]/g,"");if(s.length===1){let t=$(e.map(o=>y(a(o))));return e.flatMap((o,u)=>g(k(s[0]?.[u]??""),Math.max(P,i-t-2)).map((f,d)=>`${d===0?n.dim(w(a(o),t)):" ".repeat(t)}  ${j(f,n)}`))}let m=e.map((t,o)=>$(r.map(u=>y(a(u[o]??""))))),l=m.slice(0,-1).reduce((t,o)=>t+o+2,0);return r.flatMap((t,o)=>{let u=t.slice(0,-1).map((p,c)=>`${w(a(p),m[c]??0)}  `),[f="",...d]=g(a(t.at(-1)??""),Math.max(P,i-l));return[`${u.join("")}${f}`.trimEnd(),...d.map(p=>" ".repeat(l)+p)].map(p=>o===0?n.bold(p):p)})}var X={name:"explain",summary:"explain a rule: what it finds, why it matters, how to fix it",usage:["explain RULE"],words:x.map(({meta:r})=>r.id),flags:[...E,...v],examples:[["kubeplumb explain target-port-name-unresolved","the page of that rule"]],async run(r,n){let i=await F(x,r,n),e=i.map(({meta:t})=>t.id),[s,a]=r.positionals;if(s===void 0||a!==void 0)throw new b("explain takes one rule; kubeplumb rules lists them","explain");let m=i.find(({meta:t})=>t.id===s);if(m===void 0)throw new b(s.includes("/")?`rule "${s}" is of a plugin that is not loaded; --allow-plugins or --plugin PATH loads it`:W(s,e),"explain");let l=S(r,n);return n.stdout.write(U(C(s)??T(m.meta),{style:l,width:Math.min(n.stdout.columns??100,100)})),0}};function C(r){for(let n=R(A(require("node:url").pathToFileURL(__filename).href));;n=R(n))try{return L(O(n,"docs","rules",`${r}.md`),"utf8")}catch{if(R(n)===n)return}}function T(r){let{id:n,summary:i,severity:e,category:s,kinds:a,since:m,why:l,options:t={}}=r,o=M(r),u=[`severity ${e}`,`category ${s}`,...a.length>0?[`kinds ${a.join(", ")}`]:[],`since ${m}`],f=Object.entries(t).map(([p,c])=>`- \`${p}\`: ${c.description}; default \`${JSON.stringify(c.default)}\``),d=`${f.length===0?"":`
## Options

${f.join(`
`)}
`}${o===void 0?"":`
${o}
`}`;return`# ${n}

${i}

${u.map(p=>`- ${p}`).join(`
`)}

## Why it matters

${l}
${d}`};Object.assign(exports,{explain:X});})
};
