/**
 * Makes files of the chunks that esbuild splits a program into.
 *
 * esbuild makes a chunk for every set of entries that share code: dozens, most of them tiny, and ES
 * modules, which Node cannot load without a promise. Here each entry becomes one file, a chunk goes
 * into the file of the first entry that needs it, and files are CommonJS: `require` works in the
 * midst of synchronous code, and costs a third of what Node's loader of ES modules does.
 *
 * A file holds chunks by number; `need(number)` runs a chunk once and gives what it exports.
 */
import { basename } from 'node:path';
import { init, parse } from 'es-module-lexer';

/**
 * @param result what esbuild gave with `splitting` and `metafile`, and did not write
 * @param order the names of entries that come first, so that what is shared goes to them; the first
 *   of all is the program
 * @returns the text of the program, and of each file beside it by its path: `parts/NAME.cjs`
 */
export async function link({ outputFiles, metafile }, order) {
  await init();
  const chunks = new Map(
    outputFiles.map(({ path, text }) => [basename(path), readChunk(basename(path), text)]),
  );
  const partOf = place(chunks, entriesOf(metafile, order));
  const numbers = new Map([...partOf.keys()].map((name, index) => [name, index]));
  const contents = new Map();
  for (const [name, part] of partOf) {
    const chunk = `${numbers.get(name)}:(function(need,exports){${chunks.get(name).body(numbers)}})`;
    contents.set(part, [...(contents.get(part) ?? []), chunk]);
  }
  const [program] = order;
  const objects = [...contents].map(([part, own]) => [part, `{\n${own.join(',\n')}\n}`]);
  const elsewhere = [...partOf].filter(([, part]) => part !== program);
  const places = Object.fromEntries(elsewhere.map(([name, part]) => [numbers.get(name), part]));
  return {
    program: runtime(new Map(objects).get(program), places),
    files: objects
      .filter(([part]) => part !== program)
      .map(([part, object]) => [`parts/${part}.cjs`, `"use strict";module.exports=${object};\n`]),
  };
}

/** Chunk 0 is the program's own. */
const runtime = (own, places) => `"use strict";
const own=${own};
const places=${JSON.stringify(places)};
const done=[];
function need(number){
if(done[number])return done[number];
const exports=done[number]={};
(own[number]??require("./parts/"+places[number]+".cjs")[number])(need,exports);
return exports;
}
need(0);
`;

/**
 * The entries in the order in which they take chunks, each with the name of its file; two of one
 * name share it.
 */
function entriesOf({ outputs }, order) {
  const entries = Object.entries(outputs)
    .filter(([, { entryPoint }]) => entryPoint !== undefined)
    .map(([path, { entryPoint }]) => ({
      chunk: basename(path),
      part: basename(entryPoint.replace(/^.*:/, '')).replace(/\.[a-z]+$/, ''),
    }));
  const rank = ({ part }) => (order.includes(part) ? order.indexOf(part) : order.length);
  return entries.sort((a, b) => rank(a) - rank(b) || (a.part < b.part ? -1 : 1));
}

/** Chunk → the part that it goes into. */
function place(chunks, entries) {
  const partOf = new Map();
  const take = (name, part) => {
    if (partOf.has(name)) return;
    partOf.set(name, part);
    for (const next of chunks.get(name).imports) take(next, part);
  };
  for (const { chunk, part } of entries) take(chunk, part);
  return partOf;
}

/** The chunks that one imports, and its code as the body of a function. */
function readChunk(name, text) {
  const [imports, exports] = parse(text, name);
  const isChunk = (specifier) => specifier.startsWith('./');
  const statics = imports.filter(({ type }) => type === 'static');
  return {
    imports: statics
      .filter(({ specifier }) => isChunk(specifier))
      .map(({ specifier }) => basename(specifier)),
    body(numbers) {
      const load = (specifier) =>
        isChunk(specifier)
          ? `need(${numbers.get(basename(specifier))})`
          : `require(${JSON.stringify(specifier)})`;
      const cuts = [];
      const heads = statics.map(({ specifier, importStart, importEnd }) => {
        cuts.push({ from: importStart, to: importEnd, put: '' });
        return `${bindings(text.slice(importStart, importEnd))}${load(specifier)};`;
      });
      for (const { type, specifier, importStart, importEnd } of imports) {
        if (type === 'import-meta') {
          if (!text.startsWith('.url', importEnd))
            throw new Error(`${name}: import.meta without .url`);
          const put = 'require("node:url").pathToFileURL(__filename).href';
          cuts.push({ from: importStart, to: importEnd + '.url'.length, put });
        } else if (type === 'dynamic' && specifier !== undefined) {
          if (text[importEnd] === '.' && !isChunk(specifier))
            throw new Error(`${name}: ${specifier}`);
          cuts.push({ from: importStart, to: importEnd, put: load(specifier) });
        }
      }
      if (exports.length > 0)
        cuts.push({ from: text.lastIndexOf('export{'), to: text.trimEnd().length, put: '' });
      let code = text.trimEnd();
      for (const { from, to, put } of cuts.sort((a, b) => b.from - a.from))
        code = code.slice(0, from) + put + code.slice(to);
      const names = exports.map((exported) => {
        const { type, name: outside, localName, importName, from } = exported;
        if (type !== 'reexport' && localName === undefined)
          throw new Error(`${name} exports ${outside}, which has no name`);
        return `${outside}:${type === 'reexport' ? `${load(from)}.${importName}` : localName}`;
      });
      return `${heads.join('')}${code};Object.assign(exports,{${names.join(',')}});`;
    },
  };
}

/** `import{a as b}from` → `const{a:b}=`; what is imported never changes. */
function bindings(statement) {
  const clause = /^import\s*(.*?)\s*(?:from\s*)?["']/s.exec(statement)?.[1];
  if (clause === undefined) throw new Error(`unexpected: ${statement}`);
  if (clause === '') return '';
  if (clause.startsWith('{')) return `const${clause.replaceAll(' as ', ':')}=`;
  return `const ${clause.replace(/^\*\s*as\s+/, '')}=`;
}
