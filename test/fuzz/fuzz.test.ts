/** A short run of `npm run fuzz`, always of the same inputs. */
import fc from 'fast-check';
import { it } from 'vitest';
import { fuzzCases, holds } from './fuzz.ts';

it('holds of inputs that nobody has thought of', async () => {
  await fc.assert(fc.asyncProperty(fuzzCases(), holds), { numRuns: 120, seed: 1 });
});
