/** Findings of two sides: the same one wherever it has gone, and both directions alike. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findingChanges } from '../../src/diff/finding-changes.ts';
import type { Diagnostic } from '../../src/lint/diagnostic.ts';
import { diagnostic, marked } from '../report/sample.ts';

const place = marked('a.yaml', '«x»');
const finding = (more: Partial<Diagnostic> = {}): Diagnostic => diagnostic(place, more);
const withoutObject = ({ object: _, ...rest }: Diagnostic): Diagnostic => rest;

describe('findingChanges', () => {
  it.each<[string, Diagnostic, Diagnostic, 0 | 1]>([
    ['the same fingerprint, in other words', finding(), finding({ message: 'otherwise' }), 0],
    ['another file', finding(), finding({ fingerprint: 'b', ...marked('b.yaml', '«x»') }), 0],
    [
      'another index of the path',
      finding(),
      finding({ fingerprint: 'b', path: ['spec', 'ports', 1] }),
      0,
    ],
    [
      'another path and message',
      finding(),
      finding({ fingerprint: 'b', path: [], message: 'otherwise' }),
      1,
    ],
    [
      'another object',
      finding(),
      finding({
        fingerprint: 'b',
        object: { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web' },
      }),
      1,
    ],
    ['another rule', finding(), finding({ fingerprint: 'b', rule: 'other' }), 1],
    [
      'documents that were never decoded',
      withoutObject(finding()),
      withoutObject(finding({ fingerprint: 'b' })),
      1,
    ],
  ])('%s', (_, base, head, expected) => {
    const { new: found, fixed } = findingChanges([base], [head]);
    expect([found.length, fixed.length]).toEqual([expected, expected]);
  });

  it('one of two like it is left over', () => {
    expect(
      findingChanges([finding()], [finding(), finding({ fingerprint: 'b' })]).new.map(
        ({ fingerprint }) => fingerprint,
      ),
    ).toEqual(['b']);
  });

  it('waved through is as good as not there', () => {
    const quiet = finding({ suppressed: { kind: 'comment' } });
    expect(findingChanges([quiet], [finding()]).new).toHaveLength(1);
    expect(findingChanges([finding()], [quiet]).fixed).toHaveLength(1);
    expect(findingChanges([quiet], [quiet])).toEqual({ new: [], fixed: [] });
  });

  it('both directions count the same, and nothing differs from itself', () => {
    const some = fc.array(
      fc
        .record({
          fingerprint: fc.constantFrom('a', 'b', 'c'),
          rule: fc.constantFrom('r', 's'),
          message: fc.constantFrom('m', 'n'),
        })
        .map(finding),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(some, some, (a, b) => {
        const [there, back] = [findingChanges(a, b), findingChanges(b, a)];
        expect([there.new.length, there.fixed.length]).toEqual([
          back.fixed.length,
          back.new.length,
        ]);
        expect(findingChanges(a, a)).toEqual({ new: [], fixed: [] });
      }),
    );
  });
});
