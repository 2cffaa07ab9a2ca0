/**
 * Everything that must hold besides the tests: one line per check, all of them run, exit 1 when one
 * fails.
 */
import { spawnSync } from 'node:child_process';

const checks = {
  types: 'npx tsc --noEmit',
  lint: 'npx eslint . --max-warnings 0',
  format: 'npx prettier --check --log-level warn .',
  'nothing is left unused': 'npx knip --no-progress',
  'generated files are fresh': 'npx tsx scripts/generate.ts --check',
  'no regular expression is slow': 'npx tsx scripts/check-regexes.ts',
  'bundle is fresh': 'npx tsx scripts/build.ts --check',
  'shipped example runs uninstalled': 'npx tsx scripts/check-example.ts',
};

let failed = 0;
for (const [name, command] of Object.entries(checks)) {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(command, { shell: true, encoding: 'utf8' });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
  if (status === 0) continue;
  failed += 1;
  console.log(`     ${command}\n${stdout}${stderr}`);
}
console.log(`${Object.keys(checks).length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
