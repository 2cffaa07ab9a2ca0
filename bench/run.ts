#!/usr/bin/env node
// How much CPU time kubeplumb takes, as ratios of whole processes from one run on one machine.
// bench/README.md tells what each row means.
//
//   npm run bench -- [--runs N] [--node PATH] [--applications N]… [--per-namespace N] [FOLDER…]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { argumentsOf, folderOf } from '../scripts/arguments.ts';
import { kubeScore, parsedByKubeScore } from './kube-score.ts';
import { type Contestant, type Measured, measured } from './measure.ts';
import { writeRepository } from './synthetic.ts';

const here = import.meta.dirname;
const kubeplumb = join(here, '../dist/kubeplumb.js');
const usage =
  'usage: npm run bench -- [--runs N] [--node PATH] [--applications N]… [--per-namespace N] ' +
  '[FOLDER…]';
const { values, positionals } = argumentsOf(usage, {
  allowPositionals: true,
  options: {
    runs: { type: 'string' },
    node: { type: 'string', default: process.execPath },
    applications: { type: 'string', multiple: true, default: [] },
    'per-namespace': { type: 'string', default: '50' },
  },
});
const folders = positionals.map((path) => folderOf(path, usage));
const { node } = values;
const scratch = mkdtempSync(join(tmpdir(), 'kubeplumb-bench-'));

try {
  compareStarts();
  for (const folder of folders) compareFolder(folder);
  for (const count of values.applications) {
    const folder = join(scratch, `${count} applications`);
    writeRepository(Number(count), Number(values['per-namespace']), folder);
    compareFolder(folder);
    rmSync(folder, { recursive: true });
  }
  if (kubeScore === undefined) console.log('\nkube-score is not on the PATH: left out');
} finally {
  rmSync(scratch, { recursive: true });
}

function compareStarts(): void {
  const twoObjects = join(here, 'two-objects.yaml');
  const kept = join(scratch, 'kept');
  const fresh = join(scratch, 'fresh');
  const lint = [node, kubeplumb, 'lint', '--no-config', twoObjects] as const;
  print(`two objects, ${version(node)}`, 25, [
    { name: 'node -e 0', command: [node, '-e', '0'] },
    { name: 'kubeplumb --version', command: [node, kubeplumb, '--version'] },
    { name: 'kubeplumb', command: lint, env: { XDG_CACHE_HOME: kept } },
    {
      name: 'kubeplumb, the first time',
      command: lint,
      env: { XDG_CACHE_HOME: fresh },
      before: () => rmSync(fresh, { recursive: true, force: true }),
    },
    ...scoring([twoObjects], 'kube-score'),
  ]);
}

function compareFolder(folder: string): void {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  const parsed = parsedByKubeScore(files);
  print(basename(folder), 5, [
    { name: 'read and split', command: [node, join(here, 'read-and-split.mjs'), folder] },
    { name: 'kubeplumb', command: [node, kubeplumb, 'lint', folder] },
    ...scoring(parsed, `kube-score, ${parsed.length} of ${files.length} files`),
  ]);
}

function scoring(files: readonly string[], name: string): Contestant[] {
  return kubeScore === undefined || files.length === 0
    ? []
    : [{ name, command: [kubeScore, 'score', ...files] }];
}

/** The first contestant is what the others are compared with. */
function print(title: string, usualRuns: number, contestants: readonly Contestant[]): void {
  const runs = Number(values.runs ?? usualRuns);
  console.log(`\n${title} (median of ${runs} runs)`);
  for (const row of measured(contestants, runs))
    console.log(`  ${cells(row).join('  ')}`.trimEnd());
}

function cells({ name, cpu, ratio, wall, memory }: Measured): string[] {
  return [
    name.padEnd(34),
    `${cpu.toFixed(0).padStart(6)} ms CPU`,
    `${ratio.toFixed(2).padStart(6)}×`,
    `${wall.toFixed(0).padStart(6)} ms`,
    memory === undefined ? '' : `${(memory / 1024).toFixed(0).padStart(5)} MiB`,
  ];
}

function version(program: string): string {
  return `node ${spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout.trim()}`;
}
