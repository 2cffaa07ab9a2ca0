/**
 * Looks for inputs that kubeplumb does not survive:
 *
 *   npm run fuzz -- 10          # for ten minutes
 *   npm run fuzz -- 10 12345    # beginning with this seed
 *
 * What it finds it shrinks, prints with its seed, and goes on. The exit code is 1 if there was
 * anything.
 */
import fc from 'fast-check';
import { fuzzCases, holds } from '../test/fuzz/fuzz.ts';

const [minutes = 1, firstSeed = Date.now() % 2 ** 31] = process.argv.slice(2).map(Number);
const casesOfASeed = 100;

if (!(minutes > 0) || !Number.isInteger(firstSeed)) {
  console.error('usage: npm run fuzz -- MINUTES [SEED]');
  process.exitCode = 2;
} else {
  const end = Date.now() + minutes * 60_000;
  const cases = fuzzCases();
  const faults = new Set<string>();
  let tried = 0;
  for (let seed = firstSeed; Date.now() < end; seed += 1) {
    const result = await fc.check(fc.asyncProperty(cases, holds), {
      numRuns: casesOfASeed,
      seed,
      interruptAfterTimeLimit: Math.max(1, end - Date.now()),
    });
    tried += result.numRuns;
    if (!result.failed || result.counterexample === null) continue;
    const told = String(result.errorInstance).slice(0, 2000);
    if (faults.has(told)) continue;
    faults.add(told);
    console.log(`seed ${seed}: ${told}\n${JSON.stringify(result.counterexample[0], null, 2)}\n`);
  }
  console.log(`${tried} cases in ${minutes} min, ${faults.size} faults`);
  process.exitCode = faults.size > 0 ? 1 : 0;
}
