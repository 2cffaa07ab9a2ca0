#!/usr/bin/env node
// Ratios of whole-process times, from one run on one machine, the contestants in turn (A B C A B C
// …) so that drift hits all alike.
//
//   npm run bench -- [--runs N] [FOLDER…]
//
// Always: a file with two objects against `node -e 0`. Per FOLDER: kubeplumb against a plain
// read-and-split of the same bytes, and against kube-score (`go install
// github.com/zegl/kube-score/cmd/kube-score@v1.20.0`) where it is on the PATH, handed the same
// files as one list.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

const here = import.meta.dirname;
const kubeplumb = join(here, '../dist/kubeplumb.js');
type Command = readonly [string, ...string[]];
type Contestant = readonly [name: string, command: Command];

interface Sample {
  readonly wall: number;
  readonly memory: number;
}

const argv = process.argv.slice(2);
const runs = argv[0] === '--runs' ? Number(argv.splice(0, 2)[1]) : 15;
const folders = argv.map((folder) => resolve(folder));

/**
 * Wall-clock milliseconds and peak memory (KiB, from GNU time where it is installed) of one
 * process.
 */
function once([command, ...args]: Command): Sample {
  const [program, ...rest]: Command = hasTime
    ? ['/usr/bin/time', '-f', '%M', command, ...args]
    : [command, ...args];
  const start = performance.now();
  const { stderr, error } = spawnSync(program, rest, {
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 1 << 28,
  });
  if (error) throw error;
  return {
    wall: performance.now() - start,
    memory: hasTime ? Number(String(stderr).trim().split('\n').at(-1)) : NaN,
  };
}
const hasTime = spawnSync('/usr/bin/time', ['-f', '%M', 'true']).status === 0;
const hasKubeScore = spawnSync('kube-score', ['version']).status === 0;

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? NaN;

const kubeScore = (files: readonly string[]): Contestant[] =>
  hasKubeScore ? [['kube-score', ['kube-score', 'score', ...files]]] : [];

/** Runs the contestants in turn; the first one is what the others are compared with. */
function compare(title: string, contestants: readonly Contestant[]): void {
  const samples = contestants.map(([name, command]) => ({ name, command, list: [] as Sample[] }));
  for (let run = -1; run < runs; run += 1) {
    for (const { command, list } of samples) {
      const sample = once(command);
      if (run >= 0) list.push(sample);
    }
  }
  const floor = samples[0]?.list.map(({ wall }) => wall) ?? [];
  console.log(`\n${title} (${runs} runs)`);
  for (const { name, list } of samples) {
    const ratio = median(list.map(({ wall }, index) => wall / (floor[index] ?? NaN)));
    const memory = median(list.map((sample) => sample.memory)) / 1024;
    const cells = [
      name.padEnd(24),
      `${median(list.map(({ wall }) => wall))
        .toFixed(0)
        .padStart(6)} ms`,
      ` ${ratio.toFixed(2).padStart(6)}×`,
      Number.isNaN(memory) ? '' : ` ${memory.toFixed(0).padStart(5)} MiB`,
    ];
    console.log(`  ${cells.join(' ')}`.trimEnd());
  }
}

compare('two objects', [
  ['node -e 0', [process.execPath, '-e', '0']],
  ['kubeplumb', [process.execPath, kubeplumb, join(here, 'two-objects.yaml')]],
  ...kubeScore([join(here, 'two-objects.yaml')]),
]);
for (const folder of folders) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.ya?ml$/.test(path))
    .map((path) => join(folder, path));
  compare(basename(folder), [
    ['read and split', [process.execPath, join(here, 'read-and-split.mjs'), folder]],
    ['kubeplumb', [process.execPath, kubeplumb, 'lint', folder]],
    ...kubeScore(files),
  ]);
}
if (!hasKubeScore) console.log('\nkube-score is not on the PATH: left out');
