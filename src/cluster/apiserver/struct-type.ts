/**
 * The types of the Kubernetes API as a JSON decoder needs them, read from the generated table when
 * first used.
 */
import {
  kubernetesTypes,
  newestSchemaMinor,
  oldestSchemaMinor,
} from '../../generated/kubernetes-types.ts';
import { getOwn } from '../../own.ts';
import type { MinorVersion } from '../options.ts';

export type FieldType =
  /** `go`: the type's name as Go prints it. */
  | {
      readonly type:
        | 'string'
        | 'bytes'
        | 'boolean'
        | 'int32'
        | 'int64'
        | 'quantity'
        | 'intOrString'
        | 'time'
        | 'duration'
        | 'any';
      readonly go: string;
    }
  | { readonly type: 'list' | 'map'; readonly go: string; readonly element: FieldType }
  | { readonly type: 'struct'; readonly go: string; readonly struct: () => StructType };

export interface Field {
  readonly type: FieldType;
  /** The embedded struct that the field comes from; Go names it in paths. */
  readonly embedded?: string;
  readonly since: MinorVersion;
  readonly until: MinorVersion;
}

export interface StructType {
  /** Go's name: `ContainerPort`. */
  readonly name: string;
  readonly fields: ReadonlyMap<string, Field>;
}

const scalars: Readonly<Record<string, FieldType>> = {
  s: { type: 'string', go: 'string' },
  y: { type: 'bytes', go: '[]uint8' },
  b: { type: 'boolean', go: 'bool' },
  i: { type: 'int32', go: 'int32' },
  l: { type: 'int64', go: 'int64' },
  q: { type: 'quantity', go: 'resource.Quantity' },
  p: { type: 'intOrString', go: 'intstr.IntOrString' },
  t: { type: 'time', go: 'v1.Time' },
  m: { type: 'time', go: 'v1.MicroTime' },
  d: { type: 'duration', go: 'v1.Duration' },
  f: { type: 'any', go: 'v1.FieldsV1' },
  r: { type: 'map', go: 'v1.ResourceList', element: { type: 'quantity', go: 'resource.Quantity' } },
};

const parsed = new Map<string, StructType>();

/** The struct of a group (`core`, `apps/v1`) and name, or of that name in core. */
export function structType(group: string, name: string): StructType {
  const key = `${group} ${name}`;
  let struct = parsed.get(key);
  if (struct === undefined) {
    const own = getOwn(getOwn(kubernetesTypes, group), name);
    struct =
      own === undefined && group !== 'core'
        ? structType('core', name)
        : parseStruct(group, name, own ?? '');
    parsed.set(key, struct);
  }
  return struct;
}

/** The table's name for an apiVersion. */
export function groupOfApiVersion(apiVersion: string): string {
  return apiVersion === 'v1' ? 'core' : apiVersion.replace(/\.[^/]*/, '');
}

function parseStruct(group: string, name: string, line: string): StructType {
  const fields = new Map<string, Field>();
  let embedded: string | undefined;
  for (const part of line.split(',')) {
    let text = part;
    const open = text.indexOf('(');
    if (open !== -1) {
      embedded = text.slice(0, open);
      text = text.slice(open + 1);
    }
    const last = text.endsWith(')');
    if (last) text = text.slice(0, -1);
    const colon = text.indexOf(':');
    if (colon !== -1) {
      const [fieldName = '', since, until] = parseMarks(text.slice(0, colon));
      const type = parseType(group, text.slice(colon + 1));
      fields.set(fieldName, {
        type,
        since,
        until,
        ...(embedded === undefined ? {} : { embedded }),
      });
    }
    if (last) embedded = undefined;
  }
  return { name, fields };
}

function parseMarks(text: string): [name: string, since: number, until: number] {
  const match = /^([^!^]+)(?:\^(\d+))?(?:!(\d+))?$/.exec(text);
  return [
    match?.[1] ?? text,
    Number(match?.[2] ?? oldestSchemaMinor),
    Number(match?.[3] ?? newestSchemaMinor),
  ];
}

function parseType(group: string, code: string): FieldType {
  if (code.startsWith('[')) {
    const element = parseType(group, code.slice(1));
    return { type: 'list', go: `[]${element.go}`, element };
  }
  if (code.startsWith('{')) {
    const element = parseType(group, code.slice(1));
    return { type: 'map', go: `map[string]${element.go}`, element };
  }
  if (code.startsWith('s=')) return { type: 'string', go: code.slice(2).replace(/^\./, 'v1.') };
  const scalar = getOwn(scalars, code);
  if (scalar !== undefined) return scalar;
  const version =
    group.endsWith('/v2') && getOwn(getOwn(kubernetesTypes, group), code) !== undefined
      ? 'v2'
      : 'v1';
  let struct: StructType | undefined;
  return {
    type: 'struct',
    go: `${version}.${code}`,
    struct: () => (struct ??= structType(group, code)),
  };
}
