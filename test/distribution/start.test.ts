/**
 * What a start loads, and what it keeps for the next one. Counted in bytes and files: a clock says
 * something else on every machine.
 */
import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deployment, service } from '../cli/run.ts';
import { distribution } from '../support/build.ts';
import { type Run, run, temporaryDirectory } from './clone.ts';

const dist = distribution();
const work = temporaryDirectory('start-work');
const program = join(dist, 'kubeplumb.js');
const caches = join(work, 'caches');
const kept = join(caches, 'kubeplumb');
const watcher = join(work, 'watcher.cjs');

beforeAll(() => {
  mkdirSync(join(work, 'k8s'));
  writeFileSync(join(work, 'k8s/web.yaml'), `${deployment('web')}---\n${service('web')}`);
  // Tells on stderr which parts are read.
  writeFileSync(
    watcher,
    `const fs = require('node:fs');
    const { readFileSync } = fs;
    fs.readFileSync = (path, ...rest) => {
      const part = /parts.([a-z-]+)\\.cjs$/.exec(path)?.[1];
      if (part !== undefined) process.stderr.write(part + '\\n');
      return readFileSync(path, ...rest);
    };`,
  );
});
beforeEach(() => rmSync(caches, { recursive: true, force: true }));
afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

const start = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Run =>
  run(process.execPath, [program, ...args], join(work, 'k8s'), { XDG_CACHE_HOME: caches, ...env });

function partsOf(...args: string[]): string[] {
  const { code, err } = run(
    process.execPath,
    ['-r', watcher, program, ...args],
    join(work, 'k8s'),
    {
      XDG_CACHE_HOME: caches,
    },
  );
  expect(code).toBe(0);
  return err.split('\n').slice(0, -1);
}

const size = (path: string): number => statSync(join(dist, path)).size;

describe('a start', () => {
  it('loads nothing beside the program to tell its version', () => {
    expect(partsOf('--version')).toEqual([]);
  });

  // Where it loads or reads more, `npm run profile` finds out what a small file needs now.
  it('loads one part to lint a small file', () => {
    expect(partsOf('web.yaml')).toEqual(['lint']);
  });

  it('reads few bytes', () => {
    expect(size('kubeplumb.js')).toBeLessThan(33_000);
    expect(size('parts/lint.cjs')).toBeLessThan(465_000);
  });

  it('is written in ASCII, as it is read', () => {
    for (const name of readdirSync(join(dist, 'parts')))
      expect(/\P{ASCII}/u.exec(readFileSync(join(dist, 'parts', name), 'utf8'))).toBe(null);
  });
});

describe('what is compiled', () => {
  const files = (): string[] => readdirSync(kept).sort();
  const identity = (name: string): number => statSync(join(kept, name)).ino;

  /** A first run notes that there was one, a second one keeps what it compiled. */
  function startTwice(): Run {
    const first = start(['web.yaml']);
    expect(start(['web.yaml'])).toEqual(first);
    return first;
  }

  it('is kept by a second run where only the user can read it, and taken from there', () => {
    const first = start(['web.yaml']);
    const [name = ''] = files();
    expect(files()).toEqual([expect.stringMatching(/^lint-[\w-]{12}-v\d/)]);
    expect(statSync(join(kept, name)).size).toBe(0);
    expect(start(['web.yaml'])).toEqual(first);
    expect(files()).toEqual([name]);
    expect(statSync(join(kept, name)).size).toBeGreaterThan(100_000);
    expect(statSync(join(kept, name)).mode & 0o777).toBe(0o600);
    expect(statSync(kept).mode & 0o777).toBe(0o700);
    const before = identity(name);
    expect(start(['web.yaml'])).toEqual(first);
    expect(identity(name)).toBe(before);
  });

  it('is kept without a word, however many parts there are', () => {
    const projects = join(import.meta.dirname, '../../fixtures/kustomize');
    const first = start([projects]);
    expect(start([projects])).toEqual(first);
    const sizes = files().map((name) => statSync(join(kept, name)).size);
    expect(sizes.filter((bytes) => bytes > 0).length).toBeGreaterThan(10);
  });

  it('is made again where it is broken, of another V8, or open to others', () => {
    const first = startTwice();
    const [name = ''] = files();
    const whole = readFileSync(join(kept, name));
    for (const [text, mode] of [
      ['', 0o600],
      ['not what V8 writes', 0o600],
      [whole.subarray(0, 100), 0o600],
      [whole, 0o644],
    ] as const) {
      writeFileSync(join(kept, name), text);
      chmodSync(join(kept, name), mode);
      // A file that is open keeps its number, which another one would be given else.
      const held = openSync(join(kept, name), 'r');
      const before = identity(name);
      expect(startTwice()).toEqual(first);
      closeSync(held);
      expect(files()).toEqual([name]);
      expect(statSync(join(kept, name)).size).toBeGreaterThan(100_000);
      expect(identity(name)).not.toBe(before);
      expect(statSync(join(kept, name)).mode & 0o777).toBe(0o600);
    }
  });

  it('is made again by a run that gets to more of a part, and by no other', () => {
    const startAt = (path: string): readonly [number, number] => {
      start([path]);
      const name = files().find((file) => file.startsWith('lint-')) ?? '';
      return [identity(name), statSync(join(kept, name)).size];
    };
    startAt('misspelt.yaml');
    const [, ofLittle] = startAt('misspelt.yaml');
    expect(startAt('web.yaml')[1]).toBe(1);
    expect(startAt('misspelt.yaml')[1]).toBe(1);
    const ofMore = startAt('web.yaml');
    expect(ofMore[1]).toBeGreaterThan(ofLittle * 1.5);
    expect(startAt('misspelt.yaml')).toEqual(ofMore);
    expect(startAt('web.yaml')).toEqual(ofMore);
  });

  it('is done without where it is not wanted, or cannot be written', () => {
    const first = start(['web.yaml'], { NODE_DISABLE_COMPILE_CACHE: '1' });
    expect(() => files()).toThrow('ENOENT');
    for (const place of ['relative', '/dev/null/x', join(work, 'k8s/inside')])
      expect(start(['web.yaml'], { XDG_CACHE_HOME: place })).toEqual(first);
    expect(readdirSync(join(work, 'k8s'))).toEqual(['web.yaml']);
  });

  it('is not kept in what was checked out, whatever directory the run begins in', () => {
    mkdirSync(join(work, '.git'));
    start(['web.yaml'], { XDG_CACHE_HOME: join(work, '.cache') });
    rmSync(join(work, '.git'), { recursive: true });
    expect(readdirSync(work)).not.toContain('.cache');
  });

  it('goes when it has not been used for a month', () => {
    mkdirSync(kept, { recursive: true, mode: 0o700 });
    const old = join(kept, 'lint-of-long-ago');
    writeFileSync(old, '');
    utimesSync(old, 0, 0);
    startTwice();
    expect(files()).toEqual([expect.stringMatching(/^lint-[\w-]{12}-v\d/)]);
  });
});

describe('a plugin', () => {
  it('is imported as ever', () => {
    const plugin = join(import.meta.dirname, '../../examples/plugin/index.js');
    const args = ['--plugin', plugin, 'web.yaml'];
    const first = start(args);
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(start(args)).toEqual(first);
  });
});
