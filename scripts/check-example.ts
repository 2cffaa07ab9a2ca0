/**
 * The README's first command, in a folder without node_modules above it: the committed command must
 * run on its own.
 */
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './generated-file.ts';

const parts = ['dist/kubeplumb.js', 'dist/package.json', 'dist/parts', 'examples', 'package.json'];
const expected = [
  'service-selects-nothing',
  'target-port-name-unresolved',
  'probe-port-name-unresolved',
  'endpoints-without-service',
];

function problemsIn(folder: string): string[] {
  const run = (directory: string): SpawnSyncReturns<string> =>
    spawnSync(process.execPath, ['dist/kubeplumb.js', directory], {
      cwd: folder,
      encoding: 'utf8',
    });
  const problems: string[] = [];
  const shop = run('examples/shop');
  if (shop.status !== 1)
    problems.push(`examples/shop: exit ${shop.status} instead of 1\n${shop.stderr}`);
  for (const rule of expected)
    if (!shop.stdout.includes(rule)) problems.push(`examples/shop: no ${rule} among the findings`);
  const tutorial = run('examples/tutorial');
  if (tutorial.status !== 0)
    problems.push(
      `examples/tutorial: exit ${tutorial.status} instead of ` +
        `0\n${tutorial.stdout}${tutorial.stderr}`,
    );
  return problems;
}

const folder = mkdtempSync(join(tmpdir(), 'kubeplumb-'));
try {
  for (const part of parts) cpSync(join(root, part), join(folder, part), { recursive: true });
  const problems = problemsIn(folder);
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}
