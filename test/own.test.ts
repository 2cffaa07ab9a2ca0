import { describe, expect, it } from 'vitest';
import { getOwn, setOwn } from '../src/own.ts';

describe('lookups by names of strangers', () => {
  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'finds no %s that nobody wrote',
    (name) => {
      expect(getOwn<unknown>({ app: 'web' }, name)).toBeUndefined();
    },
  );

  it('finds what stands there, whatever its name', () => {
    expect(getOwn({ app: 'web' }, 'app')).toBe('web');
    expect(getOwn(JSON.parse('{"__proto__":"x"}') as Record<string, string>, '__proto__')).toBe(
      'x',
    );
    expect(getOwn(undefined, 'app')).toBeUndefined();
    expect(getOwn(null, 'app')).toBeUndefined();
  });

  it('sets any key, and no prototype', () => {
    const record: Record<string, unknown> = {};
    setOwn(record, '__proto__', { polluted: true });
    setOwn(record, 'app', 'web');
    expect(Object.keys(record)).toEqual(['__proto__', 'app']);
    expect(record['polluted']).toBeUndefined();
  });
});
