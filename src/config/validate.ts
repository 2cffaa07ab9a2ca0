/**
 * Holds a tree against a schema. Unlike a validator of JSON it knows where everything stands and
 * what was probably meant.
 */
import {
  alternativesOf,
  describeType,
  type ListSchema,
  type NumberSchema,
  type ObjectSchema,
  type Schema,
  type SimpleSchema,
  type StringSchema,
  type TypeName,
} from '../json-schema.ts';
import { type Entry, locate, type Node } from '../manifest/node.ts';
import type { Range } from '../manifest/source.ts';
import { getOwn } from '../own.ts';
import { nearestName } from '../text/nearest-name.ts';
import { keyMeant } from './other-names.ts';
import { type ConfigProblem, hint } from './problem.ts';

/** All that is wrong, in the order of the text. */
export function validate(root: Node, schema: Schema, text: string): ConfigProblem[] {
  const validator = new Validator(text);
  validator.check(root, schema, { name: '', range: locate(root, []) });
  return validator.problems.sort((a, b) => a.range[0] - b.range[0]);
}

/** Where a value stands, and how it is called: `overrides[0].files`. */
interface Place {
  readonly name: string;
  /** Of its key, to point at where the value itself is empty or too long. */
  readonly range: Range;
}

class Validator {
  readonly problems: ConfigProblem[] = [];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  check(node: Node, schema: Schema, place: Place): void {
    const alternatives = alternativesOf(schema);
    const type = typeOf(node);
    const fitting = alternatives.find((alternative) => takes(alternative, type));
    if (fitting === undefined) return this.#wrongType(node, alternatives, place);
    if (fitting.type === 'string') this.#checkString(node, fitting, place);
    else if (fitting.type === 'number' || fitting.type === 'integer')
      this.#checkNumber(node, fitting, place);
    else if (fitting.type === 'array') this.#checkList(node, fitting, place);
    else if (fitting.type === 'object') this.#checkObject(node, fitting, place);
  }

  #report(range: Range, message: string): void {
    this.problems.push({ range, message });
  }

  #wrongType(node: Node, alternatives: readonly SimpleSchema[], place: Place): void {
    const wanted = alternatives.map(({ type }) => describeType(type)).join(' or ');
    const name = place.name === '' ? 'a configuration' : `"${place.name}"`;
    const type = typeOf(node);
    if (type === 'null')
      return this.#report(place.range, `${name} has no value; it takes ${wanted}`);
    this.#report(
      this.#rangeOf(node, place),
      `${name} must be ${wanted}, not ${describeType(type)}${this.#help(node, alternatives)}`,
    );
  }

  /** The legal values, or that a number or boolean was meant as a string. */
  #help(node: Node, alternatives: readonly SimpleSchema[]): string {
    const strings = alternatives.filter((alternative) => alternative.type === 'string');
    if (node.type !== 'scalar' || strings.length === 0) return '';
    const legal = strings.flatMap((alternative) => alternative.enum ?? []);
    return legal.length > 0
      ? hint(undefined, legal, 'legal values')
      : `; quote it: "${this.#text.slice(...node.range)}"`;
  }

  #checkString(
    node: Node,
    { enum: legal, minLength = 0, title }: StringSchema,
    place: Place,
  ): void {
    const value = node.type === 'scalar' ? String(node.value) : '';
    const range = this.#rangeOf(node, place);
    if (legal !== undefined && !legal.includes(value)) {
      const nearest = nearestName(value, legal);
      this.#report(
        range,
        `unknown ${title ?? 'value'} "${value}"${hint(nearest, legal, 'legal values')}`,
      );
    } else if (value.length < minLength) this.#report(range, `"${place.name}" is empty`);
  }

  #checkNumber(
    node: Node,
    { minimum = -Infinity, maximum = Infinity }: NumberSchema,
    place: Place,
  ): void {
    const value = node.type === 'scalar' ? Number(node.value) : NaN;
    if (value >= minimum && value <= maximum) return;
    const range =
      minimum === -Infinity
        ? `at most ${maximum}`
        : maximum === Infinity
          ? `at least ${minimum}`
          : `${minimum} to ${maximum}`;
    this.#report(this.#rangeOf(node, place), `"${place.name}" must be ${range}`);
  }

  #checkList(
    node: Node,
    { items, minItems = 0, maxItems = Infinity, uniqueItems = false }: ListSchema,
    place: Place,
  ): void {
    if (node.type !== 'seq') return;
    const range = this.#rangeOf(node, place);
    if (node.items.length < minItems) this.#report(range, `"${place.name}" is an empty list`);
    if (node.items.length > maxItems)
      this.#report(range, `"${place.name}" takes at most ${maxItems} items`);
    const seen = new Set<string>();
    for (const [index, item] of node.items.entries()) {
      const at = { name: `${place.name}[${index}]`, range: locate(item, []) };
      this.check(item, items, at);
      if (!uniqueItems || item.type !== 'scalar') continue;
      const value = JSON.stringify(item.value);
      if (seen.has(value)) this.#report(at.range, `"${place.name}" has ${value} twice`);
      seen.add(value);
    }
  }

  #checkObject(node: Node, schema: ObjectSchema, place: Place): void {
    if (node.type !== 'map') return;
    const { properties = {}, required = [], additionalProperties } = schema;
    for (const entry of node.entries) {
      const own = getOwn(properties, entry.key);
      const form = own ?? (additionalProperties === false ? undefined : additionalProperties);
      if (form === undefined) this.#unknownKey(entry, schema, place);
      else
        this.check(entry.value, form, {
          name: place.name === '' ? entry.key : `${place.name}.${entry.key}`,
          range: entry.keyRange,
        });
    }
    const meant = new Set(
      node.entries.map(({ key }) =>
        Object.hasOwn(properties, key) ? key : nearestName(key, Object.keys(properties)),
      ),
    );
    for (const key of required)
      if (!meant.has(key))
        this.#report(this.#rangeOf(node, place), `"${place.name}" lacks "${key}"`);
  }

  #unknownKey(
    { key, keyRange }: Entry,
    { properties = {}, title = 'key' }: ObjectSchema,
    place: Place,
  ): void {
    const known = Object.keys(properties);
    const where = title === 'key' && place.name !== '' ? ` in "${place.name}"` : '';
    const names = known.filter((name) => name !== '*');
    const meant = nearestName(key, names) ?? (place.name === '' ? keyMeant(key) : undefined);
    this.#report(
      keyRange,
      `unknown ${title} "${key}"${where}${hint(meant, known, `known ${title}s`)}`,
    );
  }

  /** Mappings and lists are too much to point at. */
  #rangeOf(node: Node, place: Place): Range {
    return node.type === 'scalar' && node.range[0] < node.range[1] ? node.range : place.range;
  }
}

function typeOf(node: Node): TypeName {
  if (node.type !== 'scalar') return node.type === 'map' ? 'object' : 'array';
  if (node.value === null) return 'null';
  if (typeof node.value === 'number') return Number.isInteger(node.value) ? 'integer' : 'number';
  return typeof node.value === 'boolean' ? 'boolean' : 'string';
}

function takes({ type }: SimpleSchema, actual: TypeName): boolean {
  return type === actual || (type === 'number' && actual === 'integer');
}
