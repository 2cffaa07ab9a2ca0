/**
 * Writes src/generated/kubernetes-types.ts: the fields of every type that the kinds we read can
 * reach, for Kubernetes 1.25 to 1.37 in one table.
 *
 *   pip download --no-deps kubernetes-validate==1.37.0 && unzip kubernetes_validate-*.whl # JSON
 *   schemas of every release
 *   go mod download k8s.io/api@v0.36.3 k8s.io/apimachinery@v0.36.3 k8s.io/kube-aggregator@v0.36.3
 *   # what Go calls the types, for error messages
 *   npx tsx scripts/generate-kubernetes-types.ts kubernetes_validate/kubernetes-json-schema "$(go
 *   env GOMODCACHE)/k8s.io"
 *
 * The schemas say which fields a release has; the Go sources add what a schema cannot know: names
 * of string types and embedded structs.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const schemasVersion = 'kubernetes-validate 1.37.0';
const goVersion = 'v0.36.3';
const minors = Array.from({ length: 13 }, (_, index) => 25 + index);
const first = minors[0] as number;
const last = minors.at(-1) as number;

const kinds: Record<string, readonly string[]> = {
  v1: [
    'Service',
    'Endpoints',
    'Pod',
    'ReplicationController',
    'Namespace',
    'PodTemplate',
    'ConfigMap',
    'Secret',
    'ServiceAccount',
    'PersistentVolume',
    'PersistentVolumeClaim',
    'LimitRange',
    'ResourceQuota',
  ],
  'discovery.k8s.io/v1': ['EndpointSlice'],
  'apps/v1': ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'],
  'batch/v1': ['Job', 'CronJob'],
  'autoscaling/v1': ['HorizontalPodAutoscaler'],
  'autoscaling/v2': ['HorizontalPodAutoscaler'],
  'networking.k8s.io/v1': ['Ingress', 'IngressClass', 'NetworkPolicy'],
  'policy/v1': ['PodDisruptionBudget'],
  'rbac.authorization.k8s.io/v1': ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'],
  'storage.k8s.io/v1': ['StorageClass'],
  'scheduling.k8s.io/v1': ['PriorityClass'],
  'admissionregistration.k8s.io/v1': [
    'MutatingWebhookConfiguration',
    'ValidatingWebhookConfiguration',
  ],
  'apiregistration.k8s.io/v1': ['APIService'],
};

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | false;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly oneOf?: readonly Schema[];
}

const [schemaFolder, goFolder] = process.argv.slice(2);
if (schemaFolder === undefined || goFolder === undefined)
  throw new Error('usage: generate-kubernetes-types.ts SCHEMA_FOLDER GO_MODULE_FOLDER');

const definitions = new Map<number, Readonly<Record<string, Schema>>>();
for (const minor of minors) {
  const text = readFileSync(
    join(schemaFolder, `v1.${minor}.0-local-strict`, '_definitions.json'),
    'utf8',
  );
  definitions.set(minor, (JSON.parse(text) as { $defs: Record<string, Schema> }).$defs);
}

/**
 * `core`, `apps/v1`, `autoscaling/v2`: core/v1 and meta/v1 share one name space, for no name is in
 * both.
 */
function groupOf(definition: string): string {
  const match =
    /^io\.k8s\.(?:api|apimachinery\.pkg\.apis|kube-aggregator\.pkg\.apis)\.(\w+)\.(\w+)\.\w+$/.exec(
      definition,
    );
  if (match === null) throw new Error(`unexpected definition ${definition}`);
  const [, group = '', version = ''] = match;
  return group === 'core' || group === 'meta' ? 'core' : `${group}/${version}`;
}
const nameOf = (definition: string): string => definition.slice(definition.lastIndexOf('.') + 1);

