/**
 * Options of plugins' rules, which may be described by all of JSON Schema (draft 7): ajv checks
 * the schemas and the values. Its patterns are the plugin's, code that was allowed to run; only
 * values are a stranger's. Loaded late: only plugins whose rules have options need it.
 */
import { Ajv, type ErrorObject } from 'ajv';
import { describeType, type TypeName } from '../../json-schema.ts';
import { nearestName } from '../../text/nearest-name.ts';

/** What is wrong with a value, or with something in it. */
export interface OptionFault {
  /** From the option's value on: keys, and indices in digits. */
  readonly path: readonly string[];
  /** A key of the mapping there that is not known: what to point at. */
  readonly unknownKey?: string;
  /** Whether quotes would make a string of it, which it should be. */
  readonly quotable?: boolean;
  /** @param name what the value is called: `rules.acme/short-name.limits[0]` */
  readonly message: (name: string) => string;
}

let shared: Ajv | undefined;

/** Strict: a keyword that ajv does not know is a slip, not a comment. */
function ajv(): Ajv {
  return (shared ??= new Ajv({
    allErrors: true,
    verbose: true,
    strict: true,
    strictTypes: false,
    strictTuples: false,
    strictRequired: false,
    ownProperties: true,
    // Two plugins may give the same $id.
    addUsedSchema: false,
    logger: false,
  }));
}

/**
 * Why a schema cannot be used, as a predicate; undefined of one that can, and takes its own
 * default.
 */
export function schemaProblem(schema: object): string | undefined {
  const judge = ajv();
  try {
    if (judge.validateSchema(schema) !== true) {
      const [fault] = faultsOf(judge.errors ?? []);
      const where = fault?.path.join('.') ?? '';
      return `has a wrong schema: ${fault?.message(where === '' ? 'schema' : where) ?? 'invalid'}`;
    }
    judge.compile(schema);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `has a wrong schema: ${reason.replace(/^strict mode: /, '')}`;
  }
  const fallback = 'default' in schema ? schema.default : undefined;
  // null says that there is none.
  if (fallback === undefined || fallback === null) return undefined;
  const [fault] = optionFaults(schema, fallback);
  return fault && `has a default that its schema refuses: ${fault.message(nameOf(fault))}`;
}

const nameOf = ({ path }: OptionFault): string => ['default', ...path].join('.');

/** @param schema one of which `schemaProblem` has nothing to say */
export function optionFaults(schema: object, value: unknown): readonly OptionFault[] {
  const validate = ajv().compile(schema);
  return validate(value) ? [] : faultsOf(validate.errors ?? []);
}

const wrappers: readonly string[] = ['anyOf', 'oneOf', 'if'];

/**
 * ajv tells what is wrong with each alternative, then that none fits. Those that take another type
 * were not meant.
 */
function faultsOf(errors: readonly ErrorObject[]): OptionFault[] {
  let kept: ErrorObject[] = [];
  const types = new Map<ErrorObject, readonly TypeName[]>();
  for (const error of errors) {
    if (!wrappers.includes(error.keyword)) {
      kept.push(error);
      continue;
    }
    const { instancePath: path } = error;
    const inside = kept.filter((other) => `${other.instancePath}/`.startsWith(`${path}/`));
    const ofType = inside.filter(
      ({ keyword, instancePath }) => keyword === 'type' && instancePath === path,
    );
    const [first] = ofType;
    if (inside.length === 0) kept.push(error);
    else if (inside.length > ofType.length) kept = kept.filter((other) => !ofType.includes(other));
    else if (first !== undefined) {
      types.set(
        first,
        ofType.flatMap((other) => types.get(other) ?? wantedTypes(other)),
      );
      kept = kept.filter((other) => other === first || !ofType.includes(other));
    }
  }
  return kept.map((error) => faultOf(error, types.get(error) ?? wantedTypes(error)));
}

function wantedTypes({ params }: ErrorObject): readonly TypeName[] {
  return [(params as { readonly type?: TypeName | readonly TypeName[] }).type ?? []].flat();
}

