/**
 * Guards: an exception anywhere in the work on one file, unit or rule is told in one line, and
 * everything else is judged. What has gone wrong is a mistake of ours, or of a plugin, unless it
 * says that a limit was met.
 */

export interface Fault {
  /** A file, or the name of a unit. */
  readonly path: string;
  /** Reads on from the path: lower case, no full stop. */
  readonly message: string;
}

const issues = 'https://github.com/kubeplumb/kubeplumb/issues';

/**
 * More than is taken of something (src/text/limits.ts): nobody's mistake. The message is lower
 * case, without a full stop.
 */
export class LimitError extends Error {
  override readonly name = 'LimitError';
}

/** Something of our own has failed. `object`: on which one, where that is known. */
export function faultOf(path: string, what: string, error: unknown, object?: string): Fault {
  const on = object === undefined ? '' : ` (${object})`;
  if (error instanceof LimitError)
    return { path, message: `was not judged in full${on}: ${error.message}` };
  return {
    path,
    message:
      `was not judged in full${on}: ${what}: ${describeError(error)}; that is a fault of ` +
      `kubeplumb, please report it: ${issues}`,
  };
}

/** With the place of the first frame where the engine tells it: that is the line to look at. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const frame = error.stack?.split('\n').find((line) => line.trimStart().startsWith('at '));
  const place = frame?.split(/[\s()/\\]/).findLast((word) => /^[^:]+:\d+:\d+$/.test(word));
  return `${error.name}: ${error.message}${place === undefined ? '' : ` (${place})`}`;
}

/** What an action gives, or else what is made of its failure. */
export function attempt<T, F>(action: () => T, failed: (error: unknown) => F): T | F {
  try {
    return action();
  } catch (error) {
    return failed(error);
  }
}
