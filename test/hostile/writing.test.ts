/**
 * What is written is there whole or not at all: however the process ends, and whatever the disk has
 * left.
 */
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deployment, inDirectory, service } from '../cli/run.ts';
import { distribution } from '../support/build.ts';
import { runs } from '../support/runs.ts';

/** Large enough that writing takes a while. */
const fillers = Array.from({ length: 5_000 }, (_, n) => `# ${n} ${'x'.repeat(80)}\n`).join('');
const slips = Array.from(
  { length: 40 },
  (_, n) => deployment(`web-${n}`) + service(`web-${n}`, { target: 'htpp' }),
).join('');
const before = `${slips}${fillers}`;

const bundle = join(distribution(), 'kubeplumb.js');
let cwd = '';
beforeEach(() => {
  cwd = inDirectory({ 'a.yaml': before });
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const attempts = runs(16).numRuns;

/** What writes, the file it writes, and what is there before. */
const writers = [
  ['--fix', ['--fix=unsafe'], 'a.yaml', before],
  ['a baseline', ['--update-baseline'], 'kubeplumb-baseline.json', '{ "old": true }\n'],
  ['a report', ['-o', 'json=report.json'], 'report.json', '{ "old": true }\n'],
] as const;

const read = (path: string): string => readFileSync(join(cwd, path), 'utf8');

/** The text that comes out when nothing interferes. */
function whole(argv: readonly string[], path: string, old: string): string {
  if (path !== 'a.yaml') writeFileSync(join(cwd, path), old);
  if (argv.includes('--update-baseline')) rmSync(join(cwd, path));
  spawnSync(process.execPath, [bundle, 'lint', ...argv, 'a.yaml'], { cwd });
  const text = read(path);
  expect(text).not.toBe(old);
  writeFileSync(join(cwd, 'a.yaml'), before);
  writeFileSync(join(cwd, path), path === 'kubeplumb-baseline.json' ? text : old);
  return text;
}

/** Ends after so many milliseconds, by force; else by itself. */
function killed(argv: readonly string[], after?: number): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [bundle, 'lint', ...argv, 'a.yaml'], {
      cwd,
      stdio: 'ignore',
    });
    const timer = after === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), after);
    child.on('exit', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

describe.each(writers)('%s', (_, argv, path, old) => {
  it('killed at any moment leaves the old text or the new one', async () => {
    const after = whole(argv, path, old);
    const allowed = [old, before, after];
    const started = performance.now();
    await killed(argv);
    const took = performance.now() - started;
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      writeFileSync(join(cwd, 'a.yaml'), before);
      await killed(argv, took * (0.5 + (0.6 * attempt) / attempts));
      expect(allowed.includes(read(path)), `attempt ${attempt}`).toBe(true);
    }
  });

  it('that may not grow so far leaves the old text, and says so', () => {
    whole(argv, path, old);
    writeFileSync(join(cwd, 'a.yaml'), before);
    const found = read(path);
    const command = [process.execPath, bundle, 'lint', ...argv, 'a.yaml'];
    const { status, stderr } = spawnSync(
      'bash',
      ['-c', `trap '' XFSZ; ulimit -f 1; exec "$@"`, 'bash', ...command],
      { cwd, encoding: 'utf8' },
    );
    expect(status).toBe(2);
    expect(stderr).toMatch(/larger than this process may write/);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect(read(path)).toBe(found);
    expect(readdirSync(cwd).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

// A closed one is /dev/null to Node, which opens it before the first line runs.
describe('a stdout that takes nothing', () => {
  it.each(['>/dev/full', '2>/dev/full >/dev/full'])('%s', (redirection) => {
    const { status, stderr } = spawnSync(
      'bash',
      ['-c', `exec "$@" ${redirection}`, 'bash', process.execPath, bundle, 'lint', 'a.yaml'],
      { cwd, encoding: 'utf8' },
    );
    expect(status).toBe(2);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect(stderr.split('\n').length).toBeLessThan(4);
  });
});

describe('a pipe', () => {
  it('whose reader is slow takes all of a long report, and then what stderr says', () => {
    const command = [process.execPath, bundle, 'lint', '-o', 'json', '--stats', 'a.yaml'];
    const { stdout } = spawnSync(
      'bash',
      ['-c', '"$@" 2>&1 | { sleep 1; cat; }', 'bash', ...command],
      { cwd, encoding: 'utf8' },
    );
    const end = stdout.indexOf('\n}\n') + 2;
    expect(stdout.slice(end)).toMatch(/^\nread /);
    const report = JSON.parse(stdout.slice(0, end)) as { diagnostics: readonly unknown[] };
    expect(stdout.length).toBeGreaterThan(65_536);
    expect(report.diagnostics).toHaveLength(40);
  });

  it('that nobody reads ends the run in silence', () => {
    const command = [process.execPath, bundle, 'lint', '-o', 'json', 'a.yaml'];
    const { stderr } = spawnSync('bash', ['-c', '"$@" | true', 'bash', ...command], {
      cwd,
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
  });
});
