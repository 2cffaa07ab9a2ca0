import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/lint/diagnostic.ts';
import { testDataHint } from '../../src/report/test-data-hint.ts';
import { diagnostic, marked } from './sample.ts';

const many = (count: number, path: string, more: Partial<Diagnostic> = {}): Diagnostic[] =>
  Array.from({ length: count }, () => diagnostic(marked(path, 'a: «b»\n'), more));

describe('testDataHint', () => {
  it.each<[string, Diagnostic[], readonly string[], string | undefined]>([
    [
      'most of many',
      [...many(15, 'testdata/a.yaml'), ...many(5, 'k8s/a.yaml')],
      ['.'],
      '15 of 20 errors lie below testdata/',
    ],
    [
      'further down',
      [...many(15, 'a/tests/x/b.yaml'), ...many(9, 'k8s/a.yaml')],
      ['.'],
      '15 of 24 errors lie below a/tests/',
    ],
    ['all of them', many(20, 'examples/a.yaml'), ['.'], 'all 20 errors lie below examples/'],
    [
      'warnings too, where errors are few',
      [...many(3, 'test/a.yaml'), ...many(17, 'test/b.yaml', { severity: 'warning' })],
      ['.'],
      'all 20 findings',
    ],
    ['few', many(19, 'testdata/a.yaml'), ['.'], undefined],
    ['not most', [...many(11, 'testdata/a.yaml'), ...many(9, 'k8s/a.yaml')], ['.'], undefined],
    [
      'over several directories of one name',
      [...many(10, 'a/test/a.yaml'), ...many(10, 'b/test/a.yaml')],
      ['.'],
      'all 20 errors lie below test/',
    ],
    [
      'over several names',
      [...many(10, 'a/test/a.yaml'), ...many(10, 'b/testdata/a.yaml')],
      ['.'],
      undefined,
    ],
    ['test data that was asked for', many(20, 'testdata/a.yaml'), ['testdata'], undefined],
    [
      'test data below what was asked for',
      many(20, 'testdata/x/test/a.yaml'),
      ['testdata'],
      'all 20 errors lie below testdata/x/test/',
    ],
    ['a file of that name', many(20, 'k8s/test'), ['.'], undefined],
    [
      'suppressed',
      many(20, 'testdata/a.yaml', { suppressed: { kind: 'baseline' } }),
      ['.'],
      undefined,
    ],
    ['no directory was asked for', many(20, 'testdata/a.yaml'), [], undefined],
  ])('%s', (_, diagnostics, roots, expected) => {
    const hint = testDataHint(diagnostics, roots, false);
    if (expected === undefined) expect(hint).toBeUndefined();
    else expect(hint).toContain(expected);
  });

  it('names kubeplumb init only to those who have no configuration', () => {
    const diagnostics = many(20, 'testdata/a.yaml');
    expect(testDataHint(diagnostics, ['.'], false)).toMatch(
      /ignorePaths in kubeplumb\.yaml leaves it out \(kubeplumb init writes one\)$/,
    );
    expect(testDataHint(diagnostics, ['.'], true)).toMatch(
      /ignorePaths in kubeplumb\.yaml leaves it out$/,
    );
  });
});
