/** What esbuild makes of the command: chunks of code that the entries share. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { root } from '../generated-file.ts';
import { lazyModules } from './lazy.ts';
import type { Chunks, Order } from './link.ts';
import { sourcesWithPlainLoops } from './loops.ts';
import { paddedSpreads } from './spreads.ts';

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string;
};

export const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  target: 'node20.19',
  platform: 'node',
  // A file of plain ASCII is kept as bytes by V8 and scanned faster.
  charset: 'ascii',
  legalComments: 'eof',
  define: { KUBEPLUMB_VERSION: JSON.stringify(version) },
  logLevel: 'warning',
};

/**
 * So lint, which most runs are, is one file beside the program. Settings take what they share with
 * the options of plugins, so that reading a configuration loads no ajv.
 */
export const order: Order = {
  early: ['bin', 'lint', 'usual'],
  commands: [
    'get',
    'describe',
    'diff',
    'verify',
    'trace',
    'config',
    'init',
    'rules',
    'explain',
    'settings',
    'options',
  ],
};

/** @param hasProfile see `lateFunctions` */
export const chunks = async (hasProfile = true): Promise<Chunks> => {
  const sourceOf = sourcesWithPlainLoops(root);
  return build({
    ...common,
    entryPoints: ['src/cli/bin.ts'],
    outdir: 'dist',
    splitting: true,
    metafile: true,
    write: false,
    minify: true,
    plugins: [await lazyModules(root, sourceOf, hasProfile), paddedSpreads(root, sourceOf)],
  });
};
