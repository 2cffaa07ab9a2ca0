/** Test data and examples are often wrong on purpose: a hint where most findings are about them. */
import type { Diagnostic } from '../lint/diagnostic.ts';
import { addTo } from '../multimap.ts';

const testDirectories = new Set([
  'testdata',
  'test-data',
  'test_data',
  'test',
  'tests',
  'examples',
]);
/** With fewer findings people see it for themselves. */
const leastFindings = 20;
const leastShare = 0.6;

/**
 * @param roots directories that were asked for, as paths are shown; whoever names test data means
 *   it
 * @returns `61 of 72 errors lie below testdata/: …`, or undefined; with a path where they lie below
 *   one such directory only
 */
export function testDataHint(
  diagnostics: readonly Diagnostic[],
  roots: readonly string[],
  hasConfig: boolean,
): string | undefined {
  const left = diagnostics.filter(({ suppressed }) => suppressed === undefined);
  const errors = left.filter(({ severity }) => severity === 'error');
  const [counted, noun] = errors.length < leastFindings ? [left, 'findings'] : [errors, 'errors'];
  if (counted.length < leastFindings) return undefined;
  // By name: a repository has its testdata in many places, and one pattern is for all of them.
  const found = new Map<string, string[]>();
  for (const { file } of counted) {
    const directory = testDirectoryOf(file.path, roots);
    if (directory !== undefined)
      addTo(found, directory.slice(directory.lastIndexOf('/') + 1), directory);
  }
  const [most] = [...found].sort(([, a], [, b]) => b.length - a.length);
  if (most === undefined || most[1].length < leastShare * counted.length) return undefined;
  const [name, directories] = most;
  const directory = new Set(directories).size === 1 ? directories[0] : name;
  const number = directories.length;
  const which =
    number === counted.length ? `all ${number} ${noun}` : `${number} of ${counted.length} ${noun}`;
  return (
    `${which} lie below ${directory}/: ignorePaths in kubeplumb.yaml leaves it ` +
    `out${hasConfig ? '' : ' (kubeplumb init writes one)'}`
  );
}

/** The path down to the first directory of test data that lies below a root. */
function testDirectoryOf(path: string, roots: readonly string[]): string | undefined {
  const root = roots.find((other) => other === '.' || path.startsWith(`${other}/`));
  if (root === undefined) return undefined;
  const steps = path.split('/');
  const above = root === '.' ? 0 : root.split('/').length;
  const index = steps.findIndex(
    (step, at) => at >= above && at < steps.length - 1 && testDirectories.has(step.toLowerCase()),
  );
  return index < 0 ? undefined : steps.slice(0, index + 1).join('/');
}
