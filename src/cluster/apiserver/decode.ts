/** Decoding one object as the API server decodes what `kubectl apply` sends it. */
import { newestSchemaMinor, oldestSchemaMinor } from '../../generated/kubernetes-types.ts';
import {
  fieldAt,
  isJsonObject,
  type Json,
  type JsonObject,
  type Path,
} from '../../kubernetes/json.ts';
import { isPlaceholder, placeholderIn } from '../../manifest/placeholder.ts';
import { getOwn, setOwn } from '../../own.ts';
import { isDataKey } from '../data-keys.ts';
import type { MinorVersion } from '../options.ts';
import { illegalBase64At } from './base64.ts';
import { helpForBytes, helpForType, helpForUnknownField } from './decode-help.ts';
import { showPath } from './field-path.ts';
import { goQuote } from './go-format.ts';
import { quantityProblem, timeProblem } from './quantity.ts';
import type { Refusal } from './refusal.ts';
import { type FieldType, groupOfApiVersion, type StructType, structType } from './struct-type.ts';

export interface Decoded {
  /**
   * As the API server sees it: no nulls in mappings, no unknown fields, nothing of a wrong type. A
   * list keeps its length: what cannot stand in it is `{}`.
   */
  readonly value: JsonObject;
  /**
   * Wrong types in the order in which Go meets them (the API server stops at the first), then all
   * unknown fields.
   */
  readonly refusals: readonly Refusal[];
  /**
   * Fields that a placeholder stands for where a struct, list or map belongs: left out, contents
   * unknown.
   */
  readonly incomplete: readonly Path[];
}

/**
 * Drops null values from mappings, as client-side apply does (kubectl pkg/cmd/apply `pruneNulls`),
 * and decodes with Go's rules: case-sensitive names, strict about unknown fields, no conversion
 * between strings, numbers and booleans (sigs.k8s.io/json, runtime/serializer/json). A placeholder
 * passes for any scalar. The kind must be known (`isKnownKind`). The value that is given is not
 * changed, nor shared.
 */
export function decode(
  value: JsonObject,
  apiVersion: string,
  kind: string,
  minor: MinorVersion,
): Decoded {
  const root = structType(groupOfApiVersion(apiVersion), kind);
  const decoder = new Decoder(
    root,
    Math.min(Math.max(minor, oldestSchemaMinor), newestSchemaMinor),
  );
  const decoded = decoder.struct(value, root);
  return { value: decoded, refusals: decoder.refusals(), incomplete: decoder.incomplete };
}

const int32Max = 2 ** 31 - 1;
const int64Max = 2 ** 63;

class Decoder {
  readonly incomplete: Path[] = [];
  readonly #minor: MinorVersion;
  /** Errors that end decoding at once (of custom unmarshalers) win over those that Go saves up. */
  readonly #fatal: Refusal[] = [];
  readonly #saved: Refusal[] = [];
  readonly #unknown: Refusal[] = [];
  readonly #path: (string | number)[] = [];
  /** Go's path: names only, and those of embedded structs too. */
  readonly #goPath: string[] = [];
  #goStruct = '';
  readonly #root: StructType;

  constructor(root: StructType, minor: MinorVersion) {
    this.#root = root;
    this.#minor = minor;
  }

