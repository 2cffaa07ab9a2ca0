/** Variables that a shell is given under one name and asked for under another. */
import type { Container } from 'kubernetes-types/core/v1';
import type { Path } from '../../kubernetes/json.ts';
import { isSlip } from '../../text/slip.ts';
import { isOwnVariable, podFields, runsShell, serviceOfVariable } from './variables.ts';

export interface ShellSlip {
  readonly name: string;
  /** The variable of `env` that was meant. */
  readonly near: string;
  /** From the container to the text. */
  readonly at: Path;
}

/**
 * `$NAME` and `${NAME}`, but not `${NAME:-default}`, which says that it may be missing, nor
 * `\$NAME`, which is for another shell.
 */
const asked = /(?<!\\)\$(?:\{([A-Z][A-Z0-9_]{3,})\}|([A-Z][A-Z0-9_]{3,}))/g;
/** Any other mention: it is set there, or handed on. */
const mentioned = /(?<![\w$]|\$\{)[A-Z][A-Z0-9_]{3,}/g;
/** Other files, or what a program prints, may set variables. */
const loading = /(?:^|[\s;&|({`"'])(?:(?:\.|source|eval|set -a|read)\s|export\s+["']?[$`])/m;
/** So many names of each are compared with those of the others. */
const mostCompared = 100;
/** Set by any shell, or by what it does (`getopts`, `mapfile`). */
const given: ReadonlySet<string> = new Set(
  (
    'HOSTNAME HOME PATH SHELL USER LANG TERM RANDOM SECONDS OLDPWD PPID EUID GROUPS LINENO ' +
    'FUNCNAME PIPESTATUS BASH_SOURCE BASH_VERSION OPTARG OPTIND MAPFILE REPLY'
  ).split(' '),
);
/** As the images of many programs call what they set: `JAVA_HOME`, `NODE_VERSION`. */
const ofImages = /_(?:HOME|VERSION)$|^PGDATA$/;

/**
 * What a shell is asked for and nothing defines, where a variable of `env` that it is not asked for
 * is a slip away. Without the ones of `envFrom`, which may be any.
 */
export function shellSlips(container: Container): ShellSlip[] {
  const { env = [], envFrom = [], command = [], args = [] } = container;
  const all = [...command, ...args].join('\n');
  if (env.length === 0 || envFrom.length > 0 || !runsShell(container) || loading.test(all))
    return [];
  const names = env.map(({ name }) => name);
  const known = new Set([...names, ...(all.match(mentioned) ?? [])]);
  const words = new Set(all.split(/\W+/));
  const unused = names.filter((name) => !words.has(name)).slice(0, mostCompared);
  const seen = new Set<string>();
  const found: ShellSlip[] = [];
  for (const [field, list] of [
    ['command', command],
    ['args', args],
  ] as const)
    for (const [index, text] of list.entries())
      for (const [, braced, name = braced ?? ''] of String(text).matchAll(asked)) {
        if (known.has(name) || seen.has(name) || !isOwn(name)) continue;
        if (seen.add(name).size > mostCompared) return found;
        const near = unused.find((one) => isSlip(name, one));
        if (near !== undefined) found.push({ name, near, at: [field, index] });
      }
  return found;
}

function isOwn(name: string): boolean {
  return (
    isOwnVariable(name) &&
    !given.has(name) &&
    !ofImages.test(name) &&
    !podFields.has(name) &&
    serviceOfVariable(name) === undefined
  );
}
