import { describe, expect, it } from 'vitest';
import { baseName, directoryOf, joinPath, withParents } from '../../src/units/paths.ts';

describe('paths', () => {
  it.each([
    ['a/b/c.yaml', 'a/b', 'c.yaml'],
    ['c.yaml', '.', 'c.yaml'],
    ['/c.yaml', '/', 'c.yaml'],
    ['/a/c.yaml', '/a', 'c.yaml'],
    ['../c.yaml', '..', 'c.yaml'],
  ])('%s lies in %s and is called %s', (path, directory, name) => {
    expect([directoryOf(path), baseName(path)]).toEqual([directory, name]);
  });

  it.each([
    ['overlays/dev', '../../base', 'base'],
    ['overlays/dev', 'patch.yaml', 'overlays/dev/patch.yaml'],
    ['overlays/dev', './patch.yaml', 'overlays/dev/patch.yaml'],
    ['overlays/dev', '.', 'overlays/dev'],
    ['overlays/dev', '../dev/', 'overlays/dev'],
    ['.', 'base', 'base'],
    ['.', '../base', '../base'],
    ['..', '../base', '../../base'],
    ['a', '../..', '..'],
    ['a', '..', '.'],
    ['/a/b', '../c', '/a/c'],
    ['/a', '../../..', '/'],
    ['a', '/etc/x', '/etc/x'],
    ['a', 'b//c', 'a/b/c'],
  ])('from %s to %s is %s', (directory, relative, path) => {
    expect(joinPath(directory, relative)).toBe(path);
  });

  it.each<[string, string[]]>([
    ['a/b/c/d', ['a/b/c/d', 'a/b/c', 'a/b']],
    ['a', ['a', '.']],
    ['/a', ['/a', '/']],
    ['.', ['.']],
  ])('above %s are two: %j', (directory, all) => expect(withParents(directory, 2)).toEqual(all));
});
