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
import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { type Export, type Import, init, parse, type StaticImport } from 'es-module-lexer';
import { build, type BuildResult, type Metafile } from 'esbuild';

/** What esbuild gives with `splitting` and `metafile`, and has not written. */
type Split = BuildResult<{ metafile: true; write: false }>;

interface Chunk {
  /** The names of the chunks that it imports. */
  readonly imports: readonly string[];
  /** Its code as the body of a function, which calls other chunks by their numbers. */
  readonly body: (numbers: ReadonlyMap<string, number>) => string;
}

interface Entry {
  readonly chunk: string;
  /** The name of its file. */
  readonly part: string;
}

interface Linked {
  readonly program: string;
  /** The text of each file beside the program by its path: `parts/NAME.cjs`. */
  readonly files: readonly (readonly [path: string, text: string])[];
}

/**
 * @param order the names of entries that come first, so that what is shared goes to them; the first
 *   of all is the program
 */
export async function link(
  { outputFiles, metafile }: Split,
  order: readonly [string, ...string[]],
): Promise<Linked> {
  await init();
  const chunks = new Map(
    outputFiles.map(({ path, text }) => [basename(path), readChunk(basename(path), text)]),
  );
  const partOf = place(chunks, entriesOf(metafile, order));
  const numbers = new Map([...partOf.keys()].map((name, index) => [name, index]));
  const contents = new Map<string, string[]>();
  for (const [name, part] of partOf) {
    const body = called(chunks, name).body(numbers);
    const chunk = `${numbers.get(name)}:(function(need,exports){${body}})`;
    contents.set(part, [...(contents.get(part) ?? []), chunk]);
  }
  const [program] = order;
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
function entriesOf({ outputs }: Metafile, order: readonly string[]): Entry[] {
  const entries = Object.entries(outputs).flatMap(([path, { entryPoint }]) => {
    if (entryPoint === undefined) return [];
    const part = basename(entryPoint.replace(/^.*:/, '')).replace(/\.[a-z]+$/, '');
    return [{ chunk: basename(path), part }];
  });
  const rank = ({ part }: Entry): number =>
    order.includes(part) ? order.indexOf(part) : order.length;
  return entries.sort((a, b) => rank(a) - rank(b) || (a.part < b.part ? -1 : 1));
}

/** Chunk → the part that it goes into. */
function place(
  chunks: ReadonlyMap<string, Chunk>,
  entries: readonly Entry[],
): ReadonlyMap<string, string> {
  const partOf = new Map<string, string>();
  const take = (name: string, part: string): void => {
    if (partOf.has(name)) return;
    partOf.set(name, part);
    for (const next of called(chunks, name).imports) take(next, part);
  };
  for (const { chunk, part } of entries) take(chunk, part);
  return partOf;
}

const isStatic = (one: Import): one is StaticImport => one.type === 'static';

const isChunk = (specifier: string): boolean => specifier.startsWith('./');

function readChunk(name: string, text: string): Chunk {
  const [imports, exports] = parse(text, name);
  const statics = imports.filter(isStatic);
  const ends = text.trimEnd().length;
  return {
    imports: statics.flatMap(({ specifier }) => (isChunk(specifier) ? [basename(specifier)] : [])),
    body(numbers) {
      const load = (specifier: string): string =>
        isChunk(specifier)
          ? `need(${called(numbers, basename(specifier))})`
          : `require(${JSON.stringify(specifier)})`;
      const heads = statics.map(({ specifier, importStart, importEnd }) => {
        const given = bindings(text.slice(importStart, importEnd));
        return `${given}${load(specifier)};`;
      });
      const cuts = imports.flatMap((one) => cutOf(one, name, text, load));
      if (exports.length > 0) cuts.push({ from: text.lastIndexOf('export{'), to: ends, put: '' });
      let code = text.slice(0, ends);
      for (const { from, to, put } of cuts.sort((a, b) => b.from - a.from))
        code = code.slice(0, from) + put + code.slice(to);
      const names = exports.map((one) => exported(one, name, load));
      return `${heads.join('')}${code};Object.assign(exports,{${names.join(',')}});`;
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
  if (type === 'static') return [{ from: importStart, to: importEnd, put: '' }];
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

/** `import{a as b}from` → `const{a:b}=`; what is imported never changes. */
function bindings(statement: string): string {
  const clause = /^import\s*(.*?)\s*(?:from\s*)?["']/s.exec(statement)?.[1];
  if (clause === undefined) throw new Error(`unexpected: ${statement}`);
  if (clause === '') return '';
  if (clause.startsWith('{')) return `const${clause.replaceAll(' as ', ':')}=`;
  return `const ${clause.replace(/^\*\s*as\s+/, '')}=`;
}
