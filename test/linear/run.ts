/** Counts how often lines run, in a program of its own (count.ts). */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { application } from '../../bench/synthetic.ts';
import type { InputFile } from '../../src/index.ts';
import type { Cases, Counted } from './count.ts';

const root = join(import.meta.dirname, '../..');

/** How many applications stand in a namespace, and in a directory. */
export const layouts = {
  'fifty to a namespace': 50,
  'one to a namespace': 1,
  'all in one': Infinity,
} as const;

export function applications(count: number, perNamespace: number): InputFile[] {
  return Array.from({ length: count }, (_, n) => {
    const namespace = `team-${Math.floor(n / perNamespace)}`;
    return { path: `${namespace}/app-${n}.yaml`, text: application(n, namespace) };
  });
}

/** Examples that define one application each anew, beside applications that stand for themselves. */
export function examples(count: number): InputFile[] {
  return Array.from({ length: count }, (_, n) => [
    { path: `all/variant-${n}.yaml`, text: application(0, 'shop') },
    { path: `all/other-${n}.yaml`, text: application(n + 1, 'shop') },
  ]).flat();
}

/** Applications of one name, whose Service has its pods in the directory beside it. */
export function neighbours(count: number): InputFile[] {
  const [deployment = '', service = ''] = application(0, 'shop').split('---\n');
  return Array.from({ length: count }, (_, n) => [
    { path: `team-${n}/pods/app.yaml`, text: deployment },
    { path: `team-${n}/service/app.yaml`, text: service },
  ]).flat();
}

/** What was counted of each case, by its name. @throws Error when the program fails */
export async function counted(cases: Cases): Promise<Readonly<Record<string, Counted>>> {
  const directory = mkdtempSync(join(tmpdir(), 'kubeplumb-linear-'));
  try {
    const library = join(directory, 'library.mjs');
    await build({
      absWorkingDir: root,
      entryPoints: ['src/index.ts'],
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20.19',
      outfile: library,
      define: { KUBEPLUMB_VERSION: '"0"' },
      banner: { js: 'const require=process.getBuiltinModule;' },
    });
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ['--no-opt', '--import', 'tsx', join(import.meta.dirname, 'count.ts'), library],
      { input: JSON.stringify(cases), encoding: 'utf8', maxBuffer: 1 << 28 },
    );
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as Record<string, Counted>;
  } finally {
    rmSync(directory, { recursive: true });
  }
}
