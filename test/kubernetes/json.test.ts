import { describe, expect, it, test } from 'vitest';
import { asList, asText, fieldAt, type Json, textPairs } from '../../src/kubernetes/json.ts';

const value: Json = {
  spec: { ports: [{ name: 'http' }, null], empty: '', none: null, port: 80 },
};

describe('fieldAt', () => {
  it.each([
    [['spec', 'ports', 0, 'name'], 'http'],
    [['spec', 'port'], 80],
    [[], value],
    [['spec', 'ports', 1], undefined],
    [['spec', 'ports', 1, 'name'], undefined],
    [['spec', 'ports', 'name'], undefined],
    [['spec', 'ports', 'length'], undefined],
    [['spec', 'none'], undefined],
    [['spec', 'port', 'name'], undefined],
    [['constructor'], undefined],
    [['spec', '__proto__', 'toString'], undefined],
  ] as const)('%j leads to %j', (path, found) => {
    expect(fieldAt(value, ...path)).toEqual(found);
  });
});

describe('asList, asText', () => {
  it('are empty where something else stands', () => {
    expect(asList({})).toEqual([]);
    expect(asList(undefined)).toEqual([]);
    expect(asText('')).toBeUndefined();
    expect(asText(80)).toBeUndefined();
    expect(asText('http')).toBe('http');
  });
});

test('of pairs only those are labels whose values are texts', () => {
  const labels = { app: 'web', tier: '' };
  expect(textPairs(labels)).toBe(labels);
  expect(textPairs({ app: 'web', version: 2, track: null })).toStrictEqual({ app: 'web' });
  expect(textPairs(['web'])).toStrictEqual({});
  expect(textPairs(undefined)).toStrictEqual({});
});
