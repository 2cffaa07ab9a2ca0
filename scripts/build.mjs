/**
 * Makes dist/kubeplumb.js, the whole command in one file that runs with nothing installed; with --library dist/index.js, the library, and dist/testing.js, the
 * rule tester, with what both need in dist/shared.js.
 * With --check nothing is written: fails when dist/kubeplumb.js is not what the sources give.
 * The same sources give the same bytes: the file is committed, and CI rebuilds it to compare.
 */
import { existsSync, readFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { build } from 'esbuild';

const root = new URL('..', import.meta.url).pathname;
const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const valueOf = (flag) =>
  process.argv.find((argument) => argument.startsWith(`${flag}=`))?.slice(flag.length + 1);

const common = {
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
 * A library that few runs need is executed when something of it is first called, not when the file is loaded. Every name it exports starts out as a function that
 * loads the library and then puts the real things in place: bundled names are plain variables, so later calls cost nothing.
 */
const lazyLibraries = {
  name: 'lazy-libraries',
  setup(bundler) {
    bundler.onResolve({ filter: /^yaml$/ }, ({ kind }) =>
      kind === 'import-statement' ? { path: 'yaml', namespace: 'lazy' } : undefined,
    );
    bundler.onLoad({ filter: /.*/, namespace: 'lazy' }, async ({ path }) => {
      const names = Object.keys(await import(path)).filter(
        (name) => name !== 'default' && name !== 'module.exports',
      );
      const stubs = names.map(
        (name) =>
          `export let ${name} = function (...args) { load(); return new.target ? Reflect.construct(${name}, args) : ${name}(...args); };`,
      );
      return {
        contents: `const load = () => { ({ ${names.join(', ')} } = require(${JSON.stringify(path)})); };\n${stubs.join('\n')}`,
        resolveDir: root,
      };
    });
  },
};

if (process.argv.includes('--library')) {
  await build({
    ...common,
    entryPoints: ['src/index.ts', 'src/testing.ts'],
    outdir: valueOf('--outdir') ?? `${root}dist`,
    splitting: true,
    chunkNames: 'shared',
    platform: 'neutral',
    target: 'es2023',
  });
} else {
  const outfile = valueOf('--outfile') ?? `${root}dist/kubeplumb.js`;
  const check = process.argv.includes('--check');
  const { outputFiles } = await build({
    ...common,
    entryPoints: ['src/cli/bin.ts'],
    outfile,
    write: !check,
    minify: true,
    plugins: [lazyLibraries],
    // Bundled CommonJS requires Node's own modules by name.
    banner: { js: '#!/usr/bin/env node\nconst require=process.getBuiltinModule;' },
  });
  if (!check) await chmod(outfile, 0o755);
  else if (!existsSync(outfile) || readFileSync(outfile, 'utf8') !== outputFiles[0].text) {
    console.error('dist/kubeplumb.js is not what the sources give; make it again: npm run build');
    process.exitCode = 1;
  }
}
