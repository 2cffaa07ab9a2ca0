/** Field errors in the API server's words (apimachinery pkg/util/validation/field/errors.go). */
import type { Json, Path } from '../../kubernetes/json.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import type { MinorVersion } from '../options.ts';
import type { FieldPath } from './field-path.ts';
import { goJson, goQuote } from './go-format.ts';
import type { Refusal, RefusalType } from './refusal.ts';

/** A value as Go prints it, for structs, whose fields Go does not sort. */
export class GoText {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
type Value = Json | GoText | undefined;

/**
 * What to tell beside the message: where to point at, if not at the path that it names, what would
 * be right, and for whom it is recognised.
 */
export interface Pointer {
  readonly at?: FieldPath;
  readonly part?: 'key';
  readonly help?: string;
  readonly replacement?: Refusal['replacement'];
  readonly assumes?: Refusal['assumes'];
  readonly code?: Refusal['code'];
}

/**
 * Collects what validation finds wrong in one object. Nothing that hangs on a placeholder is kept:
 * neither an error about a value that is yet to be filled in, nor one about a field whose contents
 * (or whose surroundings) had to be left out.
 */
export class FieldErrors {
  readonly minor: MinorVersion;
  readonly refusals: Refusal[] = [];
  readonly #incomplete: readonly Path[];

  constructor(minor: MinorVersion, incomplete: readonly Path[] = []) {
    this.minor = minor;
    this.#incomplete = incomplete;
  }

  required(path: FieldPath, detail = '', pointer?: Pointer): void {
    this.#add('Required value', path, undefined, detail, pointer);
  }

  forbidden(path: FieldPath, detail: string, pointer?: Pointer): void {
    this.#add('Forbidden', path, undefined, detail, pointer);
  }

  invalid(path: FieldPath, value: Value, detail: string, pointer?: Pointer): void {
    if (!isPlaceholder(value)) this.#add('Invalid value', path, printValue(value), detail, pointer);
  }

  /** One error for each of the messages that a name test gave. */
  invalidEach(path: FieldPath, value: Value, messages: readonly string[], pointer?: Pointer): void {
    for (const message of messages) this.invalid(path, value, message, pointer);
  }

  duplicate(path: FieldPath, value: Value, pointer?: Pointer): void {
    if (!isPlaceholder(value)) this.#add('Duplicate value', path, printValue(value), '', pointer);
  }

  notFound(path: FieldPath, value: Value, pointer?: Pointer): void {
    if (!isPlaceholder(value)) this.#add('Not found', path, printValue(value), '', pointer);
  }

  notSupported(
    path: FieldPath,
    value: Value,
    supported: readonly string[],
    pointer?: Pointer,
  ): void {
    if (isPlaceholder(value)) return;
    this.#add(
      'Unsupported value',
      path,
      printValue(value),
      `supported values: ${supported.map(goQuote).join(', ')}`,
      value === '' ? { ...pointer, code: 'absent-word' } : pointer,
    );
  }

  tooLong(path: FieldPath, maximum: number, pointer?: Pointer): void {
    this.#add('Too long', path, undefined, `may not be more than ${maximum} bytes`, pointer);
  }

  tooMany(path: FieldPath, actual: number, maximum: number): void {
    this.#add('Too many', path, String(actual), `must have at most ${maximum} items`);
  }

  /** Whether something at, above or below a path was left out for a placeholder. */
  isIncomplete(path: FieldPath): boolean {
    return this.#incomplete.length > 0 && this.#touchesIncomplete(path.toPath());
  }

  #touchesIncomplete(path: Path): boolean {
    return this.#incomplete.some((left) => {
      const shared = Math.min(left.length, path.length);
      for (let depth = 0; depth < shared; depth++) if (left[depth] !== path[depth]) return false;
      return true;
    });
  }

  #add(
    type: RefusalType,
    path: FieldPath,
    value: string | undefined,
    detail: string,
    pointer?: Pointer,
  ): void {
    const at = (pointer?.at ?? path).toPath();
    if (
      this.#incomplete.length > 0 &&
      (this.#touchesIncomplete(at) || this.#touchesIncomplete(path.toPath()))
    )
      return;
    let message = `${path.toString()}: ${type}`;
    if (value !== undefined) message += `: ${value}`;
    if (detail !== '') message += `: ${detail}`;
    this.refusals.push({
      type,
      path: at,
      message,
      ...(pointer?.part === undefined ? {} : { part: pointer.part }),
      ...(pointer?.help === undefined ? {} : { help: pointer.help }),
      ...(pointer?.replacement === undefined ? {} : { replacement: pointer.replacement }),
      ...(pointer?.assumes === undefined ? {} : { assumes: pointer.assumes }),
      ...(pointer?.code === undefined ? {} : { code: pointer.code }),
    });
  }
}

/** Strings quoted, numbers and booleans plain, all else as JSON (Error.ErrorBody). */
function printValue(value: Value): string {
  if (typeof value === 'string') return goQuote(value);
  if (value instanceof GoText) return value.text;
  return value === undefined ? 'null' : goJson(value);
}
