/** Wrong use of the developers' scripts. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'kubeplumb-'));

// All three at once: tsx would load the sources for each of them, which takes much longer.
beforeAll(async () => {
  await build({
    absWorkingDir: root,
    entryPoints: ['triage', 'agreement', 'citations'].map((name) => `scripts/${name}.ts`),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    banner: { js: 'const require=process.getBuiltinModule;' },
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a script', () => {
  it.each([
    ['triage --help', 0, /^usage: npm run triage -- FOLDER /],
    ['agreement nope', 2, /^nope is no directory\nusage: npm run agreement -- FOLDER\n$/],
    ['citations --nope', 2, /^Unknown option '--nope'.*\nusage: npm run citations /],
  ])('%s', (line, status, said) => {
    const [script, ...args] = line.split(' ');
    const ran = spawnSync(process.execPath, [join(folder, `${script}.mjs`), ...args], {
      encoding: 'utf8',
    });
    expect(`${ran.stdout}${ran.stderr}`).toMatch(said);
    expect(ran.status).toBe(status);
  });
});
