/**
 * Writes src/generated/served-kinds.ts: the kinds that Kubernetes itself has served under each
 * apiVersion, for 1.25 to 1.37 in one table.
 *
 *   pip download --no-deps kubernetes-validate==1.37.0 && unzip kubernetes_validate-*.whl # JSON
 *   schemas of every release
 *   npx tsx scripts/generate-served-kinds.ts kubernetes_validate/kubernetes-json-schema
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const schemasVersion = 'kubernetes-validate 1.37.0';
const minors = Array.from({ length: 13 }, (_, index) => 25 + index);
const first = minors[0] as number;
const last = minors.at(-1) as number;

interface Schema {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly 'x-kubernetes-group-version-kind'?: readonly {
    readonly group: string;
    readonly version: string;
    readonly kind: string;
  }[];
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: generate-served-kinds.ts SCHEMA_FOLDER');

/** apiVersion → kind → releases. */
const served = new Map<string, Map<string, number[]>>();
for (const minor of minors) {
  const text = readFileSync(
    join(folder, `v1.${minor}.0-local-strict`, '_definitions.json'),
    'utf8',
  );
  const definitions = (JSON.parse(text) as { $defs: Record<string, Schema> }).$defs;
  for (const [name, schema] of Object.entries(definitions)) {
    // What all groups share (DeleteOptions, Status, WatchEvent) is not a resource.
    if (name.startsWith('io.k8s.apimachinery.') || schema.properties?.['apiVersion'] === undefined)
      continue;
    for (const { group, version, kind } of schema['x-kubernetes-group-version-kind'] ?? []) {
      if (kind.endsWith('List')) continue;
      const apiVersion = group === '' ? version : `${group}/${version}`;
      const kinds = served.get(apiVersion) ?? new Map<string, number[]>();
      kinds.set(kind, [...(kinds.get(kind) ?? []), minor]);
      served.set(apiVersion, kinds);
    }
  }
}

const lines = [
  '/*',
  ` * DO NOT EDIT: written by scripts/generate-served-kinds.ts from ${schemasVersion} ` +
    `(Kubernetes 1.${first} to 1.${last}).`,
  ' *',
  ' * Per apiVersion its kinds, `Kind^since!until`, space separated. since and until are ' +
    'minor versions and stand only where some of these releases',
  ' * do not know the kind. Alpha and beta versions are those that can be enabled, whether ' +
    'they are by default or not.',
  ' */',
  'export const servedKinds: Readonly<Record<string, string>> = {',
];
for (const apiVersion of [...served.keys()].sort()) {
  const kinds = [...(served.get(apiVersion) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
  const codes = kinds.map(([kind, present]) => {
    const since = present[0] as number;
    const until = present.at(-1) as number;
    if (present.length !== until - since + 1)
      throw new Error(`${apiVersion} ${kind} comes and goes`);
    return `${kind}${since === first ? '' : `^${since}`}${until === last ? '' : `!${until}`}`;
  });
  const key = /^\w+$/.test(apiVersion) ? apiVersion : `'${apiVersion}'`;
  const value = `'${codes.join(' ')}'`;
  lines.push(
    key.length + value.length + 5 > 140 ? `  ${key}:\n    ${value},` : `  ${key}: ${value},`,
  );
}
lines.push('};', '');
const output = new URL('../src/generated/served-kinds.ts', import.meta.url);
writeFileSync(output, lines.join('\n'));
console.log(`${output.pathname}: ${lines.join('\n').length} characters`);
