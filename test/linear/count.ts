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

const text = readFileSync(library, 'utf8');
const lines = text.split('\n');
const starts: number[] = [];
let offset = 0;
for (const line of lines) {
  starts.push(offset + line.length - line.trimStart().length);
  offset += line.length + 1;
}

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

/** Nothing is optimized here, so it goes along the text once. */
function byLine(functions: readonly Profiler.FunctionCoverage[]): Float64Array {
  const ranges = functions.flatMap((one) => one.ranges);
  // What is inside of another comes behind it, and counts for itself.
  ranges.sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
  const run = new Float64Array(starts.length);
  const open: Profiler.CoverageRange[] = [];
  let next = 0;
  for (let at = 0; at < starts.length; at++) {
    const start = starts[at]!;
    while (next < ranges.length && ranges[next]!.startOffset <= start) open.push(ranges[next++]!);
    while (open.length > 0 && open.at(-1)!.endOffset <= start) open.pop();
    run[at] = open.at(-1)?.count ?? 0;
  }
  return run;
}

const modules: string[] = [];
let current = '';
for (const line of lines) {
  if (/^\/\/ (src|rules|node_modules)\//.test(line)) current = line.slice(3);
  modules.push(current);
}

const sum = (all: Float64Array): number => all.reduce((total, one) => total + one, 0);

function byRoom(few: Float64Array, many: Float64Array): Counted['rooms'] {
  const rooms: Record<string, [number, number]> = {};
  for (const [at, module] of modules.entries()) {
    const room = /^(?:src\/[^/.]+|[^/]+)/.exec(module)?.[0] ?? '';
    const sums = (rooms[room] ??= [0, 0]);
    sums[0] += few[at] ?? 0;
    sums[1] += many[at] ?? 0;
  }
  return rooms;
}

const answers: Record<string, Counted> = {};
const cases = JSON.parse(readFileSync(0, 'utf8')) as Cases;
for (const [index, [name, [few, many]]] of Object.entries(cases).entries()) {
  // A report does the same with findings of all rules: every eighth is enough.
  const isTold = index % 8 === 0;
  // What is made once is there, and not counted.
  judge(few.slice(0, 2), isTold);
  await ran();
  const before = await counts(few, isTold);
  const after = await counts(many, isTold);
  const suspects = lines.flatMap((line, at): Suspect[] => {
    const [once = 0, more = 0] = [before.counts[at], after.counts[at]];
    if (more < tooFewToTell || more <= once * most) return [];
    return [{ module: modules[at] ?? '', line: line.trim(), few: once, many: more }];
  });
  answers[name] = {
    suspects,
    found: after.found,
    few: sum(before.counts),
    many: sum(after.counts),
    rooms: byRoom(before.counts, after.counts),
  };
}
process.stdout.write(JSON.stringify(answers));
