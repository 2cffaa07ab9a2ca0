/**
 * What the program begins with: runs chunks, and loads the files that hold them.
 *
 * V8 reads all of a file before its first line runs, and compiles each function when it is first
 * called: half of what a lint of a small file takes. So what V8 made of a part is kept, and taken
 * the next time, as Node's own `module.enableCompileCache` does it, which Node 20 does not have,
 * and which brings a third of this on Node 24. It is kept in the user's own cache directory, for
 * this version of Node, under a name that depends on every byte of the part. Making it takes
 * half as long as a start, so a first run only notes that there was one, in an empty file: in a
 * container there is no second. What a run did not call is not in it: a run that gets to more of a
 * part than the one before (`rules` before a lint, a path that is misspelt) notes that, and one
 * that gets as far makes it anew: what comes of adding to it is a sixth larger, and slower.
 * `NODE_DISABLE_COMPILE_CACHE=1` turns it off, as it does Node's.
 */
import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, isAbsolute, join, sep } from 'node:path';
import { Script } from 'node:vm';

/** Fills in what it exports; `need` gives what other chunks export. */
type Chunk = (need: (number: number) => object, exports: object) => void;

type Chunks = Readonly<Record<number, Chunk>>;

/** A file beside the program, and a digest of its text where its code is worth keeping. */
interface Part {
  readonly name: string;
  readonly digest?: string;
}

type PartScript = (
  module: { exports: Chunks },
  require: NodeJS.Require,
  filename: string,
) => undefined;

const day = 24 * 60 * 60 * 1000;

/** Runs chunk 0, and whatever that needs. */
export function run(
  own: Chunks,
  parts: readonly Part[],
  /** Chunk → the number of its part. */
  places: Readonly<Record<number, number>>,
  directory: string,
  require: NodeJS.Require,
): void {
  const done: object[] = [];
  const loaded: Chunks[] = [];
  function need(number: number): object {
    const before = done[number];
    if (before !== undefined) return before;
    const exports = (done[number] = {});
    const chunk = own[number] ?? partOf(number)?.[number];
    chunk?.(need, exports);
    return exports;
  }
  function partOf(number: number): Chunks | undefined {
    const at = places[number] ?? -1;
    const part = parts[at];
    return part && (loaded[at] ??= load(part, join(directory, 'parts'), require, () => ran(at)));
  }
  /** How many chunks of a part were run. */
  function ran(at: number): number {
    return done.filter((_, number) => places[number] === at).length;
  }
  need(0);
}

function load(
  { name, digest }: Part,
  directory: string,
  require: NodeJS.Require,
  ran: () => number,
): Chunks {
  const filename = join(directory, `${name}.cjs`);
  const kept = digest === undefined ? undefined : keptAt(`${name}-${digest}`);
  if (kept === undefined) return require(filename) as Chunks;
  const found = readOwn(kept);
  const cachedData = found && found.length > 1 ? found.subarray(0, -1) : undefined;
  // The build writes ASCII only.
  const text = readFileSync(filename, 'latin1');
  const script = new Script(`(function(module,require,__filename){${text}\n})`, {
    filename,
    ...(cachedData && { cachedData }),
  });
  if (found === undefined) note(kept);
  else {
    const isUseful = script.cachedDataRejected === false;
    const isOther = script.cachedDataRejected === true;
    atExit({ script, place: kept, ran, before: isOther ? 0 : (found.at(-1) ?? 0), isUseful });
  }
  const module = { exports: {} };
  (script.runInThisContext() as PartScript)(module, require, filename);
  return module.exports;
}

interface Place {
  readonly directory: string;
  readonly file: string;
}

/** What may be kept of a part. */
interface Made {
  readonly script: Script;
  readonly place: Place;
  /** How many of its chunks this run got to; the last byte of the file says it, up to 255. */
  readonly ran: () => number;
  /** What the file said. */
  readonly before: number;
  /** Whether there was more in it than that. */
  readonly isUseful: boolean;
}

