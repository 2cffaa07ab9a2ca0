/**
 * The sources as Node runs them, for all tests of a run: vitest's own way of loading a thousand
 * modules takes each of its processes seconds.
 */
import { mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { build } from 'esbuild';
import type { Plugin } from 'vitest/config';

const root = join(import.meta.dirname, '../..');
/** How the path of the compiled sources looks, which are Node's to load. */
export const sourcesFolder = /kubeplumb-sources-/;
const folders = ['src', 'rules'];
const isSource = (path: string): boolean =>
  path.endsWith('.ts') && folders.some((folder) => path.startsWith(join(root, folder) + sep));
const compiledName = (path: string): string => path.replace(/\.ts$/, '.mjs');

/** A folder with each module for itself, and with what they look for above them. */
async function compile(): Promise<string> {
  const made = realpathSync(mkdtempSync(join(tmpdir(), 'kubeplumb-sources-')));
  process.on('exit', () => rmSync(made, { recursive: true, force: true }));
  for (const name of ['node_modules', 'package.json', 'docs'])
    symlinkSync(join(root, name), join(made, name));
  await build({
    absWorkingDir: root,
    entryPoints: folders.map((folder) => `${folder}/**/*.ts`),
    outbase: root,
    outdir: made,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    sourcemap: 'inline',
    plugins: [
      {
        name: 'modules stay apart',
        setup: ({ onResolve }) =>
          onResolve({ filter: /^\.\.?\// }, ({ path }) => ({
            path: compiledName(path),
            external: true,
          })),
      },
    ],
  });
  return made;
}

/** What a test imports of the sources comes from there; where vitest watches, from themselves. */
export function compiledSources(): Plugin {
  let made: Promise<string> | undefined;
  let isWatching = false;
  return {
    name: 'compiled sources',
    enforce: 'pre',
    configureVitest: ({ vitest }) => {
      isWatching = vitest.config.watch;
    },
    async resolveId(source, importer) {
      if (isWatching || importer === undefined || !source.startsWith('.')) return undefined;
      const path = resolve(dirname(importer), source);
      if (!isSource(path)) return undefined;
      return { id: join(await (made ??= compile()), compiledName(relative(root, path))) };
    },
  };
}
