/**
 * An object of which there is one already: kubectl patches that one, and not everything in it can
 * be changed.
 */
import { attempt } from '../../../fault.ts';
import { isJsonObject, type JsonObject } from '../../../kubernetes/json.ts';
import type { ClusterOptions } from '../../options.ts';
import { type Admission, admit, type NewObject } from '../admit.ts';
import { FieldErrors } from '../field-errors.ts';
import { FieldPath } from '../field-path.ts';
import { objectAt } from '../fields.ts';
import { isKnownKind } from '../kinds.ts';
import { servedKind } from '../served-kinds.ts';
import { validateUpdate } from '../update.ts';
import { settledService } from '../update/service.ts';
import { PatchProblem } from './list-order.ts';
import { patchTypeOf } from './merge-keys.ts';
import { applyThreeWay } from './three-way.ts';

/** What is there: as it was last applied, and as it is stored. */
export interface Before {
  readonly written: JsonObject;
  readonly stored: JsonObject;
}

export type AdmissionAgain = Pick<Admission, 'value' | 'refusals' | 'incomplete'>;

/** What the API server stores after `kubectl apply` of `object`, or why it does not take it. */
export function admitAgain(
  object: NewObject,
  before: Before,
  options: ClusterOptions,
): AdmissionAgain {
  const { apiVersion, kind } = object;
  const minor = options.kubernetesMinor;
  const isKnown = isKnownKind(apiVersion, kind);
  const isBuiltIn = isKnown || servedKind(apiVersion, kind, minor).state === 'served';
  const errors = new FieldErrors(minor);
  const patched = attempt(
    () =>
      applyThreeWay(
        { original: before.written, modified: object.value, current: before.stored },
        isBuiltIn ? patchTypeOf(apiVersion, kind) : {},
      ),
    (error) => {
      if (!(error instanceof PatchProblem)) throw error;
      errors.invalid(FieldPath.of('spec').child(error.field), null, error.message);
      return undefined;
    },
  );
  if (patched === undefined) return { ...unchanged(before), refusals: errors.refusals };
  if (!isKnown) {
    if (isBuiltIn) validateUpdate(kind, before.stored, patched, errors);
    return { value: patched, refusals: errors.refusals, incomplete: [] };
  }
  const oldSpec = objectAt(before.stored, 'spec');
  const spec = patched['spec'];
  const value =
    kind === 'Service' && oldSpec !== undefined && isJsonObject(spec)
      ? { ...patched, spec: settledService(oldSpec, spec, minor) }
      : patched;
  const { value: stored, refusals, incomplete } = admit({ apiVersion, kind, value }, options);
  if (refusals.length > 0) return { value: stored, refusals, incomplete };
  validateUpdate(kind, before.stored, stored, errors);
  return { value: stored, refusals: errors.refusals, incomplete };
}

function unchanged({ stored }: Before): AdmissionAgain {
  return { value: stored, refusals: [], incomplete: [] };
}
