/**
 * What is published beside the committed command: the library and the rule tester, with one file of
 * types each.
 */
import { spawnSync } from 'node:child_process';
import { root } from './generated-file.ts';

/** Types that these refer to are inside of them: the package has no dependencies. */
const declarations = [
  'dts-bundle-generator',
  '--silent',
  '--no-banner',
  '--no-check',
  '--project tsconfig.build.json',
  '--export-referenced-types false',
  '--external-inlines kubernetes-types',
].join(' ');

const commands = [
  'npx tsx scripts/build.ts --library',
  `npx --no-install ${declarations} -o dist/index.d.mts src/index.ts`,
  `npx --no-install ${declarations} -o dist/testing.d.mts src/testing.ts`,
];

for (const command of commands) {
  const { status } = spawnSync(command, { cwd: root, shell: true, stdio: 'inherit' });
  if (status === 0) continue;
  console.error(`failed: ${command}`);
  process.exitCode = 1;
  break;
}
