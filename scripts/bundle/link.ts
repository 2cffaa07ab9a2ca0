/**
 * Makes files of the chunks that esbuild splits a program into.
 *
 * esbuild makes a chunk for every set of entries that share code: dozens, most of them tiny, and ES
 * modules, which Node cannot load without a promise. Here each entry becomes one file, what several
 * entries share goes to one of them or to a file of its own, and files are CommonJS: `require`
 * works in the midst of synchronous code, and costs a third of what Node's loader of ES modules
 * does.
 *
 * A file holds chunks by number; `need(number)` runs a chunk once and gives what it exports.
 */
import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { type Export, type Import, init, parse, type StaticImport } from 'es-module-lexer';
import { build, type BuildResult, type Metafile } from 'esbuild';
import { entryOf } from '../../src/multimap.ts';

/** What esbuild gives with `splitting` and `metafile`, and has not written. */
export type Chunks = BuildResult<{ metafile: true; write: false }>;

/** The part of what several need. */
const shared = 'shared';

interface Chunk {
  /** What is in it: esbuild's own names and their order differ from one build to the next. */
  readonly contents: string;
  /** The names of the chunks of which it imports something. */
  readonly imports: readonly string[];
  /** What it exports that is loaded when it is first called. */
  readonly stubs: ReadonlyMap<string, Stub>;
  /** Its code as the body of a function, which calls other chunks by their numbers. */
  readonly body: (
    numbers: ReadonlyMap<string, number>,
    chunks: ReadonlyMap<string, Chunk>,
  ) => string;
}

/** `let f = (...args) => (f = import("./CHUNK").NAME)(...args)` */
interface Stub {
  readonly chunk: string;
  readonly name: string;
}

const stub =
  /\b(?:let|var) ([\w$]+)=\(\.\.\.([\w$]+)\)=>\(\1=import\("\.\/([^"]+)"\)\.([\w$.]+)\)\(\.\.\.\2\)/g;

interface Entry {
  readonly chunk: string;
  /** The name of its file. */
  readonly part: string;
}

/** Parts that get what they share with others. */
export interface Order {
  /** Those that nearly every run loads, in the order in which they do; the program is the first. */
  readonly early: readonly [program: string, ...string[]];
  /** Those of which the first one gets what is shared with others of the list only. */
  readonly commands: readonly string[];
}

interface Linked {
  readonly program: string;
  /** The text of each file beside the program by its path: `parts/NAME.cjs`. */
  readonly files: readonly (readonly [path: string, text: string])[];
}

export async function link(made: Chunks, order: Order): Promise<Linked> {
  const chunks = await readChunks(made);
  const partOf = place(chunks, entriesOf(made.metafile, order), order);
  const numbers = new Map([...partOf.keys()].map((name, index) => [name, index]));
  const contents = new Map<string, string[]>();
  for (const [name, part] of partOf) {
    const body = called(chunks, name).body(numbers, chunks);
    const chunk = `${numbers.get(name)}:(function(need,exports){${body}})`;
    contents.set(part, [...(contents.get(part) ?? []), chunk]);
  }
  const [program] = order.early;
  const objects = new Map(
    [...contents].map(([part, own]) => [part, `{\n${own.join(',\n')}\n}`] as const),
  );
  const files = [...objects]
    .filter(([part]) => part !== program)
    .map(([part, object]) => [part, inAscii(`"use strict";module.exports=${object};\n`)] as const);
  const numberOf = new Map(files.map(([part], index) => [part, index]));
  const places = [...partOf].flatMap(([name, part]) =>
    part === program ? [] : [[called(numbers, name), called(numberOf, part)] as const],
  );
  const parts = files.map(([name, text]) => ({
    name,
    ...(isKept(text) && { digest: digestOf(text) }),
  }));
  return {
    program: `"use strict";
${await runtime()}const own=${called(objects, program)};
const parts=${JSON.stringify(parts)};
const places=${JSON.stringify(Object.fromEntries(places))};
runtime.run(own,parts,places,__dirname,require);
`,
    files: files.map(([part, text]) => [`parts/${part}.cjs`, text] as const),
  };
}

async function readChunks({ outputFiles, metafile }: Chunks): Promise<ReadonlyMap<string, Chunk>> {
  await init();
  const contents = new Map(
    Object.entries(metafile.outputs).map(([path, { entryPoint = '', inputs }]) => [
      basename(path),
      [entryPoint, ...Object.keys(inputs).sort()].join(),
    ]),
  );
  return new Map(
    outputFiles.map(({ path, text }) => {
      const name = basename(path);
      return [name, readChunk(name, contents.get(name) ?? '', text)];
    }),
  );
}

