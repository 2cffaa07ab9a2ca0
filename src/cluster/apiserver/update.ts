/** What cannot be changed by applying an object of the same name again (pkg/apis/GROUP/validation `Validate…Update`). */
import type { Json, JsonObject } from '../../manifest/node.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import type { FieldErrors } from './field-errors.ts';
import { FieldPath } from './field-path.ts';
import { objectAt, stringAt } from './fields.ts';
import { goJson } from './go-format.ts';

const specPath = FieldPath.of('spec');

/** Both as they are stored. Of Jobs nothing is compared: what is immutable in them has pages of exceptions. */
export function validateUpdate(
  kind: string,
  before: JsonObject,
  after: JsonObject,
  errors: FieldErrors,
): void {
  const [old, spec] = [objectAt(before, 'spec') ?? {}, objectAt(after, 'spec') ?? {}];
  switch (kind) {
    case 'Deployment':
    case 'ReplicaSet':
    case 'DaemonSet':
      if (differ(old['selector'], spec['selector']))
        errors.invalid(specPath.child('selector'), spec['selector'], 'field is immutable');
      return;
    case 'StatefulSet':
      validateStatefulSetUpdate(old, spec, errors);
      return;
    case 'Service':
      validateServiceUpdate(old, spec, errors);
      return;
  }
}

const mutableInStatefulSet = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];

/** `ValidateStatefulSetUpdate`; 1.33 added revisionHistoryLimit to what may change. */
function validateStatefulSetUpdate(
  before: JsonObject,
  after: JsonObject,
  errors: FieldErrors,
): void {
  const mutable = mutableInStatefulSet.filter(
    (field) => field !== 'revisionHistoryLimit' || errors.minor >= 33,
  );
  const fixed = ({ ...spec }: JsonObject): JsonObject => {
    for (const field of mutable) delete spec[field];
    return spec;
  };
  if (!differ(fixed(before), fixed(after))) return;
  const quoted = mutable.map((field) => `'${field}'`);
  const list = `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`;
  errors.forbidden(
    specPath,
    `updates to statefulset spec for fields other than ${list} are forbidden`,
  );
}

/** A Service keeps the cluster IP that it was given, so it cannot become headless (`ValidateServiceClusterIPsRelatedFields` of an update). */
function validateServiceUpdate(before: JsonObject, after: JsonObject, errors: FieldErrors): void {
  const external = [before, after].some((spec) => stringAt(spec, 'type') === 'ExternalName');
  if (
    external ||
    stringAt(before, 'clusterIP') === 'None' ||
    stringAt(after, 'clusterIP') !== 'None'
  )
    return;
  errors.invalid(specPath.child('clusterIPs').index(0), ['None'], 'may not change once set', {
    at: specPath.child('clusterIP'),
  });
}

function differ(before: Json | undefined, after: Json | undefined): boolean {
  const [old, new_] = [goJson(before ?? null), goJson(after ?? null)];
  return old !== new_ && !isPlaceholder(old) && !isPlaceholder(new_);
}
