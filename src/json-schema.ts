/**
 * The part of JSON Schema in which kubeplumb.yaml and the options of rules are described: enough
 * for both, and little enough to walk (validate.ts). One description gives the published schema,
 * the types (`Infer`), the validation, the effective configuration and the tables of the
 * documentation.
 */

interface Described {
  /** What a value of it is called in messages: `severity`. */
  readonly title?: string;
  /** One sentence without full stop. */
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
}

export interface StringSchema extends Described {
  readonly type: 'string';
  readonly enum?: readonly string[];
  readonly minLength?: number;
}

export interface NumberSchema extends Described {
  readonly type: 'number' | 'integer';
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface BooleanSchema extends Described {
  readonly type: 'boolean';
}

export interface ListSchema extends Described {
  readonly type: 'array';
  readonly items: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
}

export interface ObjectSchema extends Described {
  readonly type: 'object';
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  /** Of keys that are not among `properties`: there are none, or each has this form. */
  readonly additionalProperties: false | Schema;
}

/** Alternatives that a value's own type tells apart: a string, or a list of them. */
export interface UnionSchema extends Described {
  readonly anyOf: readonly Schema[];
}

export type Schema =
  StringSchema | NumberSchema | BooleanSchema | ListSchema | ObjectSchema | UnionSchema;

/** The type of the values that a schema lets through. */
export type Infer<S> = S extends { readonly anyOf: readonly (infer A)[] }
  ? Infer<A>
  : S extends { readonly enum: readonly (infer E)[] }
    ? E
    : S extends { readonly type: 'string' }
      ? string
      : S extends { readonly type: 'number' | 'integer' }
        ? number
        : S extends { readonly type: 'boolean' }
          ? boolean
          : S extends { readonly type: 'array'; readonly items: infer I }
            ? readonly Infer<I>[]
            : S extends { readonly type: 'object' }
              ? InferObject<S>
              : never;

type InferObject<S> = S extends {
  readonly properties: infer P;
  readonly required: readonly (infer R)[];
}
  ? { readonly [K in keyof P as K extends R ? K : never]: Infer<P[K]> } & {
      readonly [K in keyof P as K extends R ? never : K]?: Infer<P[K]>;
    }
  : S extends { readonly properties: infer P }
    ? { readonly [K in keyof P]?: Infer<P[K]> }
    : S extends { readonly additionalProperties: infer V }
      ? { readonly [key: string]: Infer<V> }
      : never;

/** What YAML calls the JSON types. */
export type TypeName = 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object' | 'null';

const typeNames: Readonly<Record<TypeName, string>> = {
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  null: 'empty',
};

export function describeType(type: TypeName): string {
  return typeNames[type];
}

/** A schema without its alternatives. */
export type SimpleSchema = Exclude<Schema, UnionSchema>;

export function alternativesOf(schema: Schema): readonly SimpleSchema[] {
  return 'anyOf' in schema ? schema.anyOf.flatMap(alternativesOf) : [schema];
}
