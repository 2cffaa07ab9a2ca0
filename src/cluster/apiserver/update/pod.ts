/** `ValidatePodUpdate` (pkg/apis/core/validation/validation.go). */
import type { JsonObject } from '../../../kubernetes/json.ts';
import type { FieldErrors } from '../field-errors.ts';
import { FieldPath } from '../field-path.ts';
import { numberAt, objectAt, objectsAt } from '../fields.ts';
import { differ } from './immutable.ts';

const specPath = FieldPath.of('spec');
const containerLists = ['containers', 'initContainers'] as const;

export function validatePodUpdate(
  errors: FieldErrors,
  before: JsonObject,
  after: JsonObject,
): void {
  const [old, spec] = [objectAt(before, 'spec') ?? {}, objectAt(after, 'spec') ?? {}];
  for (const list of containerLists)
    if (objectsAt(old, list).length !== objectsAt(spec, list).length) {
      errors.forbidden(specPath.child(list), 'pod updates may not add or remove containers');
      return;
    }
  validateDeadline(errors, old, spec);
  validateTolerations(errors, old, spec);
  validateGates(errors, old, spec);
  if (differ(fixedOf(old), fixedOf(spec)))
    errors.forbidden(
      specPath,
      'pod updates may not change fields other than ' +
        '`spec.containers[*].image`,`spec.initContainers[*].image`,' +
        '`spec.activeDeadlineSeconds`,`spec.tolerations` ' +
        '(only additions to existing tolerations),`spec.terminationGracePeriodSeconds` ' +
        '(allow it to be set to 1 if it was previously negative)',
    );
}

/** Without what may change. A pod behind a gate may be told more about its node. */
function fixedOf(spec: JsonObject): JsonObject {
  const {
    activeDeadlineSeconds: _deadline,
    tolerations: _tolerations,
    schedulingGates: gates,
    nodeSelector,
    affinity,
    ...fixed
  } = spec;
  const isGated = Array.isArray(gates) && gates.length > 0;
  const lists = containerLists.map((list) => [
    list,
    objectsAt(spec, list).map(({ image: _image, ...container }) => container),
  ]);
  return {
    ...fixed,
    ...(!isGated && { nodeSelector: nodeSelector ?? {}, affinity: affinity ?? {} }),
    ...(Object.fromEntries(lists) as JsonObject),
  };
}

function validateDeadline(errors: FieldErrors, old: JsonObject, spec: JsonObject): void {
  const path = specPath.child('activeDeadlineSeconds');
  const [before, after] = [old, spec].map((each) => each['activeDeadlineSeconds']);
  if (before === undefined) return;
  if (after === undefined)
    errors.invalid(path, null, 'must not update from a positive integer to nil value');
  else if (
    (numberAt(old, 'activeDeadlineSeconds') ?? Infinity) <
    (numberAt(spec, 'activeDeadlineSeconds') ?? 0)
  )
    errors.invalid(path, after, 'must be less than or equal to previous value');
}

/** `validateOnlyAddedTolerations`: but for its seconds a toleration stays. */
function validateTolerations(errors: FieldErrors, old: JsonObject, spec: JsonObject): void {
  const without = (list: readonly JsonObject[]): JsonObject[] =>
    list.map(({ tolerationSeconds: _seconds, ...toleration }) => toleration);
  const given = without(objectsAt(spec, 'tolerations'));
  const isLost = without(objectsAt(old, 'tolerations')).some((toleration) =>
    given.every((other) => differ(toleration, other)),
  );
  if (isLost)
    errors.forbidden(
      specPath.child('tolerations'),
      'existing toleration can not be modified except its tolerationSeconds',
    );
}

/** `validateOnlyDeletedSchedulingGates`. */
function validateGates(errors: FieldErrors, old: JsonObject, spec: JsonObject): void {
  const before = objectsAt(old, 'schedulingGates');
  for (const [index, gate] of objectsAt(spec, 'schedulingGates').entries())
    if (before.every((other) => differ(gate, other)))
      errors.forbidden(
        specPath.child('schedulingGates').index(index),
        'only deletion is allowed, but found new scheduling gate',
      );
}
