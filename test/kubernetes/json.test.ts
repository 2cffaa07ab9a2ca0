import { describe, expect, it } from 'vitest';
import { asList, asText, fieldAt, type Json } from '../../src/kubernetes/json.ts';

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
