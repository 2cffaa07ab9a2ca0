/** Annotations that have a meaning for pods. */
import type { JsonObject } from '../../../kubernetes/json.ts';
import { isPlaceholder } from '../../../manifest/placeholder.ts';
import { getOwn } from '../../../own.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { FieldPath } from '../field-path.ts';
import { objectsAt, stringAt } from '../fields.ts';
import { goQuote } from '../go-format.ts';

const appArmor = 'container.apparmor.security.beta.kubernetes.io/';
const deletionCost = 'controller.kubernetes.io/pod-deletion-cost';

/**
 * `ValidatePodSpecificAnnotations`, but for seccomp and mirror pods. `written`: where the
 * annotations really stand.
 */
export function validatePodAnnotations(
  errors: FieldErrors,
  annotations: Readonly<Record<string, string>> | undefined,
  spec: JsonObject,
  path: FieldPath,
  written = path,
): void {
  const hasContainer = containersOf(spec);
  for (const key in annotations) {
    const value = getOwn(annotations, key) ?? '';
    const pointer = { at: written.key(key) };
    if (key === deletionCost && !isInt32(value))
      errors.invalid(path.key(key), value, 'must be a 32bit integer', pointer);
    if (!key.startsWith(appArmor)) continue;
    const name = key.slice(appArmor.length);
    if (!hasContainer(name))
      errors.invalid(path.key(key), name, 'container not found', {
        ...pointer,
        code: 'absent-container',
      });
    if (!/^(?:|runtime\/default|unconfined|localhost\/.*)$/s.test(value)) {
      const detail = `invalid AppArmor profile name: ${goQuote(value)}`;
      errors.invalid(path.key(key), value, detail, pointer);
    }
  }
}

/** `GetDeletionCostFromPodAnnotations`. */
function isInt32(text: string): boolean {
  return /^(?:0|-\d+|[1-9]\d*)$/.test(text) && Number(text) === (Number(text) | 0);
}

/** Whether a pod has a container of a name, or may have it once placeholders are filled in. */
function containersOf(spec: JsonObject): (name: string) => boolean {
  const names = new Set(
    ['containers', 'initContainers', 'ephemeralContainers'].flatMap((field) =>
      objectsAt(spec, field).map((container) => stringAt(container, 'name')),
    ),
  );
  const mayBeAny = [...names].some(isPlaceholder);
  return (name) => mayBeAny || names.has(name);
}
