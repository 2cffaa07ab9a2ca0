/** How much a document of YAML may ask of its reader. */
import { mostAliased, mostNesting } from '../text/limits.ts';

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
}

export const nestingMessage = `it is nested more than ${mostNesting} levels deep`;
