/**
 * Compares what src/units makes of kustomizations with what the real tool makes of them:
 *   tsx scripts/compare-kustomize.ts DIR [--binary kustomize] [--cache DIR] [--show N] Every
 *   kustomization below DIR that the tool can build within ten seconds is built; those it cannot (a
 *   remote base, a mistake) are left out. Two answers are equal if they hold the same objects with
 *   the same JSON, lists in the same order. Left out of the comparison is what wiring does not
 *   depend on and kubeplumb does not follow: images, the content of ConfigMaps and Secrets and the
 *   hashes in their names. Values that kubeplumb leaves open (`vars`, `replacements`) fit any.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { withReferred } from '../src/cli/kustomizations.ts';
import { disk } from '../src/files/disk.ts';
import { readInputs } from '../src/files/read.ts';
import { isJsonObject, type Json } from '../src/kubernetes/json.ts';
import type { Manifest, ManifestObject } from '../src/manifest/manifest.ts';
import { isPlaceholder } from '../src/manifest/placeholder.ts';
import { readManifest } from '../src/manifest/read.ts';
import { SourceFile } from '../src/manifest/source.ts';
import { findKustomizations } from '../src/units/kustomization.ts';
import { builderOf } from '../src/units/kustomize/builder.ts';
import { toObject } from '../src/units/kustomize/resource.ts';
import { argumentsOf, folderOf } from './arguments.ts';

const usage =
  'usage: npx tsx scripts/compare-kustomize.ts DIR [--binary kustomize] [--cache DIR] [--show N]';
const { values, positionals } = argumentsOf(usage, {
  allowPositionals: true,
  options: {
    binary: { type: 'string', default: 'kustomize' },
    cache: { type: 'string' },
    show: { type: 'string', default: '5' },
  },
});
const root = folderOf(positionals[0] ?? '.', usage);
if (spawnSync(values.binary, ['version']).error !== undefined)
  throw new Error(`${values.binary} is not on the PATH: --binary says where kustomize is`);

/** Every kind, also those that are not parsed otherwise. */
const everyKind = new (class extends Set<string> {
  override has(): boolean {
    return true;
  }
})();

