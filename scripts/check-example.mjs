#!/usr/bin/env node
// The README's first command, in a folder without node_modules above it: the committed bundle must run on its own.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'kubeplumb-'));
try {
  for (const part of [
    'dist/kubeplumb.js',
    'dist/package.json',
    'dist/parts',
    'examples',
    'package.json',
  ])
    cpSync(part, join(folder, part), { recursive: true });
  const run = (...args) =>
    spawnSync(process.execPath, ['dist/kubeplumb.js', ...args], { cwd: folder, encoding: 'utf8' });
  const shop = run('examples/shop');
  const tutorial = run('examples/tutorial');
  const problems = [
    shop.status !== 1 && `examples/shop: exit ${shop.status} instead of 1\n${shop.stderr}`,
    ...[
      'service-selects-nothing',
      'target-port-name-unresolved',
      'probe-port-name-unresolved',
      'endpoints-without-service',
    ].map((rule) => !shop.stdout.includes(rule) && `examples/shop: no ${rule} among the findings`),
    tutorial.status !== 0 &&
      `examples/tutorial: exit ${tutorial.status} instead of 0\n${tutorial.stdout}${tutorial.stderr}`,
  ].filter(Boolean);
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}