// What the Go sources say: per struct and JSON name the Go type and the embedded struct it comes
// from.
interface GoField {
  readonly type: string;
  readonly embedded?: string;
}
const goStructs = new Map<string, Map<string, GoField>>();
const embeddings: [group: string, struct: string, embedded: string][] = [];
const goPackages: [group: string, file: string][] = [
  ['core', `apimachinery@${goVersion}/pkg/apis/meta/v1/types.go`],
  ...[
    'core',
    'apps',
    'batch',
    'autoscaling',
    'networking',
    'discovery',
    'policy',
    'rbac',
    'storage',
    'scheduling',
    'admissionregistration',
  ].map((name): [string, string] => [
    name === 'core' ? 'core' : `${name}/v1`,
    `api@${goVersion}/${name}/v1/types.go`,
  ]),
  ['autoscaling/v2', `api@${goVersion}/autoscaling/v2/types.go`],
  ['apiregistration/v1', `kube-aggregator@${goVersion}/pkg/apis/apiregistration/v1/types.go`],
];
for (const [group, file] of goPackages) {
  const text = readFileSync(join(goFolder, file), 'utf8');
  for (const [, struct, body] of text.matchAll(/^type (\w+) struct \{\n([\s\S]*?)^\}/gm)) {
    const fields = new Map<string, GoField>();
    for (const [, name, type, json] of (body as string).matchAll(
      /^\t([\w.]+)[ \t]+([^\s`]+)?[ \t]*`json:"([^",]*)/gm,
    )) {
      if (json !== '') fields.set(json as string, { type: type as string });
      else if (name !== undefined && !name.includes('.'))
        embeddings.push([group, struct as string, name]);
    }
    goStructs.set(`${group} ${struct}`, fields);
  }
}
for (const [group, struct, embedded] of embeddings) {
  for (const [json, field] of goStructs.get(`${group} ${embedded}`) ?? []) {
    goStructs.get(`${group} ${struct}`)?.set(json, { type: field.type, embedded });
  }
}

/** A Go type's name as reflect prints it, without pointer: `[]v1.IPFamily`. */
function goTypeName(type: string, packageName: string): string {
  const bare = type.replace(/^\*/, '');
  if (bare.startsWith('[]')) return `[]${goTypeName(bare.slice(2), packageName)}`;
  const [, key, value] = /^map\[(.+?)\](.+)$/.exec(bare) ?? [];
  if (key !== undefined && value !== undefined)
    return `map[${goTypeName(key, packageName)}]${goTypeName(value, packageName)}`;
  if (/^(metav1|v1|corev1|apiv1|api)\./.test(bare)) return bare.replace(/^\w+/, 'v1');
  return /^[A-Z]/.test(bare) ? `${packageName}.${bare}` : bare;
}

const reached = new Set<string>();
const queue: string[] = [];

/** The code of a type; see the comment that is written above the table. */
function encode(schema: Schema, goName: string | undefined): string {
  if (schema.$ref !== undefined) {
    const target = schema.$ref.slice('#/$defs/'.length);
    const wellKnown: Record<string, string> = {
      Quantity: 'q',
      IntOrString: 'p',
      Time: 't',
      MicroTime: 'm',
      FieldsV1: 'f',
      Duration: 'd',
    };
    const code = wellKnown[nameOf(target)];
    if (code !== undefined) return code;
    if (!reached.has(target)) queue.push(target);
    reached.add(target);
    return nameOf(target);
  }
  const type =
    typeof schema.type === 'string' ? schema.type : schema.type?.find((each) => each !== 'null');
  if (type === 'array') return `[${encode(schema.items as Schema, goName?.replace(/^\[\]/, ''))}`;
  if (type === 'object') {
    if (goName === 'v1.ResourceList') return 'r';
    return `{${encode(schema.additionalProperties as Schema, goName?.replace(/^map\[.*?\]/, ''))}`;
  }
  if (schema.format === 'byte') return 'y';
  if (type === 'boolean') return 'b';
  if (type === 'integer') return schema.format === 'int64' ? 'l' : 'i';
  if (type === 'string')
    return goName === undefined || goName === 'string' ? 's' : `s=${goName.replace(/^v1\./, '.')}`;
  throw new Error(`unexpected schema ${JSON.stringify(schema).slice(0, 200)}`);
}

function kindDefinition(apiVersion: string, kind: string): string {
  const [group, version] = apiVersion.includes('/')
    ? (apiVersion.split('/') as [string, string])
    : ['core', apiVersion];
  const home = group === 'apiregistration.k8s.io' ? 'kube-aggregator.pkg.apis' : 'api';
  return `io.k8s.${home}.${group.replace(/\..*/, '')}.${version}.${kind}`;
}
for (const [apiVersion, names] of Object.entries(kinds)) {
  for (const kind of names) queue.push(kindDefinition(apiVersion, kind));
}
for (const definition of queue) reached.add(definition);

