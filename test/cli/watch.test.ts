/** The line about long work, and --stats. */
import { describe, expect, it } from 'vitest';
import type { Io } from '../../src/cli/io.ts';
import { watchOf } from '../../src/cli/watch.ts';
import { deployment, run, service } from './run.ts';

/** A clock that somebody else winds, and what was written on a terminal of 40 columns. */
function world({ env = {}, isTTY = true }: { env?: Io['env']; isTTY?: boolean } = {}) {
  const state = { time: 0, written: '' };
  const output = { write: (text: string) => void (state.written += text), isTTY, columns: 40 };
  const io: Io = {
    stdin: async () => Buffer.alloc(0),
    stdout: output,
    stderr: output,
    env,
    cwd: '/',
    now: () => state.time,
  };
  return { state, io };
}

describe('the line about long work', () => {
  it('comes after two seconds, at most ten times a second, and goes', () => {
    const { state, io } = world();
    const watch = watchOf(io, { quiet: false, stats: true });
    watch.file();
    state.time = 1999;
    watch.file();
    expect(state.written).toBe('');
    state.time = 2000;
    watch.file();
    expect(state.written).toBe('\r3 files read\u001B[K');
    state.time = 2099;
    watch.unit();
    expect(state.written).toBe('\r3 files read\u001B[K');
    state.time = 2100;
    watch.unit();
    expect(state.written).toContain('\r3 files read, 2 units judged\u001B[K');
    watch.clear();
    expect(state.written.endsWith('\r\u001B[K')).toBe(true);
    const { length } = state.written;
    watch.clear();
    expect(state.written).toHaveLength(length);
  });

  it('counts directories until the first file is read', () => {
    const { state, io } = world();
    const watch = watchOf(io, { quiet: false, stats: false });
    state.time = 5000;
    watch.directory();
    expect(state.written).toBe('\r1 directory looked through\u001B[K');
    state.time = 6000;
    watch.file();
    expect(state.written).toContain('\r1 file read\u001B[K');
  });

  it.each([
    ['in a pipe', { isTTY: false }, false],
    ['in CI', { env: { CI: 'true' } }, false],
    ['with --quiet', {}, true],
  ])('stays away %s', (_, options, quiet) => {
    const { state, io } = world(options);
    const watch = watchOf(io, { quiet, stats: true });
    state.time = 5000;
    watch.file();
    watch.clear();
    expect(state.written).toBe('');
  });

  it('is no wider than the terminal', () => {
    const { state, io } = world();
    const watch = watchOf(
      { ...io, stderr: { ...io.stderr, columns: 10 } },
      { quiet: false, stats: true },
    );
    state.time = 5000;
    watch.file();
    expect(state.written).toBe('\r1 file re\u001B[K');
  });
});

describe('--stats', () => {
  it('tells where the time went, on stderr', async () => {
    const { out, err } = await run(['--stats', '-o', 'json', '.'], {
      files: { 'a.yaml': deployment('web') + service('web') },
    });
    expect(JSON.parse(out)).toHaveProperty('version', 1);
    const rows = err.trimEnd().split('\n');
    expect(rows.map((row) => row.replace(/ +\d+\.\d{3} s/, ''))).toEqual(
      expect.arrayContaining([
        'read  1 file',
        'parse',
        'units  1 unit judged',
        'predict',
        'rules',
        '  service-selects-nothing',
        'all else',
        'in all',
      ]),
    );
  });

  it('adds up', () => {
    const { state, io } = world();
    const watch = watchOf(io, { quiet: false, stats: true });
    const done = watch.starts('read');
    state.time = 1500;
    done();
    watch.timed('some-rule', () => void (state.time += 250));
    expect(() =>
      watch.timed('other-rule', () => {
        state.time += 500;
        throw new Error('x');
      }),
    ).toThrow('x');
    state.time += 1;
    expect(watch.stats()).toBe(
      [
        'read             1.500 s  no files',
        'rules            0.750 s',
        '  other-rule     0.500 s',
        '  some-rule      0.250 s',
        'all else         0.001 s',
        'in all           2.251 s',
        '',
      ].join('\n'),
    );
  });
});
