/**
 * How much is done on one unit where no index spares it: each of many things with each of many
 * others.
 */
import { LimitError } from '../fault.ts';
import { mostPairs } from '../text/limits.ts';

/**
 * Counts pairs for whoever is at work, a rule mostly, and stops it at the limit: 4,000 selectors
 * that each take 4,000 pods are 16 million.
 */
export class Work {
  #done = 0;

  /** Somebody else is at work from here on. */
  begin(): void {
    this.#done = 0;
  }

  /** Before so many pairs are looked at. */
  spend(pairs: number): void {
    this.#done += pairs;
    if (this.#done > mostPairs)
      throw new LimitError(`it takes more than ${mostPairs} comparisons of one thing with another`);
  }
}
