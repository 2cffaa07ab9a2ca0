/**
 * Lists of patterns that choose paths, in the order of a `.gitignore`
 * (https://git-scm.com/docs/gitignore): the last one that fits decides, `!` takes back, a pattern
 * without a slash in front of its end fits at any depth, one with a slash at its end fits
 * directories only, and what is below a directory that is chosen is chosen with it.
 */
import { globMatcher, type Matcher } from './glob.ts';

interface Entry {
  readonly matches: Matcher;
  readonly takesBack: boolean;
  readonly onlyDirectories: boolean;
  /** Whether it is held against the last step alone. */
  readonly anyDepth: boolean;
}

/**
 * @param groups whether `{a,b}` and `@(a|b)` are alternatives, as in our own patterns, or stand for
 *   themselves, as for git
 * @returns of a path relative to where the patterns start, with a slash at its end for a directory,
 *   whether it is chosen
 */
export function pathList(
  patterns: readonly string[],
  { groups = true }: { readonly groups?: boolean } = {},
): Matcher {
  const verdict = pathVerdict(patterns, { groups });
  return (path) => verdict(path) === true;
}

/** The same, but undefined where no pattern fits: then another list may decide. */
export function pathVerdict(
  patterns: readonly string[],
  { groups = true }: { readonly groups?: boolean } = {},
): (path: string) => boolean | undefined {
  const entries = patterns.flatMap((pattern) => entryOf(pattern, groups) ?? []);
  if (entries.length === 0) return () => undefined;
  const isChosen = (path: string, isDirectory: boolean): boolean | undefined => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const last = entries.findLast(
      ({ matches, onlyDirectories, anyDepth }) =>
        (isDirectory || !onlyDirectories) && matches(anyDepth ? name : path),
    );
    return last === undefined ? undefined : !last.takesBack;
  };
  return (path) => {
    const isDirectory = path.endsWith('/');
    const whole = isDirectory ? path.slice(0, -1) : path;
    for (let end = whole.indexOf('/'); end !== -1; end = whole.indexOf('/', end + 1))
      if (isChosen(whole.slice(0, end), true) === true) return true;
    return isChosen(whole, isDirectory);
  };
}

function entryOf(line: string, groups: boolean): Entry | undefined {
  const written = line.replace(/\r$/, '');
  if (written.startsWith('#')) return undefined;
  const takesBack = written.startsWith('!');
  // Spaces at the end do not count, unless a backslash holds the last of them.
  let end = written.length;
  while (written[end - 1] === ' ' && written[end - 2] !== '\\') end -= 1;
  let pattern = written.slice(takesBack ? 1 : 0, end);
  const onlyDirectories = pattern.endsWith('/');
  if (onlyDirectories) pattern = pattern.slice(0, -1);
  if (pattern === '') return undefined;
  const anyDepth = !pattern.includes('/');
  return {
    matches: globMatcher(pattern.replace(/^\//, ''), { groups, withDirectory: false }),
    takesBack,
    onlyDirectories,
    anyDepth,
  };
}
