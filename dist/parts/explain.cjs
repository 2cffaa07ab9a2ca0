"use strict";module.exports={
157:(function(need,exports){const{a:x}=need(53);const{e:W,f:_,i:v}=need(36);need(37);need(38);need(39);need(40);need(42);const{b:j}=need(105);const{a:A}=need(11);need(12);need(13);const{a:b,d:S}=need(3);need(18);need(19);const{e:R}=need(14);const{a:$,b:y,c:w}=need(15);need(4);need(45);need(46);need(47);need(48);need(49);need(50);need(41);need(43);need(51);need(44);need(5);need(65);const{a:g,b:h}=need(16);need(25);need(8);need(21);const{readFileSync:L}=require("node:fs");const{dirname:M,join:O}=require("node:path");const{fileURLToPath:C}=require("node:url");;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;var B=30;function E(i,{style:n,width:l}){let r=[],o=[],s=[],p=!1,a="",e=()=>{o.length>0&&g(r,F(o.join(" "),l-a.length,n).map((t,m)=>(m===0?a:" ".repeat(a.length))+t)),a="",s.length>0&&g(r,U(s,n,l)),o.length=0,s.length=0};for(let t of i.replace(/<!--[^<>]*-->\n?/g,"").split(/\r?\n/))if(t.startsWith("```"))e(),p=!p;else if(p)r.push(n.dim(`    ${t}`));else if(t.startsWith("|"))/^[|\s:-]+$/.test(t)||s.push(t.split("|").slice(1,-1).map(m=>m.trim()));else if(/^#+ /.test(t))e(),r.push(n.bold(t.replace(/^#+ /,"")));else if(/^\s*([-*]|\d+\.) /.test(t)){e();let[,m="",c="-",d=""]=/^(\s*)([-*]|\d+\.) (.*)$/.exec(t)??[];a=`${m}${c} `,o.push(d)}else t.trim()===""?(e(),r.push("")):o.push(t.trim());return e(),`${r.join(`
`).replace(/\n{3,}/g,`

`).trim()}
`}function P(i){return i.replace(/\[([^\][]+)\]\(([^()]+)\)/g,(n,l,r)=>l===r?r:`${l} (${r})`)}var[D,k]=["\u200B","\u200D"];function F(i,n,l){let r=s=>(p,a)=>a.replace(/[^ ]+/g,e=>s+e+s),o=P(i.replaceAll(D,"").replaceAll(k,"")).replace(/`([^`]+)`/g,r(D)).replace(/\*\*([^*]+)\*\*/g,r(k)).replace(/(?<![\w*])\*([^\s*][^*]*)\*(?![\w*])/g,r(k));return w(o,n).map(s=>s.replace(/\u200D([^\u200D]*)\u200D/g,(p,a)=>l.bold(a)).replace(/\u200B([^\u200B]*)\u200B/g,(p,a)=>l.blue(a)))}function U(i,n,l){let[r=[],...o]=i,s=e=>e.replace(/[`*]/g,"");if(o.length===1){let e=h(r.map(t=>$(s(t))));return r.flatMap((t,m)=>F(o[0]?.[m]??"",Math.max(B,l-e-2),n).map((c,d)=>`${d===0?n.dim(y(s(t),e)):" ".repeat(e)}  ${c}`))}let p=r.map((e,t)=>h(i.map(m=>$(s(m[t]??""))))),a=p.slice(0,-1).reduce((e,t)=>e+t+2,0);return i.flatMap((e,t)=>{let m=e.slice(0,-1).map((u,f)=>`${y(s(u),p[f]??0)}  `),[c="",...d]=w(s(e.at(-1)??""),Math.max(B,l-a));return[`${m.join("")}${c}`.trimEnd(),...d.map(u=>" ".repeat(a)+u)].map(u=>t===0?n.bold(u):u)})}var et={name:"explain",summary:"explain a rule: what it finds, why it matters, how to fix it",usage:["explain RULE"],words:x.map(({meta:i})=>i.id),flags:[..._,...W],examples:[["kubeplumb explain target-port-name-unresolved","the page of that rule"]],async run(i,n){let l=await v(x,i,n),r=l.map(({meta:e})=>e.id),[o,s]=i.positionals;if(o===void 0||s!==void 0)throw new b("explain takes one rule; kubeplumb rules lists them","explain");let p=l.find(({meta:e})=>e.id===o);if(p===void 0)throw new b(o.includes("/")?`rule "${o}" is of a plugin that is not loaded; --allow-plugins or --plugin PATH loads it`:S(o,r),"explain");let a=A(i,n);return n.stdout.write(R(E(T(o)??H(p.meta),{style:a,width:Math.min(n.stdout.columns??100,100)}))),0}};function T(i){for(let n=M(C(require("node:url").pathToFileURL(__filename).href));;n=M(n))try{return L(O(n,"docs","rules",`${i}.md`),"utf8")}catch{if(M(n)===n)return}}function H(i){let{id:n,summary:l,severity:r,category:o,kinds:s,since:p,why:a,options:e={}}=i,t=j(i),m=[`severity ${r}`,`category ${o}`,...s.length>0?[`kinds ${s.join(", ")}`]:[],`since ${p}`],c=Object.entries(e).map(([u,f])=>`- \`${u}\`: ${f.description}; default \`${JSON.stringify(f.default)}\``),d=`${c.length===0?"":`
## Options

${c.join(`
`)}
`}${t===void 0?"":`
${t}
`}`;return`# ${n}

${l}

${m.map(u=>`- ${u}`).join(`
`)}

## Why it matters

${a}
${d}`};Object.assign(exports,{explain:et});})
};
