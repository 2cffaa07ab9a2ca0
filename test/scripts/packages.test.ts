import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/generated-file.ts';
import {
  directoryName,
  fetchPackage,
  parsePackages,
  sampled,
} from '../../scripts/triage/packages.ts';

const list = parsePackages(readFileSync(join(root, 'test', 'triage', 'packages.json'), 'utf8'));

describe('packages to triage', () => {
  it('may be Go modules, which are taken from disk', () => {
    const [one] = parsePackages('[{"registry":"go","name":"example.org/A/b","version":"v1.0.0"}]');
    expect(one && directoryName(one)).toBe('go-example.org-A-b@v1.0.0');
    const folder = mkdtempSync(join(tmpdir(), 'triage-'));
    expect(one && fetchPackage(one, folder)).toEqual(['not on disk: example.org/A/b@v1.0.0']);
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
  });

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
