/**
 * Makes what is distributed:
 *
 *   npm run bundle                     the command, in dist/: kubeplumb.js and its parts, which run
 *                                      with nothing installed
 *   npm run bundle -- --outdir=DIR     the same in DIR
 *   npm run bundle -- --outfile=FILE   the command in one file, an ES module
 *   npm run bundle -- --check          writes nothing; fails when dist/ does not hold what the
 *                                      sources give
 *   npm run bundle -- --library        the library and the rule tester, dist/index.mjs and
 *                                      dist/testing.mjs, and what both share
 *   npm run bundle -- --library=DIR    the same in DIR
 *
 * With DIRs more than one may be asked for, which reads the sources once.
 *
 * The same sources give the same bytes: the command is committed, and CI rebuilds it to compare.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { chunks, common, order } from './bundle/chunks.ts';
import { lazyLibraries } from './bundle/lazy.ts';
import { link } from './bundle/link.ts';
import { sourcesWithPlainLoops } from './bundle/loops.ts';
import { paddedSpreads } from './bundle/spreads.ts';
import { root } from './generated-file.ts';

/** Everything that is written, by its path in the folder of the command. */
type Files = ReadonlyMap<string, string>;

const valuesOf = (flag: string): string[] =>
  process.argv.flatMap((argument) =>
    argument.startsWith(`${flag}=`) ? argument.slice(flag.length + 1) : [],
  );

const dist = join(root, 'dist');
const asked = [
  ...valuesOf('--outdir').map((outdir) => async () => write(await buildParts(), outdir)),
  ...valuesOf('--library').map((outdir) => () => buildLibrary(outdir)),
  ...valuesOf('--outfile').map((outfile) => () => buildOneFile(outfile)),
];
if (process.argv.includes('--library')) await buildLibrary(dist);
else if (process.argv.includes('--check')) check(await buildParts());
else if (asked.length === 0) await write(await buildParts(), dist);
for (const build of asked) await build();

async function buildLibrary(outdir: string): Promise<void> {
  await build({
    ...common,
    entryPoints: ['src/index.ts', 'src/testing.ts'],
    outdir,
    splitting: true,
    chunkNames: 'shared',
    // Names stay: who writes a rule reads them in stack traces.
    minifyWhitespace: true,
    minifySyntax: true,
    // Node shows the whole line that an error was thrown in.
    lineLimit: 120,
    outExtension: { '.js': '.mjs' },
    platform: 'neutral',
    // ajv is CommonJS; it runs only where rules of a plugin have options.
    mainFields: ['module', 'main'],
    plugins: [lazyLibraries(root, /^ajv$/), paddedSpreads(root, sourcesWithPlainLoops(root))],
    target: 'es2023',
  });
}

async function buildOneFile(file: string): Promise<void> {
  await build({
    ...common,
    entryPoints: ['src/cli/bin.ts'],
    outfile: file,
    minify: true,
    // Loops and spreads stay as they are: what is rewritten for V8 must not show in a report.
    plugins: [lazyLibraries(root)],
    // Bundled CommonJS requires Node's own modules by name.
    banner: { js: '#!/usr/bin/env node\nconst require=process.getBuiltinModule;' },
  });
  await chmod(file, 0o755);
}

async function buildParts(): Promise<Files> {
  const parts = await link(await chunks(), order);
  return new Map([
    // What lies above it says that .js is for ES modules, of which loading even one costs more.
    ['package.json', '{ "type": "commonjs" }\n'],
    ['kubeplumb.js', `#!/usr/bin/env node\n${parts.program}`],
    ...parts.files,
  ]);
}

async function write(files: Files, outdir: string): Promise<void> {
  const marker = join(outdir, 'package.json');
  if (existsSync(marker) && readFileSync(marker, 'utf8') !== files.get('package.json'))
    throw new Error(`${outdir} has a package.json of its own; choose another --outdir`);
  for (const path of strangers(files, outdir)) rmSync(join(outdir, path));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(outdir, path)), { recursive: true });
    writeFileSync(join(outdir, path), text);
  }
  await chmod(join(outdir, 'kubeplumb.js'), 0o755);
}

function check(files: Files): void {
  const wrong = [...files]
    .filter(([path, text]) => {
      const file = join(dist, path);
      return !existsSync(file) || readFileSync(file, 'utf8') !== text;
    })
    .map(([path]) => path);
  const all = [...wrong, ...strangers(files, dist)];
  if (all.length === 0) return;
  console.error(
    `dist/ is not what the sources give (${all.join(', ')}); make it again: npm run bundle`,
  );
  process.exitCode = 1;
}

/** Parts of other sources. */
function strangers(files: Files, outdir: string): string[] {
  const parts = join(outdir, 'parts');
  return (existsSync(parts) ? readdirSync(parts) : [])
    .map((name) => `parts/${name}`)
    .filter((path) => !files.has(path));
}
