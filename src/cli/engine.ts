/** What V8 is told of a run: it works for a moment, and mostly does each thing a few times. */
import type { SourceFile } from '../manifest/source.ts';

/** In characters; what is less is done before V8 would optimize or collect anything. */
const some = 50_000;
const many = 4_000_000;

/**
 * How much bytecode a function runs through between two looks at whether it is worth optimizing:
 * ten times as much as by default. There are hundreds of functions that are warm and none that is
 * hot, and V8 spent half of a run's time on making fast what was then used for a fraction of it.
 */
const interruptBudget = 675_840;

/**
 * How much bytecode of what a function calls is built into it when it is optimized, a sixth of the
 * default: code that is optimized for its own use only is made in half of the time, and a run of
 * any size takes a tenth less.
 */
const inlinedBytecode = 150;

/**
 * How much more than what is in use may be there before V8 collects, in percent. By itself it lets
 * that grow to twice to four times, on the assumption that a program which needs memory may have
 * it. Pictures of units come and go, and collecting them earlier costs a twentieth of the time and
 * halves the memory. From 40 to 20 it is 2 % of the time for 7 % of the memory.
 */
const heapGrowth = 20;

/** V8 complains of a flag that it does not know: Node 22 has this one no more. */
const countsBytecode = /^11\./;
/** Those of Node 20 to 24 know these. */
const takesOthers = /^1[123]\./;

export function tuneEngine(files: readonly SourceFile[]): void {
  let size = 0;
  for (const { text } of files) size += text.length;
  if (size < some) return;
  const { v8: version } = process.versions;
  // Loaded here only, for that module loads all of Node's streams.
  const { setFlagsFromString } = process.getBuiltinModule('node:v8');
  if (countsBytecode.test(version)) setFlagsFromString(`--interrupt-budget=${interruptBudget}`);
  if (!takesOthers.test(version)) return;
  setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${inlinedBytecode}`);
  if (size >= many) setFlagsFromString(`--heap-growing-percent=${heapGrowth}`);
}