/** The modules of a part, as esbuild calls them: from the root, some with a namespace before. */
export async function modulesOf(
  part: string,
  made: Chunks,
  order: Order,
): Promise<readonly string[]> {
  const partOf = place(await readChunks(made), entriesOf(made.metafile, order), order);
  return Object.entries(made.metafile.outputs).flatMap(([path, { inputs }]) =>
    partOf.get(basename(path)) === part ? Object.keys(inputs) : [],
  );
}

/** esbuild leaves regular expressions as they are written. */
const inAscii = (text: string): string =>
  text.replace(
    /[\x80-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Whether what V8 makes of it is worth keeping, and can be: only modules import at run time. */
const isKept = (text: string): boolean => text.length >= 30_000 && !text.includes('import(');

const digestOf = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, 12);

/** A statement that defines `runtime`. */
async function runtime(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'runtime.ts')],
    bundle: true,
    format: 'iife',
    globalName: 'runtime',
    platform: 'node',
    target: 'node20.19',
    charset: 'ascii',
    minify: true,
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

function called<T>(things: ReadonlyMap<string, T>, name: string): T {
  const thing = things.get(name);
  if (thing === undefined) throw new Error(`esbuild gave no ${name}`);
  return thing;
}

/**
 * The entries in the order in which they take chunks, each with the name of its file; two of one
 * name share it.
 */
function entriesOf({ outputs }: Metafile, { early, commands }: Order): Entry[] {
  const entries = Object.entries(outputs).flatMap(([path, { entryPoint }]) => {
    if (entryPoint === undefined) return [];
    const part = basename(entryPoint.replace(/^.*:/, '')).replace(/\.[a-z]+$/, '');
    return [{ chunk: basename(path), part }];
  });
  const order = [...early, ...commands];
  const rank = ({ part }: Entry): number =>
    order.includes(part) ? order.indexOf(part) : order.length;
  return entries.sort((a, b) => rank(a) - rank(b) || (a.part < b.part ? -1 : 1));
}

/**
 * Chunk → the part that it goes into; the first chunk is the program. No part loads another one for
 * what they share.
 */
function place(
  chunks: ReadonlyMap<string, Chunk>,
  entries: readonly Entry[],
  { early, commands }: Order,
): ReadonlyMap<string, string> {
  const users = new Map<string, Set<string>>();
  const reach = (name: string, part: string): void => {
    const known = entryOf(users, name, () => new Set<string>());
    if (known.has(part)) return;
    known.add(part);
    for (const next of called(chunks, name).imports) reach(next, part);
  };
  for (const { chunk, part } of entries) reach(chunk, part);
  const partOf = [...users].map(([name, parts]) => {
    const [first = shared] = parts;
    const isAtHome =
      parts.size === 1 ||
      early.includes(first) ||
      [...parts].every((part) => commands.includes(part));
    return [name, isAtHome ? first : shared] as const;
  });
  const [program] = entries;
  const key = (name: string): string =>
    name === program?.chunk ? '' : called(chunks, name).contents;
  return new Map(partOf.sort(([a], [b]) => (key(a) < key(b) ? -1 : 1)));
}

const isStatic = (one: Import): one is StaticImport => one.type === 'static';

const isChunk = (specifier: string): boolean => specifier.startsWith('./');