const table = new Map<string, Map<string, string>>();
for (let definition = queue.shift(); definition !== undefined; definition = queue.shift()) {
  const group = groupOf(definition);
  const struct = nameOf(definition);
  const goFields = goStructs.get(`${group} ${struct}`);
  const packageName = group.endsWith('/v2') ? 'v2' : 'v1';
  const presence = new Map<string, number[]>();
  const codes = new Map<string, string>();
  for (const minor of minors) {
    for (const [field, schema] of Object.entries(
      definitions.get(minor)?.[definition]?.properties ?? {},
    )) {
      const goType = goFields?.get(field)?.type;
      codes.set(
        field,
        encode(schema, goType === undefined ? undefined : goTypeName(goType, packageName)),
      );
      presence.set(field, [...(presence.get(field) ?? []), minor]);
    }
  }
  const typeMinors = minors.filter((minor) => definitions.get(minor)?.[definition] !== undefined);
  const byEmbedded = new Map<string, string[]>();
  for (const field of [...codes.keys()].sort()) {
    const present = presence.get(field) as number[];
    const since = present[0] as number;
    const until = present.at(-1) as number;
    if (present.length !== until - since + 1)
      throw new Error(`${definition}.${field} comes and goes`);
    const sinceMark = since === typeMinors[0] ? '' : `^${since}`;
    const untilMark = until === typeMinors.at(-1) || until === last ? '' : `!${until}`;
    const embedded = goFields?.get(field)?.embedded ?? '';
    byEmbedded.set(embedded, [
      ...(byEmbedded.get(embedded) ?? []),
      `${field}${sinceMark}${untilMark}:${codes.get(field)}`,
    ]);
  }
  const line = [...byEmbedded]
    .map(([embedded, fields]) =>
      embedded === '' ? fields.join() : `${embedded}(${fields.join()})`,
    )
    .join();
  const groupTable = table.get(group) ?? new Map<string, string>();
  groupTable.set(struct, line);
  table.set(group, groupTable);
}

const lines = [
  '/*',
  ` * DO NOT EDIT: written by scripts/generate-kubernetes-types.ts from ${schemasVersion} ` +
    `(Kubernetes 1.${first} to 1.${last}) and k8s.io/api ${goVersion}.`,
  ' *',
  ' * Per API group and version (`core` holds core/v1 and meta/v1) the types, and per type ' +
    'its fields: `name^since!until:code`, comma separated;',
  ' * `Embedded(…)` encloses the fields of an embedded struct. since and until are minor ' +
    'versions and stand only where the type outlives the field.',
  ' * code: s string, y bytes in base64, b bool, i int32, l int64, q Quantity, p IntOrString, ' +
    't Time, m MicroTime, d Duration, f FieldsV1, r ResourceList,',
  ' * `[x` list of x, `{x` map from string to x, `s=.Name` a string type (`.` is `v1.`), ' +
    'else the name of a type, of the same group or of core.',
  ' */',
  `export const oldestSchemaMinor = ${first};`,
  `export const newestSchemaMinor = ${last};`,
  '',
  '/** The kinds whose fields are known, by apiVersion; each is served by all these releases. */',
  'export const knownKinds: Readonly<Record<string, readonly string[]>> = ' +
    `${JSON.stringify(kinds)};`,
  '',
  'export const kubernetesTypes: Readonly<Record<string, Readonly<Record<string, string>>>> = {',
];
for (const [group, types] of table) {
  lines.push(`  '${group}': {`);
  for (const name of [...types.keys()].sort()) lines.push(`    ${name}: '${types.get(name)}',`);
  lines.push('  },');
}
lines.push('};', '');
const output = new URL('../src/generated/kubernetes-types.ts', import.meta.url);
writeFileSync(output, lines.join('\n'));
console.log(
  `${output.pathname}: ${lines.join('\n').length} characters, ` +
    `${[...table.values()].reduce((sum, types) => sum + types.size, 0)} types`,
);