  refusals(): Refusal[] {
    for (const list of [this.#fatal, this.#saved, this.#unknown])
      if (list.length > 1) list.sort((a, b) => compareByKeys(a.path, b.path));
    return [...this.#fatal, ...this.#saved, ...this.#unknown];
  }

  struct(value: JsonObject, struct: StructType): JsonObject {
    const result: JsonObject = {};
    const outer = this.#goStruct;
    for (const key in value) {
      const given = getOwn(value, key);
      if (given === null || given === undefined) continue;
      const field = struct.fields.get(key);
      if (field === undefined || field.since > this.#minor || field.until < this.#minor) {
        this.#unknownField(key, given, struct, value);
        continue;
      }
      this.#path.push(key);
      if (field.embedded !== undefined) this.#goPath.push(field.embedded);
      this.#goPath.push(key);
      this.#goStruct = struct.name;
      const decoded = this.#value(given, field.type);
      if (decoded !== undefined) setOwn(result, key, decoded);
      this.#goPath.pop();
      if (field.embedded !== undefined) this.#goPath.pop();
      this.#path.pop();
    }
    this.#goStruct = outer;
    return result;
  }

  /** undefined: there is nothing to be had of it. */
  #value(value: Json, type: FieldType): Json | undefined {
    switch (type.type) {
      case 'struct':
        if (isJsonObject(value)) return this.struct(value, type.struct());
        return this.#absent(value, type);
      case 'list':
        return Array.isArray(value) ? this.#list(value, type.element) : this.#absent(value, type);
      case 'map':
        return isJsonObject(value) ? this.#map(value, type.element) : this.#absent(value, type);
      case 'any':
        return value;
      default:
        return placeholderIn(value) ?? this.#scalar(value, type);
    }
  }

  #list(items: readonly Json[], element: FieldType): Json[] {
    return items.map((item, index) => {
      this.#path.push(index);
      const decoded = item === null ? undefined : this.#value(item, element);
      this.#path.pop();
      return decoded ?? zeroOf(element);
    });
  }

  #map(value: JsonObject, element: FieldType): JsonObject {
    const result: JsonObject = {};
    // Right below an object stand maps of data, where a key in capitals stands for itself.
    const isData = this.#path.length === 1;
    for (const key in value) {
      const given = getOwn(value, key);
      if (given === null || given === undefined) continue;
      if (isPlaceholder(key) && !(isData && isDataKey(key))) {
        this.incomplete.push([...this.#path]);
        continue;
      }
      this.#path.push(key);
      const decoded = this.#value(given, element);
      if (decoded !== undefined) setOwn(result, key, decoded);
      this.#path.pop();
    }
    return result;
  }

  #scalar(value: Json, type: FieldType): Json | undefined {
    const given = typeof value;
    switch (type.type) {
      case 'string':
        return given === 'string' ? value : this.#wrongType(value, type.go);
      case 'bytes':
        return this.#bytes(value, type.go);
      case 'boolean':
        return given === 'boolean' ? value : this.#wrongType(value, type.go);
      case 'int32':
      case 'int64':
        return this.#integer(value, type.type);
      case 'intOrString':
        return given === 'string' ? value : this.#integer(value, 'int32', this.#fatal);
      case 'quantity': {
        const problem = quantityProblem(value);
        return problem === undefined ? value : this.#refuse(problem, this.#fatal);
      }
      case 'time': {
        if (given !== 'string') return this.#wrongType(value, 'string', this.#fatal);
        const problem = timeProblem(value as string);
        return problem === undefined ? value : this.#refuse(problem, this.#fatal);
      }
      default:
        return given === 'string' ? value : this.#wrongType(value, 'string', this.#fatal);
    }
  }

  #bytes(value: Json, go: string): Json | undefined {
    if (typeof value !== 'string') return this.#wrongType(value, go);
    const illegal = illegalBase64At(value);
    if (illegal === undefined) return value;
    return this.#refuse(
      `illegal base64 data at input byte ${illegal}`,
      this.#saved,
      helpForBytes(this.#path),
    );
  }

  #integer(value: Json, go: 'int32' | 'int64', list = this.#saved): Json | undefined {
    if (typeof value !== 'number') return this.#wrongType(value, go, list);
    const fits =
      go === 'int32'
        ? value >= -int32Max - 1 && value <= int32Max
        : value >= -int64Max && value < int64Max;
    return Number.isInteger(value) && fits
      ? value
      : this.#wrongType(value, go, list, `number ${value}`);
  }

  #absent(value: Json, type: FieldType): undefined {
    if (placeholderIn(value) !== undefined) this.incomplete.push([...this.#path]);
    else this.#wrongType(value, type.go);
    return undefined;
  }

  #wrongType(value: Json, go: string, list = this.#saved, found = jsonType(value)): undefined {
    const help = helpForType(value, go, this.#path);
    this.#refuse(
      `json: cannot unmarshal ${found} into Go struct field ` +
        `${this.#goStruct}.${this.#goPath.join('.')} of type ${go}`,
      list,
      help,
    );
    return undefined;
  }

  #refuse(message: string, list: Refusal[], help?: string): undefined {
    list.push({
      type: 'Wrong type',
      path: [...this.#path],
      message,
      ...(help === undefined ? {} : { help }),
    });
    return undefined;
  }

  #unknownField(key: string, value: Json, struct: StructType, siblings: JsonObject): void {
    if (isPlaceholder(key)) {
      this.incomplete.push([...this.#path]);
      return;
    }
    if (this.#path.length === 0 && key === 'sops' && isEncrypted(value)) return;
    const path = [...this.#path, key];
    const help = helpForUnknownField(
      { key, value, parent: [...this.#path], struct, siblings, root: this.#root },
      this.#minor,
    );
    const message = `unknown field ${goQuote(showPath(path))}`;
    this.#unknown.push({ type: 'Unknown field', path, part: 'key', message, ...help });
  }
}

/**
 * What sops writes beside what it has encrypted, and takes out when it decrypts: no object is
 * applied with it (https://getsops.io/docs/#encrypting-only-parts-of-a-file).
 */
function isEncrypted(value: Json): boolean {
  return typeof fieldAt(value, 'mac') === 'string';
}

/** What stands in a list for null and for what could not be decoded. */
function zeroOf(type: FieldType): Json {
  switch (type.type) {
    case 'struct':
    case 'map':
    case 'any':
      return {};
    case 'list':
      return [];
    case 'boolean':
      return false;
    case 'int32':
    case 'int64':
    case 'intOrString':
      return 0;
    default:
      return '';
  }
}

function jsonType(value: Json): string {
  if (Array.isArray(value)) return 'array';
  if (value === null) return 'null';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

/**
 * kubectl sends objects with their keys sorted, so that is the order in which the API server meets
 * errors.
 */
function compareByKeys(a: Path, b: Path): number {
  for (let depth = 0; depth < a.length && depth < b.length; depth++) {
    const [left, right] = [a[depth] as string | number, b[depth] as string | number];
    if (left !== right) return left < right ? -1 : 1;
  }
  return a.length - b.length;
}