function faultOf(error: ErrorObject, types: readonly TypeName[]): OptionFault {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const params = error.params as Readonly<Record<string, unknown>>;
  switch (error.keyword) {
    case 'type':
      return { path, ...typeFault(error.data, types) };
    case 'uniqueItems': {
      const [first, again] = [Number(params['i']), Number(params['j'])];
      const item = JSON.stringify((error.data as readonly unknown[])[first]);
      return {
        path: [...path, String(Math.max(first, again))],
        message: (name) => `"${name}" repeats ${item} of the same list`,
      };
    }
    case 'additionalProperties': {
      const key = String(params['additionalProperty']);
      const known = Object.keys(
        (error.parentSchema as { readonly properties?: object }).properties ?? {},
      );
      return {
        path,
        unknownKey: key,
        message: (name) => `unknown key "${key}" in "${name}"${meant(key, known, 'known keys')}`,
      };
    }
    default: {
      const predicate = predicateOf(error, params);
      return { path, message: (name) => `"${name}" ${predicate}` };
    }
  }
}

function typeFault(
  value: unknown,
  types: readonly TypeName[],
): Pick<OptionFault, 'message' | 'quotable'> {
  const wanted = [...new Set(types)].map(describeType).join(' or ');
  const isText = types.includes('string');
  if (value === null) return { message: (name) => `"${name}" has no value; it takes ${wanted}` };
  return {
    message: (name) => `"${name}" must be ${wanted}, not ${describeType(typeOf(value))}`,
    quotable: isText && typeof value !== 'object',
  };
}

function typeOf(value: unknown): TypeName {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  if (typeof value === 'string' || typeof value === 'boolean') return typeof value as TypeName;
  return 'object';
}

/** For what is not listed ajv's own words are plain enough: `must NOT have fewer than 2 keys`. */
function predicateOf(
  { keyword, data, message = 'is not legal' }: ErrorObject,
  params: Readonly<Record<string, unknown>>,
): string {
  if (params['limit'] !== undefined) return ofLimit(keyword, Number(params['limit'])) ?? message;
  switch (keyword) {
    case 'enum': {
      const legal = (params['allowedValues'] as readonly unknown[]).map(shown);
      const value = shown(data);
      return `cannot be "${value}"${meant(value, legal, 'legal values', typeof data === 'string')}`;
    }
    case 'const':
      return `must be ${JSON.stringify(params['allowedValue'])}`;
    case 'multipleOf':
      return `must be a multiple of ${String(params['multipleOf'])}`;
    case 'pattern':
      return `must match the pattern ${String(params['pattern'])}`;
    case 'required':
      return `lacks "${String(params['missingProperty'])}"`;
    case 'not':
      return 'has a value that is ruled out';
    case 'oneOf':
      return 'fits more than one of the forms it may have';
    case 'anyOf':
      return 'fits none of the forms it may have';
    default:
      return message;
  }
}

function ofLimit(keyword: string, limit: number): string | undefined {
  switch (keyword) {
    case 'minimum':
      return `must be at least ${limit}`;
    case 'maximum':
      return `must be at most ${limit}`;
    case 'exclusiveMinimum':
      return `must be more than ${limit}`;
    case 'exclusiveMaximum':
      return `must be less than ${limit}`;
    case 'minLength':
      return limit === 1 ? 'is empty' : `must have at least ${limit} characters`;
    case 'maxLength':
      return `must have at most ${limit} characters`;
    case 'minItems':
      return limit === 1 ? 'is an empty list' : `takes at least ${limit} items`;
    case 'maxItems':
      return `takes at most ${limit} items`;
    default:
      return undefined;
  }
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** `isName`: not a number, of which no other one is nearer than the rest. */
function meant(value: string, legal: readonly string[], what: string, isName = true): string {
  const near = isName ? nearestName(value, legal) : undefined;
  if (near !== undefined) return `; did you mean "${near}"?`;
  return legal.length === 0 || legal.length > 16 ? '' : `; ${what}: ${legal.join(', ')}`;
}
