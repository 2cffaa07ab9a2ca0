/**
 * What stands in the sources of a pod's volume: `validateConfigMapVolumeSource`,
 * `validateProjectionSources` and their like (pkg/apis/core/validation/validation.go).
 */
import type { JsonObject } from '../../../kubernetes/json.ts';
import { getOwn } from '../../../own.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { FieldPath } from '../field-path.ts';
import { isSet, itemsAt, numberAt, objectAt, stringAt } from '../fields.ts';
import { parseQuantity } from '../quantity.ts';
import { requireOneOf } from './checks.ts';
import { validateFieldRef } from './env.ts';

const hostPathTypes = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
];
/** Fields of a pod that a file can have. */
const fileFields = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
];
const shortestToken = 600;

export function validateContents(
  errors: FieldErrors,
  source: string,
  contents: JsonObject | undefined,
  path: FieldPath,
): void {
  validateMode(errors, contents, 'defaultMode', path);
  if (source === 'configMap' || source === 'secret' || source === 'downwardAPI')
    validateItems(errors, source, contents, path);
  else if (source === 'projected') validateProjected(errors, contents, path);
  else if (source === 'emptyDir') {
    const limit = parseQuantity(getOwn(contents, 'sizeLimit'));
    if (limit !== undefined && limit.nanos < 0n) {
      const detail = 'SizeLimit field must be a valid resource quantity';
      errors.forbidden(path.child('sizeLimit'), detail);
    }
  } else if (source === 'hostPath') {
    const where = stringAt(contents, 'path');
    if (where.split('/').includes('..'))
      errors.invalid(path.child('path'), where, "must not contain '..'");
    requireOneOf(errors, contents, 'type', hostPathTypes, path);
  }
}

function validateMode(
  errors: FieldErrors,
  value: JsonObject | undefined,
  field: string,
  path: FieldPath,
): void {
  const mode = numberAt(value, field);
  if (mode !== undefined && (mode < 0 || mode > 0o777))
    errors.invalid(
      path.child(field),
      mode,
      'must be a number between 0 and 0777 (octal), both inclusive',
      { help: `write it with a zero in front, as an octal number: 0${mode}` },
    );
}

function validateItems(
  errors: FieldErrors,
  source: string,
  contents: JsonObject | undefined,
  path: FieldPath,
): void {
  for (const [item, own] of itemsAt(contents, 'items', path)) {
    if (source === 'downwardAPI') {
      const reference = objectAt(item, 'fieldRef');
      const at = own.child('fieldRef');
      if (reference !== undefined)
        validateFieldRef(errors, reference, path.child('fieldRef'), fileFields, at);
    } else if (stringAt(item, 'key') === '') errors.required(own.child('key'));
    const where = stringAt(item, 'path');
    if (where === '') errors.required(own.child('path'));
    if (where.startsWith('/')) errors.invalid(own.child('path'), where, 'must be a relative path');
    if (where.split('/').includes('..'))
      errors.invalid(own.child('path'), where, "must not contain '..'");
    validateMode(errors, item, 'mode', own);
  }
}

const projections = ['secret', 'configMap', 'downwardAPI', 'serviceAccountToken'];

function validateProjected(
  errors: FieldErrors,
  projected: JsonObject | undefined,
  path: FieldPath,
): void {
  for (const [source, own] of itemsAt(projected, 'sources', path)) {
    const given = projections.filter((kind) => isSet(source, kind));
    if (given.length > 1)
      errors.forbidden(own, 'may not specify more than 1 volume type per source');
    for (const kind of given) {
      const contents = objectAt(source, kind);
      if (kind !== 'serviceAccountToken') {
        validateItems(errors, kind, contents, own.child(kind));
        continue;
      }
      const seconds = numberAt(contents, 'expirationSeconds');
      const lifetime = own.child(kind).child('expirationSeconds');
      const isTooShort = seconds !== undefined && seconds < shortestToken;
      if (isSet(contents, 'expirationSeconds') && isTooShort)
        errors.invalid(lifetime, seconds, 'may not specify a duration less than 10 minutes');
      if (stringAt(contents, 'path') === '') errors.required(own.child(kind).child('path'));
    }
  }
}
