/**
 * The parts of the harness that need no control plane: which golden files an answer leaves behind,
 * and flags that depend on the release.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { controllerNames } from '../../conformance/control-plane.ts';
import { Goldens } from '../../conformance/goldens.ts';
import { inOrder, mutants } from '../../conformance/mutants.ts';

const answer = (kubernetes: string, ports: unknown): string =>
  JSON.stringify({ kubernetes, services: { 'shop/web': { slices: [{ ports }] } } });

describe('goldens', () => {
  let root = '';
  let goldens: Goldens;
  const file = (name: string): string => join(root, 'sidecar', name);
  const releases = (): Record<string, unknown> =>
    (
      JSON.parse(readFileSync(join(root, 'releases.json'), 'utf8')) as {
        replayed: Record<string, unknown>;
      }
    ).replayed;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'kubeplumb-goldens-'));
    mkdirSync(join(root, 'sidecar'));
    writeFileSync(file('scenario.json'), '{"title":"a sidecar\'s port"}');
    writeFileSync(file('golden.json'), answer('1.36.3', [15001]));
    writeFileSync(
      join(root, 'releases.json'),
      '{"default":"1.36","replayed":{"1.36":{"version":"1.36.3"}}}',
    );
    goldens = new Goldens(root);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('lists folders with a scenario.json, on a plain IPv4 cluster unless it says otherwise', () => {
    mkdirSync(join(root, 'no-scenario'));
    expect(goldens.scenarios()).toEqual(['sidecar']);
    expect(goldens.familiesOf('sidecar')).toEqual(['IPv4']);
  });

  it('says where an answer differs, and passes the version over', () => {
    expect(goldens.differences('sidecar', '1.36.4', answer('1.36.4', [15001]))).toEqual([]);
    expect(goldens.differences('sidecar', '1.36.4', answer('1.36.4', null))).toEqual([
      'services.shop/web.slices[0].ports: [15001], now null',
    ]);
  });

  it('does not take the answer of the default release for that of one that was never asked', () => {
    expect(goldens.versionOf('1.37')).toBeUndefined();
    expect(goldens.wasAsked('sidecar', '1.36.4')).toBe(true);
    expect(goldens.wasAsked('sidecar', '1.37.1')).toBe(false);
    expect(goldens.differences('sidecar', '1.37.1', answer('1.37.1', null))).toEqual([
      'services.shop/web.slices[0].ports: [15001], now null',
    ]);
  });

  it('gives another release a file where its answer differs', () => {
    expect(goldens.write('1.32.2', [['sidecar', answer('1.32.2', null)]])).toBe(1);
    expect(readFileSync(file('golden-1.32.json'), 'utf8')).toBe(answer('1.32.2', null));
    expect(readFileSync(file('golden.json'), 'utf8')).toBe(answer('1.36.3', [15001]));
    expect(releases()['1.32']).toEqual({ version: '1.32.2', same: [] });
    expect(goldens.wasAsked('sidecar', '1.32.2')).toBe(true);
    expect(goldens.differences('sidecar', '1.32.13', answer('1.32.13', null))).toEqual([]);
  });

  it('gives it none, but a note, where its answer is the same', () => {
    expect(goldens.write('1.37.1', [['sidecar', answer('1.37.1', [15001])]])).toBe(0);
    expect(existsSync(file('golden-1.37.json'))).toBe(false);
    expect(releases()['1.37']).toEqual({ version: '1.37.1', same: ['sidecar'] });
    expect(goldens.wasAsked('sidecar', '1.37.1')).toBe(true);
    expect(goldens.differences('sidecar', '1.37.2', answer('1.37.2', null))).toHaveLength(1);
  });

  it('takes away a file that has become redundant', () => {
    goldens.write('1.32.2', [['sidecar', answer('1.32.2', null)]]);
    expect(goldens.write('1.32.2', [['sidecar', answer('1.32.2', [15001])]])).toBe(1);
    expect(existsSync(file('golden-1.32.json'))).toBe(false);
  });

  it('rewrites golden.json for the default release', () => {
    expect(goldens.write('1.36.4', [['sidecar', answer('1.36.4', [15001])]])).toBe(1);
    expect(readFileSync(file('golden.json'), 'utf8')).toBe(answer('1.36.4', [15001]));
    expect(releases()['1.36']).toEqual({ version: '1.36.4' });
  });

  it('lists releases in order', () => {
    for (const version of ['1.37.1', '1.32.2', '1.36.4']) goldens.write(version, []);
    expect(Object.keys(releases())).toEqual(['1.32', '1.36', '1.37']);
  });
});

describe('controllers', () => {
  it('have other names before 1.28', () => {
    expect(controllerNames(27)).toContain('endpoint');
    expect(controllerNames(27)).toContain('statefulset');
    expect(controllerNames(28)).toContain('endpoints-controller');
    expect(controllerNames(28)).toHaveLength(controllerNames(27).length);
  });
});

describe('mutants', () => {
  const objects = new Goldens(join(import.meta.dirname, '../../fixtures/conformance')).objects();
  const made = (seed: number) => [...mutants(objects, 200, seed)];

  it('are the same for the same seed, and others for another one', () => {
    expect(made(1)).toEqual(made(1));
    expect(made(2)).not.toEqual(made(1));
  });

  it('are objects that are nowhere as they are', () => {
    const known = new Set(objects.map((object) => JSON.stringify(inOrder(object))));
    const unchanged = made(3).filter(({ object }) => known.has(JSON.stringify(object)));
    expect(unchanged.length).toBeLessThan(20);
    for (const { object, changes } of made(3)) {
      expect(object).toMatchObject({ apiVersion: expect.any(String), kind: expect.any(String) });
      expect(changes.length).toBeGreaterThan(0);
    }
  });
});
