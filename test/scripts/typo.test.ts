import { describe, expect, test } from 'vitest';
import { misspell, mistypeNumber, type NameForm, renameKey } from '../../scripts/mutate/typo.ts';

const seeds = Array.from({ length: 200 }, (_, seed) => seed * 7919);

describe('misspell', () => {
  const cases: readonly [string, NameForm, RegExp][] = [
    ['web-frontend', 'dns-label', /^[a-z]([a-z0-9-]*[a-z0-9])?$/],
    ['http-metrics', 'port-name', /^(?!.*--)[a-z0-9-]{1,15}$/],
    ['exactly-fifteen', 'port-name', /^[a-z0-9-]{1,15}$/],
    ['kube_state.Metrics', 'label-value', /^[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?$/],
    [
      'app.kubernetes.io/name',
      'label-key',
      /^app\.kubernetes\.io\/[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?$/,
    ],
  ];
  test.each(cases)('%s as %s is another legal one with every seed', (text, form, legal) => {
    for (const seed of seeds) {
      const written = misspell(text, form, seed);
      expect(written).not.toBe(text);
      expect(written).toMatch(legal);
      expect(Math.abs((written ?? '').length - text.length)).toBeLessThanOrEqual(1);
    }
  });

  test('seeds give every kind of slip', () => {
    const written = new Set(seeds.map((seed) => misspell('web-api', 'label-value', seed)));
    for (const slip of ['wb-api', 'weeb-api', 'ewb-api', 'eeb-api', 'web_api', 'webapi'])
      expect(written).toContain(slip);
  });

  test('it never hits a name that is taken', () => {
    const taken = new Set(['ab', 'ba', 'aa']);
    for (const seed of seeds)
      expect(taken).not.toContain(misspell('aab', 'label-value', seed, taken));
  });

  test('one letter cannot be misspelt', () =>
    expect(misspell('a', 'label-value', 1)).toBeUndefined());
});

test('a number stays a port', () => {
  for (const seed of seeds) {
    for (const number of [1, 80, 8080, 65535]) {
      const written = mistypeNumber(number, seed, new Set([81]));
      expect(written).not.toBe(number);
      expect(written).not.toBe(81);
      expect(written).toBeGreaterThan(0);
      expect(written).toBeLessThan(65536);
    }
  }
});

test('a key becomes a synonym or a misspelling, never one that is there', () => {
  expect(renameKey('app', 0, new Set(['app']))).toBe('app.kubernetes.io/name');
  expect(renameKey('app', 0, new Set(['app', 'app.kubernetes.io/name']))).not.toBe(
    'app.kubernetes.io/name',
  );
  expect(renameKey('tier', 0, new Set())).not.toBe('tier');
});