interface Built {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function build(directory: string): Built {
  const cached =
    values.cache === undefined
      ? undefined
      : join(values.cache, `${createHash('sha1').update(directory).digest('hex')}.json`);
  if (cached !== undefined && existsSync(cached))
    return JSON.parse(readFileSync(cached, 'utf8')) as Built;
  const env = {
    ...process.env,
    GIT_TERMINAL_PROMPT: '0',
    HTTPS_PROXY: 'http://127.0.0.1:9',
    HTTP_PROXY: 'http://127.0.0.1:9',
  };
  const { status, stdout, stderr } = spawnSync(values.binary, ['build', directory], {
    encoding: 'utf8',
    timeout: 10_000,
    maxBuffer: 1e9,
    env,
  });
  const built = { status, stdout, stderr };
  if (cached !== undefined) {
    mkdirSync(dirname(cached), { recursive: true });
    writeFileSync(cached, JSON.stringify(built));
  }
  return built;
}

function identity({ apiVersion, kind, namespace = '', name }: ManifestObject): string {
  const isHashed = kind === 'ConfigMap' || kind === 'Secret';
  const ownName = isHashed ? name.replace(/-[a-z0-9]{10}$/, '') : name;
  return `${apiVersion} ${kind} ${namespace}/${ownName}`;
}

const dataNames = new Set([
  'configMap',
  'configMapKeyRef',
  'configMapRef',
  'secretKeyRef',
  'secretRef',
  'secret',
]);

/** Sorted keys, without what is not compared. */
function normalized(value: Json, key = ''): Json {
  if (Array.isArray(value)) return value.map((item) => normalized(item, key));
  if (!isJsonObject(value)) return value;
  const isEmpty = (child: Json): boolean => isJsonObject(child) && Object.keys(child).length === 0;
  const entries = Object.entries(value)
    .filter(
      ([field, child]) =>
        child !== null &&
        !(field === 'annotations' && isEmpty(child)) &&
        field !== 'image' &&
        !((field === 'name' || field === 'secretName') && dataNames.has(key)),
    )
    .map(([field, child]) => [field, normalized(child, field)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries);
}

/** The first place at which two values differ. */
function difference(
  ours: Json | undefined,
  theirs: Json | undefined,
  path = '',
): string | undefined {
  if (isPlaceholder(ours) || JSON.stringify(ours) === JSON.stringify(theirs)) return undefined;
  if (Array.isArray(ours) && Array.isArray(theirs) && ours.length === theirs.length)
    return firstDifference(ours.keys(), ours, theirs, path);
  if (isJsonObject(ours) && isJsonObject(theirs)) {
    return firstDifference(
      new Set([...Object.keys(ours), ...Object.keys(theirs)]),
      ours,
      theirs,
      path,
    );
  }
  return (
    `${path}: ${String(JSON.stringify(ours)).slice(0, 100)} instead of ` +
    `${String(JSON.stringify(theirs)).slice(0, 100)}`
  );
}

function firstDifference(
  keys: Iterable<string | number>,
  ours: object,
  theirs: object,
  path: string,
): string | undefined {
  for (const key of keys) {
    const found = difference(
      Reflect.get(ours, key) as Json,
      Reflect.get(theirs, key) as Json,
      `${path}/${key}`,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

function compare(ours: readonly ManifestObject[], theirs: readonly ManifestObject[]): string[] {
  const left = new Map(ours.map((object) => [identity(object), object]));
  const differences: string[] = [];
  for (const object of theirs) {
    const key = identity(object);
    const own = left.get(key);
    left.delete(key);
    if (object.kind === 'ConfigMap' || object.kind === 'Secret') continue;
    if (own === undefined) differences.push(`${key} is missing`);
    else {
      const found = difference(normalized(own.value), normalized(object.value));
      if (found !== undefined) differences.push(`${key}${found}`);
    }
  }
  for (const [key, { kind }] of left)
    if (kind !== 'ConfigMap' && kind !== 'Secret') differences.push(`${key} is too much`);
  return differences;
}

const { files } = await readInputs([root], {
  cwd: root,
  recursive: true,
  gitignore: false,
  stdin: () => Promise.resolve(Buffer.alloc(0)),
});
const read = (file: SourceFile): Manifest => readManifest(file, { wanted: everyKind });
const { manifests } = withReferred(files.map(read), root, disk, read);
const kustomizations = findKustomizations(manifests);
const builder = builderOf(kustomizations, manifests);
let equal = 0;
let open = 0;
let built = 0;
const shown: string[] = [];
for (const kustomization of kustomizations.values()) {
  if (kustomization.isComponent) continue;
  const real = build(join(root, kustomization.directory));
  if (real.status !== 0) continue;
  built += 1;
  const { resources, missing } = builder.build(kustomization);
  if (missing.size > 0 || resources.some(({ unsettled }) => unsettled !== undefined)) {
    open += 1;
    const reason =
      [...missing][0] ??
      resources.find(({ unsettled }) => unsettled !== undefined)?.unsettled ??
      '';
    shown.push(`${kustomization.directory}: open: ${reason}`);
    continue;
  }
  const theirs = readManifest(new SourceFile('kustomize build', real.stdout), {
    wanted: everyKind,
  }).objects;
  const differences = compare(resources.map(toObject), theirs);
  if (differences.length === 0) equal += 1;
  else
    shown.push(
      `${kustomization.directory}: ${differences.length} of ${theirs.length}: ` +
        `${differences[0] ?? ''}`,
    );
}
for (const line of shown.slice(0, Number(values.show))) process.stdout.write(`${line}\n`);
process.stdout.write(
  `${relative(process.cwd(), root)}: ${kustomizations.size} kustomizations, ${built} built ` +
    `by the tool: ${equal} equal, ${open} left open, ${built - equal - open} different ` +
    `(${((100 * equal) / Math.max(built, 1)).toFixed(1)} % equal)\n`,
);
