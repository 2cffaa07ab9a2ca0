/** Variables that a shell is given under one name and asked for under another. */
import type { Container } from 'kubernetes-types/core/v1';
import { inPodSpec, type PodSet } from '../../cluster/pods.ts';
import type { Path } from '../../kubernetes/json.ts';
import { isSlip } from '../../text/slip.ts';
import type { RuleContext } from '../rule.ts';
import { isOwnVariable, podFields, runsShell, serviceOfVariable } from './variables.ts';

interface ShellSlip {
  readonly name: string;
  /** The variable of `env` that was meant. */
  readonly near: string;
  /** From the container to the text. */
  readonly at: Path;
}

/** Spread them into the messages of a rule that calls `reportShell`. */
export const shellMessages = {
  shell: ({ name, near }: { name: string; near: string }) =>
    `the shell has no variable "${name}", which is empty; did you mean "${near}"?`,
};

/** @param path of the container, in the spec of the pods */
export function reportShell(
  set: PodSet,
  container: Container,
  path: Path,
  { report }: Pick<RuleContext<typeof shellMessages>, 'report'>,
): void {
  for (const { name, near, at } of shellSlips(container))
    report({
      object: set.workload,
      at: inPodSpec(set, ...path, ...at),
      within: { text: name, occurrence: 0 },
      id: 'shell',
      data: { name, near },
      severity: 'warning',
      why: 'a shell puts nothing in the place of a variable that it does not have',
      help: `write $${near}, or call the variable of env ${name}`,
    });
}

/** `$NAME` and `${NAME}`, but not `${NAME:-default}`, which says that it may be missing. */
const asked = /\$(?:\{([A-Z][A-Z0-9_]{3,})\}|([A-Z][A-Z0-9_]{3,}))/g;
/** Any other mention: it is set there, or handed on. */
const mentioned = /(?<![\w$]|\$\{)[A-Z][A-Z0-9_]{3,}/g;
/** Other files, or what a program prints, may set variables. */
const loading = /(?:^|[\s;&|])(?:(?:\.|source|eval|set -a|read)\s|export\s+["']?[$`])/m;
/** So many names of each are compared with those of the others. */
const mostCompared = 100;
const given = /^(?:HOSTNAME|HOME|PATH|SHELL|USER|LANG|TERM|RANDOM|SECONDS|OLDPWD)$/;

/**
 * What a shell is asked for and nothing defines, where a variable of `env` that it is not asked for
 * is a slip away. Without the ones of `envFrom`, which may be any.
 */
function shellSlips(container: Container): ShellSlip[] {
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
    !given.test(name) &&
    !podFields.has(name) &&
    serviceOfVariable(name) === undefined
  );
}
