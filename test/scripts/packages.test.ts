import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/generated-file.ts';
import { directoryName, parsePackages, sampled } from '../../scripts/triage/packages.ts';

const list = parsePackages(readFileSync(join(root, 'test', 'triage', 'packages.json'), 'utf8'));

describe('packages to triage', () => {
  it('are listed once each', () => {
    const names = list.map(directoryName);
    expect(new Set(names).size).toBe(names.length);
  });

  it('are drawn at random, and the same for a seed', () => {
    const draw = (seed: string): string[] => sampled(list, 5, seed).map(directoryName);
    expect(draw('a')).toHaveLength(5);
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
  });

  it('are all drawn where more are asked for', () => {
    expect(sampled(list, list.length + 1, 'a')).toHaveLength(list.length);
  });

  it.each([
    '{}',
    '[{"registry":"npm","name":"x"}]',
    '[{"registry":"gem","name":"x","version":"1"}]',
  ])('are none: %s', (text) => expect(() => parsePackages(text)).toThrow(/no list|no package/));
});