const made: Made[] = [];

/** One listener for all: Node takes more than ten for a leak, and says so. */
function atExit(one: Made): void {
  if (made.length === 0) process.once('exit', keepAll);
  made.push(one);
}

function keepAll(): void {
  let kept: string | undefined;
  for (const { script, place, ran, before, isUseful } of made) {
    const now = Math.min(ran(), 255);
    if (isUseful && now > before) note(place, now);
    if (isUseful || now < before) continue;
    keep(script, now, place);
    kept = place.directory;
  }
  if (kept !== undefined) tidy(kept);
}

/** Undefined where nothing is kept; looked for once, whatever the number of parts. */
let cache: { readonly directory: string | undefined } | undefined;

function keptAt(name: string): Place | undefined {
  const { arch, version } = process;
  const { directory } = (cache ??= { directory: cacheDirectory() });
  return directory === undefined
    ? undefined
    : { directory, file: join(directory, `${name}-${version}-${arch}`) };
}

function cacheDirectory(): string | undefined {
  const { env, platform } = process;
  // Of functions that come from what was kept, V8 tells less of what was covered.
  if (env['NODE_DISABLE_COMPILE_CACHE'] !== undefined || env['NODE_V8_COVERAGE'] !== undefined)
    return undefined;
  const home = env['HOME'] ?? '';
  const caches =
    platform === 'win32'
      ? (env['LOCALAPPDATA'] ?? '')
      : (env['XDG_CACHE_HOME'] ?? join(home, platform === 'darwin' ? 'Library/Caches' : '.cache'));
  const directory = join(caches, 'kubeplumb');
  // Where CI makes the workspace the home, what lies there is not the user's.
  if (!isAbsolute(caches) || directory.startsWith(join(process.cwd(), sep)) || isCheckedOut(caches))
    return undefined;
  return directory;
}

/** Whether a directory lies in a work tree of git: then others may have written what is there. */
function isCheckedOut(directory: string): boolean {
  const above = dirname(directory);
  return existsSync(join(directory, '.git')) || (above !== directory && isCheckedOut(above));
}

/**
 * Code is taken from nobody but the user: nobody else may even look at it, which no file is like
 * that came with a repository.
 */
function isOwn({ uid, mode }: Stats): boolean {
  const user = process.getuid?.();
  return user === undefined || (uid === user && (mode & 0o077) === 0);
}

function readOwn({ file }: Place): Buffer | undefined {
  let opened: number | undefined;
  try {
    opened = openSync(file, 'r');
    return isOwn(fstatSync(opened)) ? readFileSync(opened) : undefined;
  } catch {
    return undefined;
  } finally {
    if (opened !== undefined) closeSync(opened);
  }
}

/** @param needed how many chunks a run has to get to that is to make what is kept */
function note({ directory, file }: Place, needed?: number): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    if (!isOwn(statSync(directory))) return;
    rmSync(file, { force: true });
    const text = Uint8Array.from(needed === undefined ? [] : [needed]);
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 });
  } catch {
    // A directory that cannot be written is done without.
  }
}

function keep(script: Script, ran: number, { directory, file }: Place): void {
  const draft = `${file}.${process.pid}`;
  try {
    if (!isOwn(statSync(directory))) return;
    // Opened first: making the data takes longer than all the rest.
    const opened = openSync(draft, 'wx', 0o600);
    try {
      writeFileSync(opened, script.createCachedData());
      writeFileSync(opened, Uint8Array.of(ran));
    } finally {
      closeSync(opened);
    }
    renameSync(draft, file);
  } catch {
    // The draft of a full disk goes in a month, with what else is old.
  }
}

function tidy(directory: string): void {
  try {
    if (!isOwn(statSync(directory))) return;
    for (const name of readdirSync(directory)) {
      const old = join(directory, name);
      if (Date.now() - statSync(old).mtimeMs > 30 * day) rmSync(old);
    }
  } catch {
    // Another run may have taken it out.
  }
}
