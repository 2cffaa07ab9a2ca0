/**
 * Which directories hold test data: manifests that are wrong on purpose, that a generator is
 * expected to write, or that were released once and are kept. Whoever owns them does not act on
 * what is found there.
 */
import { addTo } from '../multimap.ts';
import { baseName, commonDirectory, directoryOf } from './paths.ts';
import { casesAmong } from './test-cases.ts';

/** Names that a stage on the way to production has as well. */
const maybeStage = /^(?:test|e2e)$/i;
const stages =
  /^(?:base|prod|production|prd|live|staging|stage|stg|dev|develop|development|qa|uat|acc|acceptance|int|preprod)$/i;
/** `v1.2.3`, `release-1.2`, `2.0.0-rc.1`: a copy of what was released as that. */
const version = /^(?:[a-z]{1,20}[-_])?v?(\d{1,6}(?:\.\d{1,6}){1,3})(?:[-+][\w.+-]{1,40})?$/i;

/**
 * Whose files are read one by one: Go's `testdata`, Jest's snapshots, the expected output of a
 * generator.
 */
const readApart = /^(?:_?testdata|test-data|test_data|goldens?|__snapshots?__|__fixtures__)$/i;
const readTogether = /^(?:fixtures?|molecule)$/i;
/** Names that something else may have as well. */
const likely =
  /^(?:tests?|__tests__|e2e|(?:e2e|integration|unit|smoke|conformance)[-_]test|conformance|invalid[-_]\w{1,40}|fakes?|_site|[\w.-]{1,60}[-_](?:tests|fixtures))$/i;
/** Of a file beside others. */
const wrongOnPurpose = /^invalid[-_]\w/i;

export function isReadApart(directory: string): boolean {
  return readApart.test(directory);
}

/** As nobody calls a folder to try something in. */
function isCertain(directory: string): boolean {
  return readApart.test(directory) || readTogether.test(directory);
}

/**
 * The directory of test data that a file lies in, if any, among all that were read: one of such a
 * name, an old version, or one with a case of kuttl or Chainsaw. These are none:
 *
 * - directories above all that was read, for who names test data means it; unless there is nothing
 *   but fixtures below what was named
 * - `test` beside `prod` or `base`, which is a stage
 * - the newest of several versions, which is in use
 *
 * @param named directories that the user named
 */
export function testDataAmong(
  paths: readonly string[],
  named: ReadonlySet<string> = new Set(),
): (path: string) => string | undefined {
  const common = commonDirectory(paths);
  const above = depthOf(common);
  const whole = fixturesAbove(common, named);
  const below = new Map<string, Set<string>>();
  for (const path of paths) {
    for (
      let directory = directoryOf(path);
      depthOf(directory) > above;
      directory = directoryOf(directory)
    ) {
      const parent = directoryOf(directory);
      const known = below.get(parent);
      if (known?.has(directory) === true) break;
      if (known === undefined) below.set(parent, new Set([directory]));
      else known.add(directory);
    }
  }
  const tests = new Set<string>();
  for (const siblings of below.values()) {
    const old = oldVersions(siblings);
    const hasStages = areStages([...siblings].map(baseName));
    for (const directory of siblings) {
      const name = baseName(directory);
      const isStage = hasStages && maybeStage.test(name);
      if (old.has(directory) || isCertain(name) || (likely.test(name) && !isStage))
        tests.add(directory);
    }
  }
  const cases = casesAmong(paths);
  const isWrong = (path: string): boolean => wrongOnPurpose.test(baseName(path));
  const fallback = paths.every(isWrong)
    ? (): string | undefined => whole
    : (path: string): string | undefined => (isWrong(path) ? directoryOf(path) : whole);
  if (tests.size === 0 && cases.size === 0) return fallback;
  const nearest = (path: string, among: ReadonlySet<string>): string | undefined => {
    for (
      let directory = directoryOf(path);
      depthOf(directory) > above;
      directory = directoryOf(directory)
    )
      if (among.has(directory)) return directory;
    return undefined;
  };
  // Many cases below one directory that says so are told in one line.
  return (path) => nearest(path, tests) ?? nearest(path, cases) ?? fallback(path);
}

/** The directory of fixtures that holds all that was read, below all that was named. */
function fixturesAbove(common: string, named: ReadonlySet<string>): string | undefined {
  if (named.size === 0) return undefined;
  const top = depthOf(commonDirectory([...named].map((directory) => `${directory}/file`)));
  const steps = common.split('/');
  const index = steps.findIndex((step, depth) => depth >= top && isCertain(step));
  return index === -1 ? undefined : steps.slice(0, index + 1).join('/');
}

/**
 * Among directories most of which are something else, `staging` is none, as in the repository of
 * Kubernetes.
 */
function areStages(siblings: readonly string[]): boolean {
  const named = siblings.filter((name) => stages.test(name) || maybeStage.test(name));
  return named.some((name) => stages.test(name)) && named.length * 2 >= siblings.length;
}

function depthOf(directory: string): number {
  return /^[./]?$/.test(directory) ? 0 : directory.split('/').length;
}

/** All but the newest of the directories that are called after versions of one thing. */
function oldVersions(siblings: ReadonlySet<string>): Set<string> {
  const released = new Map<string, { directory: string; numbers: readonly number[] }[]>();
  for (const directory of siblings) {
    const name = baseName(directory);
    const [, numbers] = version.exec(name) ?? [];
    if (numbers === undefined) continue;
    const what = name.slice(0, name.indexOf(numbers)).toLowerCase();
    addTo(released, what, { directory, numbers: numbers.split('.').map(Number) });
  }
  const old = new Set<string>();
  for (const copies of released.values()) {
    const [, ...others] = [...copies].sort((a, b) => compareVersions(b.numbers, a.numbers));
    for (const { directory } of others) old.add(directory);
  }
  return old;
}

function compareVersions(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
