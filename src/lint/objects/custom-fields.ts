/**
 * Fields of custom resources held against their CustomResourceDefinitions. Of fields and words that
 * are not known only slips are told: a later release may have others.
 */
import { customFields, shared } from '../../generated/custom-fields.ts';
import { isJsonObject, type Json, type Path } from '../../kubernetes/json.ts';
import { placeholderIn } from '../../manifest/placeholder.ts';
import { getOwn } from '../../own.ts';
import { isSlip } from '../../text/slip.ts';

interface Field {
  /** `any`: a scalar, or what is not looked into. */
  readonly type: 'any' | 'list' | 'mapping';
  /** Of the mapping, or of the items of the list; empty where nothing is known of them. */
  readonly below: Fields;
  /** The words that it takes; empty where it takes any. */
  readonly values: readonly string[];
}
type Fields = ReadonlyMap<string, Field>;

/**
 * - `field`: it is not known; `wanted` is the one that was meant, `fits` whether what stands there
 *   could stand in it
 * - `label`: it is a label of a selector, and is to stand below `wanted`
 * - `type`: `found` stands where `wanted` belongs
 * - `value`: `found` is no word that the field takes; `wanted` was meant, `values` are all
 */
export type Misfit = { readonly at: Path; readonly wanted: string } & (
  | { readonly problem: 'field'; readonly fits: boolean }
  | { readonly problem: 'label' }
  | { readonly problem: 'type'; readonly found: string }
  | { readonly problem: 'value'; readonly found: string; readonly values: readonly string[] }
);

/** What does not fit into the spec of a kind; nothing for kinds that are not described. */
export function misfits(group: string, kind: string, spec: Json | undefined): Misfit[] {
  const fields = fieldsOf(`${group}/${kind}`);
  const found: Misfit[] = [];
  if (fields !== undefined && spec !== undefined) look(spec, fields, ['spec'], found);
  return found;
}

function look(value: Json, fields: Fields, at: Path, found: Misfit[]): void {
  if (!isJsonObject(value)) return;
  let isTold = false;
  for (const name of Object.keys(value)) {
    const given = getOwn(value, name) as Json;
    const field = fields.get(name);
    const place = [...at, name];
    if (field !== undefined) lookInto(given, field, place, found);
    else {
      const [wanted, meant] =
        [...fields].find(([known]) => isSlip(name, known) && getOwn(value, known) === undefined) ??
        [];
      const isLabel = wanted === undefined && typeof given === 'string' && isLabelSelector(fields);
      // Those beside it are the same fault.
      if (isLabel && !isTold) found.push({ problem: 'label', at: place, wanted: 'matchLabels' });
      isTold ||= isLabel;
      if (wanted !== undefined && meant !== undefined)
        found.push({ problem: 'field', at: place, wanted, fits: isOfType(given, meant) });
    }
  }
}

/** That of Kubernetes itself, to which no release adds a field. */
function isLabelSelector(fields: Fields): boolean {
  return fields.size === 2 && fields.has('matchLabels') && fields.has('matchExpressions');
}

function lookInto(value: Json, field: Field, at: Path, found: Misfit[]): void {
  const { type, below, values } = field;
  if (!isOfType(value, field)) {
    const stands = isJsonObject(value) ? 'mapping' : Array.isArray(value) ? 'list' : typeof value;
    found.push({ problem: 'type', at, wanted: `a ${type}`, found: `a ${stands}` });
  } else if (typeof value === 'string') {
    const wanted = values.includes(value) ? undefined : values.find((one) => isSlip(value, one));
    if (wanted !== undefined && placeholderIn(value) === undefined)
      found.push({ problem: 'value', at, wanted, found: value, values });
  } else if (below.size > 0) {
    if (!Array.isArray(value)) look(value, below, at, found);
    else for (const [index, item] of value.entries()) look(item, below, [...at, index], found);
  }
}

function isOfType(value: Json, { type }: Pick<Field, 'type'>): boolean {
  if (type === 'any' || value === null || placeholderIn(value) !== undefined) return true;
  return type === 'list' ? Array.isArray(value) : isJsonObject(value);
}

const known = new Map<string, Fields | undefined>();

function fieldsOf(key: string): Fields | undefined {
  if (!known.has(key)) {
    const text = getOwn(customFields, key);
    known.set(key, text === undefined ? undefined : new Reader(text).fields());
  }
  return known.get(key);
}

/** Reads the table's notation, which its first lines explain. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  fields(): Fields {
    const [, index] = /^@(\d+)/.exec(this.#text.slice(this.#at, this.#at + 5)) ?? [];
    if (index !== undefined) {
      this.#at += index.length + 1;
      return new Reader(shared[Number(index)] ?? '').fields();
    }
    const fields = new Map<string, Field>();
    while (this.#at < this.#text.length && !/[)\]]/.test(this.#text.charAt(this.#at))) {
      const [name = '', words] = this.#token().split('=');
      const values = words?.split('|') ?? [];
      const open = this.#text.charAt(this.#at);
      if (open === '(' || open === '[') {
        this.#at++;
        const type = open === '(' ? 'mapping' : 'list';
        fields.set(name, { type, values, below: this.fields() });
        this.#at++;
      } else fields.set(name, { type: 'any', values, below: new Map() });
      if (this.#text.charAt(this.#at) === ',') this.#at++;
    }
    return fields;
  }

  /** A name, and the words that its field takes. */
  #token(): string {
    const from = this.#at;
    while (this.#at < this.#text.length && !/[()[\],]/.test(this.#text.charAt(this.#at)))
      this.#at++;
    return this.#text.slice(from, this.#at);
  }
}
