/**
 * Cases of kuttl and Chainsaw: directories of steps that are applied one after another, and of
 * files that say, in parts, what is to be there afterwards, and what must not.
 *
 * @source kudobuilder/kuttl pkg/test/step/step.go `LoadYAML`,
 *   `populateObjectsByFileName` @d3dcfe1e
 * @source kyverno/chainsaw pkg/discovery/step.go `StepFileName`,
 *   `TryFindStepFiles` @4394d9d2
 */
import { groupOf } from '../kubernetes/group-version.ts';
import { textsIn } from '../kubernetes/json.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { baseName, directoryOf, joinPath } from './paths.ts';

/** `chainsaw-test.yaml`, `00-assert.yaml`, `02-errors.yaml`: no other directory has them. */
const marks = /^(?:chainsaw-test|\d{1,9}-(?:assert|errors)(?:-[^.]{0,99})?)\.ya?ml$/i;
/** `assert-ready.yaml`, `07-web-assert.yaml`, `02-errors.yaml` in such a directory. */
const compared = /(?:^|[-_.])assert(?:s|ions?)?(?:[-_.]|$)|^\d{1,9}-errors[-.]/i;
const groups: ReadonlySet<string> = new Set(['chainsaw.kyverno.io', 'kuttl.dev']);
const verdicts: ReadonlySet<unknown> = new Set(['assert', 'error']);

/** The directories that hold a case, of those that the paths lie in. */
export function casesAmong(paths: readonly string[]): ReadonlySet<string> {
  return new Set(paths.filter((path) => marks.test(baseName(path))).map(directoryOf));
}

/**
 * Paths of files that a case compares with what is there: no object is made of them.
 *
 * @param cases the directories of `casesAmong`
 */
export function assertedFiles(
  manifests: readonly Manifest[],
  cases: ReadonlySet<string>,
): Set<string> {
  const asserted = manifests
    .map(({ file }) => file.path)
    .filter((path) => cases.has(directoryOf(path)) && compared.test(baseName(path)));
  const named = manifests.flatMap(({ file, objects }) =>
    objects
      .filter(({ apiVersion }) => groups.has(groupOf(apiVersion)))
      .flatMap(({ value }) => [...textsIn(value, [])])
      .filter(({ at }) => verdicts.has(at.at(-2)) && isFileStep(at.at(-1)))
      .map(({ text }) => joinPath(directoryOf(file.path), text)),
  );
  return new Set([...asserted, ...named]);
}

/** `assert: {file: …}` of Chainsaw, `assert: [ … ]` of kuttl. */
function isFileStep(step: string | number | undefined): boolean {
  return step === 'file' || typeof step === 'number';
}
