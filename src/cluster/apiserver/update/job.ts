/** `ValidateJobSpecUpdate` (pkg/apis/batch/validation/validation.go). */
import type { JsonObject } from '../../../kubernetes/json.ts';
import type { FieldErrors } from '../field-errors.ts';
import { FieldPath } from '../field-path.ts';
import { objectAt, objectsAt, stringAt } from '../fields.ts';
import { differ, keepField } from './immutable.ts';

const specPath = FieldPath.of('spec');
const immutable = [
  'selector',
  'completionMode',
  'podFailurePolicy',
  'backoffLimitPerIndex',
  'managedBy',
  'successPolicy',
];

export function validateJobUpdate(
  errors: FieldErrors,
  before: JsonObject,
  after: JsonObject,
): void {
  const [old, spec] = [objectAt(before, 'spec') ?? {}, objectAt(after, 'spec') ?? {}];
  validateCompletions(errors, old, spec);
  for (const field of immutable) keepField(errors, specPath, field, old, spec);
  const template = objectAt(spec, 'template') ?? {};
  const fixed = (value: JsonObject): JsonObject =>
    old['suspend'] === true ? withoutScheduling(value, errors.minor) : value;
  if (differ(fixed(objectAt(old, 'template') ?? {}), fixed(template)))
    errors.invalid(specPath.child('template'), template, 'field is immutable');
}

/** An Indexed Job may be scaled, with both its numbers. */
function validateCompletions(errors: FieldErrors, old: JsonObject, spec: JsonObject): void {
  if (stringAt(spec, 'completionMode') !== 'Indexed')
    keepField(errors, specPath, 'completions', old, spec);
  else if (
    differ(old['completions'], spec['completions']) &&
    differ(spec['completions'], spec['parallelism'])
  )
    errors.invalid(
      specPath.child('completions'),
      spec['completions'],
      'can only be modified in tandem with spec.parallelism',
    );
}

/**
 * Of a Job that was not started yet, where its pods run may change; since 1.36 also what they ask
 * for.
 */
function withoutScheduling(template: JsonObject, minor: number): JsonObject {
  const {
    labels: _labels,
    annotations: _annotations,
    ...metadata
  } = objectAt(template, 'metadata') ?? {};
  const {
    nodeSelector: _selector,
    tolerations: _tolerations,
    schedulingGates: _gates,
    ...spec
  } = objectAt(template, 'spec') ?? {};
  const { nodeAffinity: _affinity, ...affinity } = objectAt(spec, 'affinity') ?? {};
  const lists = ['containers', 'initContainers'].map((field): [string, JsonObject[]] => [
    field,
    objectsAt(spec, field).map(({ resources, ...container }) =>
      minor >= 36 || resources === undefined ? container : { ...container, resources },
    ),
  ]);
  return { ...template, metadata, spec: { ...spec, affinity, ...Object.fromEntries(lists) } };
}