function readChunk(name: string, contents: string, text: string): Chunk {
  const [imports, exports] = parse(text, name);
  const statics = imports.filter(isStatic);
  // esbuild imports chunks for what they might do besides; ours do nothing.
  const used = statics.filter(
    ({ specifier, importStart, importEnd }) =>
      !isChunk(specifier) || bindings(text.slice(importStart, importEnd)) !== '',
  );
  const ends = text.trimEnd().length;
  const found = new Map(
    [...text.matchAll(stub)].map(([, local = '', , chunk = '', own = '']) => [
      local,
      { chunk: `./${chunk}`, name: own },
    ]),
  );
  const stubs = new Map(
    exports.flatMap((one) => {
      if (one.type !== 'direct') return [];
      const late = found.get(one.localName ?? '');
      return late === undefined ? [] : [[one.name, late] as const];
    }),
  );
  return {
    contents,
    imports: used.flatMap(({ specifier }) => (isChunk(specifier) ? [basename(specifier)] : [])),
    stubs,
    body(numbers, chunks) {
      const load = (specifier: string): string =>
        isChunk(specifier)
          ? `need(${called(numbers, basename(specifier))})`
          : `require(${JSON.stringify(specifier)})`;
      const heads = used
        .map(({ specifier, importStart, importEnd }) => {
          const statement = text.slice(importStart, importEnd);
          const own = isChunk(specifier) ? called(chunks, basename(specifier)).stubs : new Map();
          return imported(statement, load(specifier), own, load);
        })
        .sort();
      const cuts = imports.flatMap((one) => cutOf(one, name, text, load));
      if (exports.length > 0) cuts.push({ from: text.lastIndexOf('export{'), to: ends, put: '' });
      let code = text.slice(0, ends);
      for (const { from, to, put } of cuts.sort((a, b) => b.from - a.from))
        code = code.slice(0, from) + put + code.slice(to);
      const names = exports.map((one) => exported(one, name, load));
      return `${heads.join('')}${code}Object.assign(exports,{${names.join(',')}});`;
    },
  };
}

interface Cut {
  readonly from: number;
  readonly to: number;
  readonly put: string;
}

/** What stands in CommonJS where an ES module imports. */
function cutOf(
  { type, specifier, importStart, importEnd }: Import,
  name: string,
  text: string,
  load: (specifier: string) => string,
): Cut[] {
  if (type === 'static') {
    const to = text[importEnd] === ';' ? importEnd + 1 : importEnd;
    return [{ from: importStart, to, put: '' }];
  }
  if (type === 'import-meta') {
    if (!text.startsWith('.url', importEnd)) throw new Error(`${name}: import.meta without .url`);
    const put = 'require("node:url").pathToFileURL(__filename).href';
    return [{ from: importStart, to: importEnd + '.url'.length, put }];
  }
  if (type !== 'dynamic' || typeof specifier !== 'string') return [];
  if (text[importEnd] === '.' && !isChunk(specifier)) throw new Error(`${name}: ${specifier}`);
  return [{ from: importStart, to: importEnd, put: load(specifier) }];
}

/** `name: value`, as one property of what a chunk exports. */
function exported(one: Export, chunk: string, load: (specifier: string) => string): string {
  if (one.type === 'direct' && one.localName !== undefined) return `${one.name}:${one.localName}`;
  if (one.type === 'reexport') return `${one.name}:${load(one.from)}.${one.importName}`;
  throw new Error(
    `${chunk} exports ${'name' in one ? one.name : 'all of another'}, without a name`,
  );
}

/**
 * What stands in CommonJS for an import. A stub is not imported: it gives way to what it loads only
 * where it stands, and its callers in other chunks would call it for ever. They have their own.
 */
function imported(
  statement: string,
  loaded: string,
  stubs: ReadonlyMap<string, Stub>,
  load: (specifier: string) => string,
): string {
  const names = /^import\s*\{(.*)\}/s.exec(statement)?.[1]?.split(',') ?? [];
  const own = names.flatMap((name) => {
    const [there = '', here = there] = name.trim().split(' as ');
    const late = stubs.get(there);
    if (late === undefined) return [];
    // A parameter of the same name would hide it, and be assigned in its place.
    const args = here === 'e' ? 'a' : 'e';
    const call = `(${here}=${load(late.chunk)}.${late.name})(...${args})`;
    return [{ name, text: `let ${here}=(...${args})=>${call};` }];
  });
  if (own.length === 0) return `${bindings(statement)}${loaded};`;
  const others = names.filter((name) => own.every((late) => late.name !== name));
  const rest = others.length === 0 ? '' : `${bindings(`import{${others.join()}}from"`)}${loaded};`;
  return own.map(({ text }) => text).join('') + rest;
}

/** `import{a as b}from` → `const{a:b}=`; what is imported never changes. */
function bindings(statement: string): string {
  const clause = /^import\s*(.*?)\s*(?:from\s*)?["']/s.exec(statement)?.[1];
  if (clause === undefined) throw new Error(`unexpected: ${statement}`);
  if (clause === '') return '';
  if (clause.startsWith('{')) return `const${clause.replaceAll(' as ', ':')}=`;
  return `const ${clause.replace(/^\*\s*as\s+/, '')}=`;
}
