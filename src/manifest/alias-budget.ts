import { mostAliased } from '../text/limits.ts';

/**
 * What the aliases of all documents of one run may stand for: each of them is within what go-yaml
 * allows one document.
 */
export class AliasBudget {
  #left = mostAliased;

  /** Takes one value out of it; false where nothing is left. */
  spend(): boolean {
    this.#left -= 1;
    return this.#left >= 0;
  }

  /** Whether more was asked for than there was. */
  get isSpent(): boolean {
    return this.#left < 0;
  }
}
