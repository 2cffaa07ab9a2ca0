/**
 * What the API server does to one new object: decode, default, allocate, validate. Conflicts with
 * other objects are not its concern here.
 */
import type { Json, JsonObject, Path } from '../../kubernetes/json.ts';
import type { ClusterOptions } from '../options.ts';
import { decode } from './decode.ts';
import { setDefaults } from './defaults/set-defaults.ts';
import { FieldErrors } from './field-errors.ts';
import { objectAt } from './fields.ts';
import { initIPFamilies } from './ip-families.ts';
import { decodedVersion, isKnownKind } from './kinds.ts';
import { allocateNodePorts } from './node-ports.ts';
import type { Refusal } from './refusal.ts';
import { removedIn } from './removed-apis.ts';
import { servedKind } from './served-kinds.ts';
import { inShape } from './shape.ts';
import { validate } from './validation/validate.ts';
import { requestWarnings, warningsOnCreate } from './warnings/warnings-on-create.ts';

export interface NewObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly value: JsonObject;
}

export interface Admission {
  /**
   * As it is stored: decoded, nulls dropped, defaulted, a Service with its address families and
   * policy. An object that is refused is as it would be without the fields that could not be
   * decoded. An object of an unknown kind is as it was given.
   */
  readonly value: JsonObject;
  /** Empty: it is taken. */
  readonly refusals: readonly Refusal[];
  readonly warnings: readonly string[];
  /** What a placeholder stands for: paths of fields that were left out. */
  readonly incomplete: readonly Path[];
  /** Whether its kind is one that is decoded and validated. */
  readonly known: boolean;
}

/**
 * Stops where the API server stops: at decoding errors, then at what cannot be allocated, so that
 * the refusals are those that it would print. A kind that the release no longer serves, or that
 * never was, is refused with `Not served`.
 */
export function admit(object: NewObject, options: ClusterOptions): Admission {
  const { apiVersion, kind } = object;
  const minor = options.kubernetesMinor;
  if (!isKnownKind(apiVersion, kind)) {
    const version = decodedVersion(apiVersion, kind);
    return {
      value:
        version === undefined ? object.value : decode(object.value, version, kind, minor).value,
      refusals: refuseUnserved(apiVersion, kind, minor),
      warnings: [],
      incomplete: [],
      known: false,
    };
  }
  const decoded = decode(object.value, apiVersion, kind, minor);
  const stored = setDefaults(kind, decoded.value, minor);
  const errors = new FieldErrors(minor, decoded.incomplete);
  const spec = kind === 'Service' ? objectAt(stored, 'spec') : undefined;
  let refusals: readonly Refusal[] = decoded.refusals;
  if (spec !== undefined) {
    const { refusals: familyRefusals, ...families } = initIPFamilies(
      spec,
      options,
      new FieldErrors(minor, decoded.incomplete),
    );
    stored['spec'] = { ...spec, ...(families as Record<string, Json>) };
    if (refusals.length === 0) refusals = familyRefusals;
    if (refusals.length === 0) {
      allocateNodePorts(errors, spec);
      refusals = errors.refusals;
    }
  }
  if (refusals.length === 0) {
    validate(kind, stored, errors);
    refusals = errors.refusals;
  }
  const { incomplete } = decoded;
  const shaped = incomplete.length === 0 ? stored : inShape(kind, stored, '<unknown>');
  return new KnownAdmission(shaped, refusals, incomplete, () => [
    ...requestWarnings(apiVersion, kind, minor),
    ...(refusals.length === 0 ? warningsOnCreate(kind, stored, minor) : []),
  ]);
}

class KnownAdmission implements Admission {
  readonly known = true;
  readonly value: JsonObject;
  readonly refusals: readonly Refusal[];
  readonly incomplete: readonly Path[];
  readonly #warnings: () => readonly string[];

  constructor(
    value: JsonObject,
    refusals: readonly Refusal[],
    incomplete: readonly Path[],
    warnings: () => readonly string[],
  ) {
    this.value = value;
    this.refusals = refusals;
    this.incomplete = incomplete;
    this.#warnings = warnings;
  }

  /** Hardly anybody asks for them. */
  get warnings(): readonly string[] {
    return this.#warnings();
  }
}

function refuseUnserved(apiVersion: string, kind: string, minor: number): Refusal[] {
  const message = `no matches for kind "${kind}" in version "${apiVersion}"`;
  const removal = removedIn(apiVersion, kind);
  if (removal !== undefined) {
    if (removal.minor > minor) return [];
    const help =
      removal.successor === undefined
        ? 'nothing takes its place: take it out'
        : `write apiVersion: ${removal.successor}`;
    return [{ type: 'Not served', path: ['apiVersion'], message, help }];
  }
  return servedKind(apiVersion, kind, minor).state === 'never'
    ? [{ type: 'Not served', path: ['apiVersion'], message }]
    : [];
}
