/**
 * Writes src/generated/custom-fields.ts: the fields of custom resources that many clusters have, as
 * their CustomResourceDefinitions tell them, without what is a pod template or an affinity.
 *
 *   npx tsx scripts/generate-custom-fields.ts FILE…    the definitions, any number to a file
 *
 * Kinds whose definitions are not in the files keep the fields that the table has. Read were those
 * of prometheus-operator 0.93, Istio 1.31, cert-manager 1.21, KEDA 2.21, Contour 1.33, Cilium 1.20,
 * External Secrets 1.3, Flux 2.6, Argo CD 3.4, Argo Rollouts 1.10, Traefik 3.1 and, of the Gateway
 * API 1.7, the experimental channel, which has all of the standard one and more.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import * as before from '../src/generated/custom-fields.ts';
import { describedKinds } from '../src/kubernetes/described-kinds.ts';

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
}

interface Definition {
  readonly kind?: string;
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly schema?: { readonly openAPIV3Schema?: Schema } }[];
  };
}

const kinds = new Set(
  describedKinds.flatMap(([group, names]) => names.map((kind) => `${group}/${kind}`)),
);

/** Of pods, which have fields by the hundred, and what changes with every release. */
const leftOut = /^(template|podTemplate|pod|.*[aA]ffinity|status|operation)$/;

/** Below these depths nothing is looked for. */
const deepest = 8;

/** The fields of all versions together. */
function merged(schemas: readonly Schema[]): Schema {
  const properties: Record<string, Schema> = {};
  for (const schema of schemas)
    for (const [name, below] of Object.entries(schema.properties ?? {}))
      properties[name] = properties[name] === undefined ? below : merged([properties[name], below]);
  const [first = {}] = schemas;
  const items = schemas.flatMap((schema) => schema.items ?? []);
  const values = schemas.map((schema) => schema.enum);
  return {
    ...first,
    ...(values.every((each) => each !== undefined) && { enum: [...new Set(values.flat())] }),
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(items.length > 0 && { items: merged(items) }),
  };
}

/** `name` and what is told of the field: see the comment that is written above the table. */
function encode(schema: Schema, depth: number): string {
  return Object.entries(schema.properties ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => {
      if (leftOut.test(name) || depth === deepest) return name;
      if (field.properties !== undefined) return `${name}(${encode(field, depth + 1)})`;
      if (field.type === 'array') return `${name}[${encode(field.items ?? {}, depth + 1)}]`;
      return `${name}${encodeValues(field)}`;
    })
    .join();
}

function encodeValues({ enum: values = [] }: Schema): string {
  const texts = values.filter((value) => typeof value === 'string' && value !== '');
  const isPlain = texts.every((text) => /^[\w./:-]+$/.test(text as string));
  return texts.length > 0 && texts.length < 20 && isPlain ? `=${texts.join('|')}` : '';
}

/** A text of the table with what it shares with others written out. */
function writtenOut(text: string): string {
  return text.replace(/@(\d+)/g, (_, index: string) =>
    writtenOut(before.shared[Number(index)] ?? ''),
  );
}

const tables = new Map(
  Object.entries(before.customFields).map(([key, text]) => [key, writtenOut(text)]),
);
for (const file of process.argv.slice(2)) {
  for (const document of parseAllDocuments(readFileSync(file, 'utf8'))) {
    const definition = document.toJS() as Definition | null;
    if (definition?.kind !== 'CustomResourceDefinition') continue;
    const { group, names, versions } = definition.spec;
    const key = `${group}/${names.kind}`;
    if (!kinds.has(key)) continue;
    const specs = versions.flatMap(
      (version) => version.schema?.openAPIV3Schema?.properties?.['spec'] ?? [],
    );
    tables.set(key, encode(merged(specs), 0));
  }
}
const missing = [...kinds].filter((kind) => !tables.has(kind));
if (missing.length > 0) throw new Error(`no definition of ${missing.join(', ')}`);

/** What stands in brackets more than once, the longest first: it is written once. */
const shared: string[] = [];
for (;;) {
  const counts = new Map<string, number>();
  for (const text of [...tables.values(), ...shared])
    for (const part of bracketed(text)) counts.set(part, (counts.get(part) ?? 0) + 1);
  const [best] = [...counts]
    .filter(([part, count]) => count > 1 && part.length > 40)
    .sort(([a, m], [b, n]) => b.length * (n - 1) - a.length * (m - 1));
  if (best === undefined) break;
  const [part] = best;
  const name = `@${shared.length}`;
  for (const [key, text] of tables) tables.set(key, text.replaceAll(part, name));
  for (const [index, text] of shared.entries()) shared[index] = text.replaceAll(part, name);
  shared.push(part);
}

/** Every text that stands in round or square brackets, without them. */
function bracketed(text: string): string[] {
  const open: number[] = [];
  const found: string[] = [];
  for (const [at, character] of [...text].entries()) {
    if (character === '(' || character === '[') open.push(at + 1);
    else if (character === ')' || character === ']') found.push(text.slice(open.pop(), at));
  }
  return found;
}

const quoted = (text: string): string => `  '${text}',`;
const lines = [
  '/*',
  ' * DO NOT EDIT: written by scripts/generate-custom-fields.ts.',
  ' *',
  ' * The fields of the spec of a kind, by group/Kind: `name`, `name(fields)` for a mapping,',
  ' * `name[fields]` for a list, `name=a|b` for one of these words; `@N` in brackets are the',
  ' * fields that `shared` has at N.',
  ' */',
  'export const shared: readonly string[] = [',
  ...shared.map(quoted),
  '];',
  '',
  'export const customFields: Readonly<Record<string, string>> = {',
  ...[...tables]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, text]) => `  '${key}': '${text}',`),
  '};',
  '',
];
const output = new URL('../src/generated/custom-fields.ts', import.meta.url);
writeFileSync(output, lines.join('\n'));
console.log(`${output.pathname}: ${lines.join('\n').length} characters`);
