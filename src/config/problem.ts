/** What is wrong with a kubeplumb.yaml. */
import type { Range } from '../manifest/source.ts';

export interface ConfigProblem {
  readonly range: Range;
  /** Lower case, no full stop: what is wrong, then the legal or nearest values. */
  readonly message: string;
}

/** The message in one line, whatever line breaks the user's own words in it have. */
export function inOneLine({ range, message }: ConfigProblem): ConfigProblem {
  return { range, message: message.replace(/\r?\n|\r/g, '\\n') };
}

/** `; did you mean "rules"?`, or the legal values where they are few. */
export function hint(nearest: string | undefined, legal: readonly string[], what: string): string {
  if (nearest !== undefined) return `; did you mean "${nearest}"?`;
  return legal.length === 0 || legal.length > 16 ? '' : `; ${what}: ${legal.join(', ')}`;
}
