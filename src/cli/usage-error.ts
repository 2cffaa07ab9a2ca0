/** Wrong use: said in one line, with what to type instead. */
import { presets } from '../config/presets.ts';
import { singularShortName } from '../kubernetes/resource-names.ts';
import { counted } from '../report/text.ts';
import { firstFew } from '../text/enumerate.ts';
import { nearestName } from '../text/nearest-name.ts';

export class UsageError extends Error {
  /** The command whose help tells more. */
  readonly command: string | undefined;

  constructor(message: string, command?: string) {
    super(message);
    this.command = command;
  }
}

/** A flag that nobody knows. What was meant depends on the command. */
export class UnknownFlag extends UsageError {
  /** Without dashes. */
  readonly written: string;

  constructor(raw: string, written: string) {
    super(`unknown flag "${raw}"`);
    this.written = written;
  }
}

/** What the disk, a tool or a file says no to: no help of ours tells more. */
export class OutsideError extends Error {}

/** `; did you mean "lint"?`, or nothing. */
export function didYouMean(written: string, names: Iterable<string>): string {
  const nearest = nearestName(written, names);
  return nearest === undefined ? '' : `; did you mean "${nearest}"?`;
}

/** The same of a kind, of which the short name in the plural is no name. */
export function didYouMeanKind(written: string, names: Iterable<string>): string {
  const short = singularShortName(written);
  return short === undefined ? didYouMean(written, names) : `; did you mean "${short}"?`;
}

/** So many names are told of those that there are. */
const mostNames = 5;

/** `; did you mean "web"?`, else which names hold the one that is written, or the few there are. */
export function namesLike(written: string, names: Iterable<string>): string {
  const all = [...new Set(names)];
  const nearest = didYouMean(written, all);
  if (nearest !== '' || written === '') return nearest;
  const holding = all.filter((name) => name.includes(written) || written.includes(name));
  const told = holding.length > 0 ? holding : all.length <= mostNames ? all : [];
  return told.length === 0
    ? ''
    : `; there ${told.length === 1 ? 'is' : 'are'} ${firstFew(told, mostNames)}`;
}

/** `; it is in namespace shop`, of the namespaces that objects are in; or nothing. */
export function inNamespaces(namespaces: readonly string[], it = 'it is'): string {
  const all = [...new Set(namespaces)].sort();
  return all.length === 0 ? '' : `; ${it} in namespace ${firstFew(all, mostNames)}`;
}

/** ` in the 3 files read`; where nothing was, a note says why. */
export function inFilesRead(files: number): string {
  return files === 0 ? '' : ` in the ${counted(files, 'file')} read`;
}

/** More rules than these are too many to choose from. */
const mostLike = 8;

/**
 * Rules are too many to name them all: the nearest one, those with the same words, or who lists
 * them.
 */
export function unknownRule(written: string, ids: readonly string[]): string {
  if (presets.some((preset) => preset === written))
    return `unknown rule "${written}"; it is a preset: --preset ${written}, or extends`;
  const like = ids.filter((id) => hasWords(id, written.toLowerCase()));
  const meant =
    like.length > 0 && like.length <= mostLike
      ? `; there ${like.length === 1 ? 'is' : 'are'} ${like.join(', ')}`
      : '';
  return (
    'unknown rule ' +
    `"${written}"${didYouMean(written, ids) || meant || '; kubeplumb rules lists them'}`
  );
}

/** Whether some words of an id begin with these: `dns-name` and `sel` of `dns-name-selects`. */
function hasWords(id: string, written: string): boolean {
  return written !== '' && `-${id.replace('/', '-')}`.includes(`-${written}`);
}

/** `unknown output format "jsn"; did you mean "json"? Formats: json, yaml`. */
export function unknownValue(
  what: string,
  written: string,
  legal: readonly string[],
  meant = didYouMean(written, legal),
): string {
  return `unknown ${what} "${written}"${meant || ';'} legal values: ${legal.join(', ')}`;
}
