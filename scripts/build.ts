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
 *
 * The same sources give the same bytes: the command is committed, and CI rebuilds it to compare.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { lazyLibraries, lazyModules } from './bundle/lazy.ts';
import { link } from './bundle/link.ts';
import { paddedSpreads } from './bundle/spreads.ts';
import { root } from './generated-file.ts';

/** Everything that is written, by its path in the folder of the command. */
type Files = ReadonlyMap<string, string>;

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string;
};
const valueOf = (flag: string): string | undefined =>
  process.argv.find((argument) => argument.startsWith(`${flag}=`))?.slice(flag.length + 1);

const common: BuildOptions = {
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
 * Those that come first get what is shared, so lint, which most runs are, is one file beside the
 * entry. Settings take what they share with the options of plugins, so that reading a configuration
 * loads no ajv.
 */
const entries: readonly [string, ...string[]] = [
  'bin',
  'lint',
  'get',
  'describe',
  'diff',
  'config',
  'init',
  'rules',
  'explain',
  'settings',
];

const outfile = valueOf('--outfile');
const outdir = valueOf('--outdir') ?? join(root, 'dist');
if (process.argv.includes('--library')) await buildLibrary();
else if (outfile !== undefined) await buildOneFile(outfile);
else {
  const files = await buildParts();
  if (process.argv.includes('--check')) check(files);
  else await write(files);
}

async function buildLibrary(): Promise<void> {
  await build({
    ...common,
    entryPoints: ['src/index.ts', 'src/testing.ts'],
    outdir,
    splitting: true,
    chunkNames: 'shared',
    outExtension: { '.js': '.mjs' },
    platform: 'neutral',
    // ajv is CommonJS; it runs only where rules of a plugin have options.
    mainFields: ['module', 'main'],
    plugins: [lazyLibraries(root, /^ajv$/), paddedSpreads(root)],
    target: 'es2023',
  });
}

async function buildOneFile(file: string): Promise<void> {
  await build({
    ...common,
    entryPoints: ['src/cli/bin.ts'],
    outfile: file,
    minify: true,
    plugins: [lazyLibraries(root), paddedSpreads(root)],
    // Bundled CommonJS requires Node's own modules by name.
    banner: { js: '#!/usr/bin/env node\nconst require=process.getBuiltinModule;' },
  });
  await chmod(file, 0o755);
}

async function buildParts(): Promise<Files> {
  const result = await build({
    ...common,
    entryPoints: ['src/cli/bin.ts'],
    outdir: 'dist',
    splitting: true,
    metafile: true,
    write: false,
    minify: true,
    plugins: [await lazyModules(root), paddedSpreads(root)],
  });
  const parts = await link(result, entries);
  return new Map([
    // What lies above it says that .js is for ES modules, of which loading even one costs more.
    ['package.json', '{ "type": "commonjs" }\n'],
    ['kubeplumb.js', `#!/usr/bin/env node\n${parts.program}`],
    ...parts.files,
  ]);
}

async function write(files: Files): Promise<void> {
  const marker = join(outdir, 'package.json');
  if (existsSync(marker) && readFileSync(marker, 'utf8') !== files.get('package.json'))
    throw new Error(`${outdir} has a package.json of its own; choose another --outdir`);
  for (const path of strangers(files)) rmSync(join(outdir, path));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(outdir, path)), { recursive: true });
    writeFileSync(join(outdir, path), text);
  }
  await chmod(join(outdir, 'kubeplumb.js'), 0o755);
}

function check(files: Files): void {
  const wrong = [...files]
    .filter(([path, text]) => {
      const file = join(outdir, path);
      return !existsSync(file) || readFileSync(file, 'utf8') !== text;
    })
    .map(([path]) => path);
  const all = [...wrong, ...strangers(files)];
  if (all.length === 0) return;
  console.error(
    `dist/ is not what the sources give (${all.join(', ')}); make it again: npm run bundle`,
  );
  process.exitCode = 1;
}

/** Parts of other sources. */
function strangers(files: Files): string[] {
  const parts = join(outdir, 'parts');
  return (existsSync(parts) ? readdirSync(parts) : [])
    .map((name) => `parts/${name}`)
    .filter((path) => !files.has(path));
}
