/**
 * Why the API server would not take an object, in its own terms (apimachinery
 * pkg/util/validation/field/errors.go).
 */
import type { Path } from '../../kubernetes/json.ts';

/**
 * `Unknown field` and `Wrong type` are decoding errors (reason BadRequest), `Not admitted` is an
 * admission plugin's no (reason Forbidden), the rest are field errors (reason Invalid).
 */
export type RefusalType =
  | 'Required value'
  | 'Invalid value'
  | 'Duplicate value'
  | 'Forbidden'
  | 'Unsupported value'
  | 'Not found'
  | 'Too long'
  | 'Too many'
  | 'Unknown field'
  | 'Wrong type'
  | 'Not admitted'
  | 'Not served';

/**
 * - `selector-mismatch`: a workload's selector does not match the labels of its own template
 * - `dotted-backend`: the Service that an Ingress leads to has a dot in its name, as only DNS names
 *   have
 * - `absent-container`: an annotation of a pod is for a container that it does not have
 * - `absent-word`: one of some words belongs where nothing stands, or ''
 */
export type RefusalCode =
  'selector-mismatch' | 'dotted-backend' | 'absent-container' | 'absent-word';

export interface Refusal {
  readonly type: RefusalType;
  /** Into the object as written, so that the very scalar can be underlined. */
  readonly path: Path;
  /** Whether the field's name rather than its value is at fault. */
  readonly part?: 'key';
  /** What the API server prints, path and all: `spec.ports[0].name: Required value`. */
  readonly message: string;
  /** The refusal stands on what is assumed about the cluster. */
  readonly assumes?: 'ip-families' | 'gates';
  /**
   * Which refusal it is, where a rule asks; the message is the API server's and may change with it.
   */
  readonly code?: RefusalCode;
  /** What to write instead, where that can be told. */
  readonly help?: string;
  /**
   * What was meant, beyond doubt: it can stand in the place of the value, or of the name where
   * `part` says so.
   */
  readonly replacement?: string | number | boolean;
  /**
   * Of an unknown field: the field of the same struct that was probably meant, where `replacement`
   * is not sure of it.
   */
  readonly likely?: string;
  /**
   * Of an unknown field: the one struct of the object that knows it, where what was written can
   * stand as it is.
   */
  readonly home?: Path;
}
