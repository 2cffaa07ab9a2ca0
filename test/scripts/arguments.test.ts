/** Wrong use of the developers' scripts. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

describe('a script', () => {
  it.each([
    ['triage --help', 0, /^usage: npm run triage -- FOLDER /],
    ['agreement nope', 2, /^nope is no directory\nusage: npm run agreement -- FOLDER\n$/],
    ['citations --nope', 2, /^Unknown option '--nope'.*\nusage: npm run citations /],
  ])('%s', (line, status, said) => {
    const [script, ...args] = line.split(' ');
    const ran = spawnSync(process.execPath, ['--import', 'tsx', `scripts/${script}.ts`, ...args], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(`${ran.stdout}${ran.stderr}`).toMatch(said);
    expect(ran.status).toBe(status);
  });
});
