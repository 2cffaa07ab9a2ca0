/**
 * A program of its own, for V8 counts only in what was compiled after counting began. Judges
 * manifests, some and four times as many, and tells which lines ran too often for that.
 *
 *   count.ts LIBRARY reads on stdin cases by name, `[few, many]` lists of `{ path, text }` each;
 *   writes for each case the lines, and which rules found something
 *
 * No clock is asked, so it says the same on every machine: V8 counts every run of every block, and
 * of every function that is given to `filter`, `find` or `sort`.
 */
import { readFileSync } from 'node:fs';
import { type Profiler, Session } from 'node:inspector/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Library from '../../src/index.ts';

/** A line that ran too often. */
export interface Suspect {
  readonly module: string;
  readonly line: string;
  readonly few: number;
  readonly many: number;
}

export interface Counted {
  readonly suspects: readonly Suspect[];
  /** Rules that found something among the many. */
  readonly found: readonly string[];
  /** How often anything ran. */
  readonly few: number;
  readonly many: number;
  /** The same by the folder of the code: `src/cluster`. */
  readonly rooms: Readonly<Record<string, readonly [few: number, many: number]>>;
}

export type Cases = Readonly<
  Record<string, readonly [few: readonly Library.InputFile[], many: readonly Library.InputFile[]]>
>;

/** Four, and what the logarithm of sorting and searching brings where there are few. */
const most = 7;
const tooFewToTell = 1000;

const [, , library = ''] = process.argv;
const url = pathToFileURL(resolve(library)).href;
const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
const { lint, load, report, rules } = (await import(url)) as typeof Library;

const lines = readFileSync(library, 'utf8').split('\n');
/** Where the text of each line begins, and the place of its module in `modules`. */
const starts: number[] = [];
const moduleOf: number[] = [];
const modules: string[] = [''];
let offset = 0;
for (const line of lines) {
  starts.push(offset + line.length - line.trimStart().length);
  offset += line.length + 1;
  if (/^\/\/ (src|rules|node_modules)\//.test(line)) modules.push(line.slice(3));
  moduleOf.push(modules.length - 1);
}
const rooms = modules.map((module) => /^(?:src\/[^/.]+|[^/]+)/.exec(module)?.[0] ?? '');

/** The rules that found something. */
function judge(files: readonly Library.InputFile[], isTold: boolean): string[] {
  const result = lint(load(files), { rules });
  if (isTold) report(result, 'pretty');
  return [...new Set(result.diagnostics.map(({ rule }) => rule))];
}

/** What ran since it was asked for the last time. */
async function ran(): Promise<readonly Profiler.FunctionCoverage[]> {
  const { result: scripts } = await session.post('Profiler.takePreciseCoverage');
  return scripts.find((one) => one.url === url)?.functions ?? [];
}

/** Line → how often it ran. */
async function counts(
  files: readonly Library.InputFile[],
  isTold: boolean,
): Promise<{
  found: string[];
  counts: Float64Array;
}> {
  const found = judge(files, isTold);
  return { found, counts: byLine(await ran()) };
}

/** Nothing is optimized here, so V8 itself writes the counts, and what is inside of another last. */
function byLine(functions: readonly Profiler.FunctionCoverage[]): Float64Array {
  const ranges: Profiler.CoverageRange[] = [];
  for (const one of functions) ranges.push(...one.ranges);
  ranges.sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
  const run = new Float64Array(starts.length);
  for (const { startOffset, endOffset, count } of ranges)
    run.fill(count, lineAt(startOffset), lineAt(endOffset));
  return run;
}

/** The first line that begins there or behind it. */
function lineAt(place: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where a case is judged, one loop of plain statements looks at all lines. */
function compared(before: Float64Array, after: Float64Array): Omit<Counted, 'found'> {
  const suspects: Suspect[] = [];
  const few = modules.map(() => 0);
  const many = modules.map(() => 0);
  for (let at = 0; at < lines.length; at++) {
    const more = after[at]!;
    const once = before[at]!;
    if (more === 0 && once === 0) continue;
    const module = moduleOf[at]!;
    few[module]! += once;
    many[module]! += more;
    if (more < tooFewToTell || more <= once * most) continue;
    suspects.push({ module: modules[module]!, line: lines[at]!.trim(), few: once, many: more });
  }
  const byRoom: Record<string, [number, number]> = {};
  for (const [module, room] of rooms.entries()) {
    const sums = (byRoom[room] ??= [0, 0]);
    sums[0] += few[module]!;
    sums[1] += many[module]!;
  }
  return { suspects, few: sum(few), many: sum(many), rooms: byRoom };
}

const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0);

const answers: Record<string, Counted> = {};
const cases = JSON.parse(readFileSync(0, 'utf8')) as Cases;
// What is made once is there from now on, and not counted.
for (const [few] of Object.values(cases)) judge(few.slice(0, 2), true);
await ran();
for (const [index, [name, [few, many]]] of Object.entries(cases).entries()) {
  // A report does the same with findings of all rules: every eighth is enough.
  const isTold = index % 8 === 0;
  const before = await counts(few, isTold);
  const after = await counts(many, isTold);
  answers[name] = { ...compared(before.counts, after.counts), found: after.found };
}
process.stdout.write(JSON.stringify(answers));
