import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countBefore } from '../src/lists.ts';

test('as many stand before a place of a sorted list as come before it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 9 })),
      fc.integer({ min: -1, max: 10 }),
      (numbers, limit) => {
        const sorted = [...numbers].sort((a, b) => a - b);
        const counted = countBefore(sorted.length, (index) => (sorted[index] ?? 0) < limit);
        expect(counted).toBe(numbers.filter((number) => number < limit).length);
      },
    ),
  );
});
