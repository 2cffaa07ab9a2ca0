/**
 * What is published beside the committed command: the library and the rule tester, with one file of
 * types each; `--types` makes only these.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateDtsBundle } from 'dts-bundle-generator';
import { root } from './generated-file.ts';

/** By the file that they are of. */
const types = [
  ['src/index.ts', 'dist/index.d.mts'],
  ['src/testing.ts', 'dist/testing.d.mts'],
] as const;

if (!process.argv.includes('--types')) {
  const build = ['--import', 'tsx', 'scripts/build.ts', '--library'];
  const { status } = spawnSync(process.execPath, build, { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error('the library cannot be built');
}
// Both at once: it is reading the sources that takes the time.
const bundles = generateDtsBundle(
  types.map(([source]) => ({
    filePath: join(root, source),
    // Types that these refer to are inside of them: the package has no dependencies.
    libraries: { inlinedLibraries: ['kubernetes-types'] },
    output: { noBanner: true, exportReferencedTypes: false },
  })),
  { preferredConfigPath: join(root, 'tsconfig.build.json') },
);
for (const [index, [, target]] of types.entries())
  writeFileSync(join(root, target), bundles[index] ?? '');
