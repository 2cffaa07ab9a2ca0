import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NameIndex } from '../../src/text/name-index.ts';
import { nearestName } from '../../src/text/nearest-name.ts';
import { isSlip } from '../../src/text/slip.ts';

/** Edits between two words by the book: the whole table, no shortcut. */
function distance(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, row) =>
    Array.from({ length: b.length + 1 }, (_, column) =>
      row === 0 ? column : column === 0 ? row : 0,
    ),
  );
  const at = (row: number, column: number): number => table[row]?.[column] ?? Infinity;
  for (let row = 1; row <= a.length; row += 1)
    for (let column = 1; column <= b.length; column += 1) {
      const swapped =
        row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      table[row]![column] = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1),
        swapped ? at(row - 2, column - 2) + 1 : Infinity,
      );
    }
  return at(a.length, b.length);
}

function nearestByTheBook(written: string, names: readonly string[]): string | undefined {
  const lower = written.toLowerCase();
  const same = names.find((name) => name.toLowerCase() === lower);
  const far = written.length < 5 ? 2 : 3;
  const near = names
    .map((name) => ({ name, edits: distance(lower, name.toLowerCase()) }))
    .filter(({ edits }) => edits < far)
    .sort((a, b) => a.edits - b.edits)[0]?.name;
  return same ?? near;
}

const name = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', '-', '1', 'A'), maxLength: 9 }),
  fc.constantFrom('web', 'wbe', 'web-api', 'webapi', 'web-1', 'web-2', 'redis', 'reids', 'ﬁx', 'İ'),
);
const names = fc.array(name, { maxLength: 40 });

describe('nearest names', () => {
  it('are those of the whole table of edits', () => {
    fc.assert(
      fc.property(name, names, (written, all) => {
        expect(nearestName(written, all)).toBe(nearestByTheBook(written, all));
      }),
      { numRuns: 2000 },
    );
  });

  it('are the same with an index', () => {
    fc.assert(
      fc.property(name, names, fc.option(fc.nat(40)), (written, all, left) => {
        const index = new NameIndex(all);
        const others = all.filter((_, at) => at !== left);
        const counts = (at: number): boolean => at !== left;
        const nearest = index.nearest(written, counts);
        expect(nearest === undefined ? undefined : all[nearest]).toBe(nearestName(written, others));
        const slip = index.slip(written, counts);
        expect(slip).toBe(
          all.findIndex((other, at) => at !== left && isSlip(written, other)) === -1
            ? undefined
            : all.findIndex((other, at) => at !== left && isSlip(written, other)),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('come to an end where all names are near to each other', () => {
    const all = Array.from(
      { length: 20_000 },
      (_, n) => `aaaaaaaa${n.toString(2).padStart(15, '0')}`,
    );
    const index = new NameIndex(all);
    expect(index.nearest('aaaaaaaa000000000000002')).toBe(0);
    expect(index.nearest('x'.repeat(100_000))).toBeUndefined();
    expect(nearestName('x'.repeat(200_000), [`${'x'.repeat(199_999)}y`])).toBeDefined();
  });
});
