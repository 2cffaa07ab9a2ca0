#!/usr/bin/env node
// How much CPU time it takes to read the manifests of a folder and to do nothing else: the first
// time with the start of node, which is what a command pays, and when V8 has made fast what it ran
// five times.
//
//   npx tsx bench/readers.ts FOLDER…
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

const scratch = mkdtempSync(join(tmpdir(), 'kubeplumb-readers-'));
const program = join(scratch, 'reader.cjs');

try {
  await build({
    entryPoints: [join(import.meta.dirname, 'reader.ts')],
    bundle: true,
    platform: 'node',
    minify: true,
    outfile: program,
  });
  for (const folder of process.argv.slice(2)) compare(folder);
} finally {
  rmSync(scratch, { recursive: true });
}

function compare(folder: string): void {
  console.log(`\n${basename(folder)}, ms of CPU time`);
  let floor = NaN;
  for (const reader of ['split', 'kubeplumb', 'yaml']) {
    const runs = [1, 2, 3].map(() => timesOf(folder, reader));
    const [first, last] = [
      median(runs.map((times) => times[0])),
      median(runs.map((times) => times.at(-1))),
    ];
    if (reader === 'split') floor = first;
    const cells = [first, last].map((time) => String(time).padStart(7)).join('');
    console.log(`  ${reader.padEnd(10)}${cells}  ${(first / floor).toFixed(1).padStart(6)}×`);
  }
}

function timesOf(folder: string, reader: string): number[] {
  const { stdout } = spawnSync(process.execPath, [program, folder, reader, '6']);
  return JSON.parse(String(stdout)) as number[];
}

function median(times: readonly (number | undefined)[]): number {
  return times.map((time = NaN) => time).sort((a, b) => a - b)[times.length >> 1] ?? NaN;
}
