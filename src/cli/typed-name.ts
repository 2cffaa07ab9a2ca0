/** `TYPE/NAME`, which kubectl takes for `TYPE NAME`. */
import { isInput } from '../files/read.ts';
import type { CommandLine } from './flags.ts';
import { UsageError } from './usage-error.ts';

export interface KindAndNames {
  /** As written; absent where nothing is. */
  readonly kind: string | undefined;
  /** Of arguments that can be nothing but names. */
  readonly names: readonly string[];
  /** Names and input. */
  readonly rest: readonly string[];
}

/**
 * `svc/api` and `svc/api svc/web` are `svc api` and `svc api web`; behind the kind a path that
 * exists stays one.
 * @param isKind whether it is a way to write the kind that an argument before it named
 */
export function kindAndNames(
  args: readonly string[],
  cwd: string,
  isKind: (written: string, kind: string) => boolean,
): KindAndNames {
  const [first, ...others] = args;
  if (first === undefined) return { kind: undefined, names: [], rest: [] };
  const [kind = first, name] = taken(first) ?? [];
  const names = name === undefined ? [] : [name];
  const rest: string[] = [];
  for (const argument of others) {
    const [type, other] = taken(argument) ?? [];
    if (other !== undefined && type !== undefined && isKind(type, kind) && !isInput(argument, cwd))
      names.push(other);
    else rest.push(argument);
  }
  return { kind, names, rest };
}

/** `svc/`, which is `svc/$NAME` to a shell without that variable. @throws UsageError */
export function refuseNameless(
  { positionals }: CommandLine,
  cwd: string,
  isKind: (word: string) => boolean,
  command: string,
): void {
  const isNameless = (argument: string): boolean =>
    /^[\w.]+\/$/.test(argument) && isKind(argument.slice(0, -1)) && !isInput(argument, cwd);
  const found = positionals.find(isNameless);
  if (found !== undefined)
    throw new UsageError(`"${found}" has no name behind it: write ${found}NAME`, command);
}

function taken(argument: string): [kind: string, name: string] | undefined {
  const [, kind, name] = /^([\w.]+)\/([^/]+)$/.exec(argument) ?? [];
  return kind === undefined || name === undefined ? undefined : [kind, name];
}

/**
 * Names cannot hold a slash or end like a file, so such an argument is a path even where there is
 * none.
 */
export function isPath(argument: string, cwd: string): boolean {
  return isInput(argument, cwd) || argument.includes('/') || /\.(ya?ml|json)$/.test(argument);
}

/**
 * Which arguments are input. A bare word that exists as a file is a name all the same where a flag
 * names the input, or `.` behind the word, as in `get svc web -R .`
 * beside a directory web; `web/` is the directory.
 */
export function inputTest(line: CommandLine, cwd: string): (argument: string) => boolean {
  const isNamed = (['filename', 'kustomize', 'helm'] as const).some((flag) => line.has(flag));
  const holder = line.positionals.lastIndexOf('.');
  const isName = (argument: string): boolean =>
    /^[a-z0-9][-.a-z0-9]*$/.test(argument) &&
    !/\.(ya?ml|json)$/.test(argument) &&
    (isNamed || line.positionals.indexOf(argument) < holder);
  return (argument) => isPath(argument, cwd) && !isName(argument);
}
