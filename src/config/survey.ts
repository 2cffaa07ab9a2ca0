/** What a repository holds that a configuration has to say something about. */
import { operatorOf } from '../cluster/operators/table.ts';
import type { IPFamily } from '../cluster/options.ts';
import { groupOf } from '../kubernetes/group-version.ts';
import { asJsonObject, type Json } from '../kubernetes/json.ts';
import { isDecoded } from '../kubernetes/kinds.ts';
import type { Manifest, ManifestObject } from '../manifest/manifest.ts';
import { addTo } from '../multimap.ts';

export interface Survey {
  readonly files: number;
  readonly objects: number;
  readonly kustomizations: number;
  /** Directories of Helm charts. */
  readonly charts: readonly string[];
  /** Kinds that nothing is known of, most frequent first. */
  readonly unknownKinds: readonly UnknownKind[];
  /** What the Services ask for, if that is more than IPv4. */
  readonly families?: readonly IPFamily[];
  /**
   * Patterns for directories of test data that hold manifests; none where all manifests are in
   * such.
   */
  readonly testData: readonly string[];
  /** Namespaces that are named, most frequent first. */
  readonly namespaces: readonly string[];
}

export interface UnknownKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly count: number;
  /** Where pod templates were found, `[*]` for each item of a list. */
  readonly templates: readonly string[];
}

const testDirectory =
  /^(test-?data|tests?-fixtures|__?fixtures__?|fixtures|__snapshots__|goldens?|mocks?)$/i;

/** Paths are relative to where the configuration will be. */
export function survey(manifests: readonly Manifest[], charts: readonly string[]): Survey {
  const testData = testDirectories(manifests);
  // What tests are made of says nothing of the rest.
  const counted =
    testData.length === 0
      ? manifests
      : manifests.filter(({ file }) => testDirectoryOf(file.path) === undefined);
  const objects = counted.flatMap((manifest) => manifest.objects);
  const families = familiesOf(objects);
  const named = objects.flatMap(({ namespace }) => namespace ?? []);
  return {
    files: manifests.length,
    objects: objects.length,
    kustomizations: manifests.filter(({ file }) => /(^|\/)kustomization\.ya?ml$/i.test(file.path))
      .length,
    charts,
    unknownKinds: unknownKinds(objects),
    ...(families !== undefined && { families }),
    testData,
    namespaces: byCount(named),
  };
}

/** One by one, or by name where there are many of a name. */
function testDirectories(manifests: readonly Manifest[]): string[] {
  const holding = manifests
    .filter(({ objects }) => objects.length > 0)
    .map(({ file }) => testDirectoryOf(file.path));
  if (!holding.includes(undefined)) return [];
  const byName = new Map<string, string[]>();
  for (const directory of new Set(holding))
    if (directory !== undefined) addTo(byName, directory.split('/').at(-2) ?? '', directory);
  return [...byName]
    .flatMap(([name, directories]) => (directories.length > 3 ? [`${name}/`] : directories))
    .sort();
}

function testDirectoryOf(path: string): string | undefined {
  const steps = path.split('/').slice(0, -1);
  const depth = steps.findIndex((step) => testDirectory.test(step));
  return depth === -1 ? undefined : `${steps.slice(0, depth + 1).join('/')}/`;
}

function familiesOf(objects: readonly ManifestObject[]): readonly IPFamily[] | undefined {
  let first: IPFamily | undefined;
  let dual = false;
  for (const { apiVersion, kind, value } of objects) {
    if (apiVersion !== 'v1' || kind !== 'Service') continue;
    const { ipFamilyPolicy, ipFamilies } = asJsonObject(value['spec']) ?? {};
    const families = Array.isArray(ipFamilies)
      ? ipFamilies.filter((family): family is IPFamily => family === 'IPv4' || family === 'IPv6')
      : [];
    if (ipFamilyPolicy === 'RequireDualStack' || families.length === 2 || families.includes('IPv6'))
      dual = true;
    if (families.length === 2) first ??= families[0];
  }
  return dual ? (first === 'IPv6' ? ['IPv6', 'IPv4'] : ['IPv4', 'IPv6']) : undefined;
}

function unknownKinds(objects: readonly ManifestObject[]): UnknownKind[] {
  const kinds = new Map<
    string,
    { apiVersion: string; kind: string; count: number; templates: Set<string> }
  >();
  for (const object of objects) {
    const { apiVersion, kind } = object;
    const group = groupOf(apiVersion);
    if (isDecoded(object) || operatorOf(group, kind) !== undefined) continue;
    const known = kinds.get(`${group}/${kind}`) ?? {
      apiVersion,
      kind,
      count: 0,
      templates: new Set<string>(),
    };
    kinds.set(`${group}/${kind}`, known);
    known.count += 1;
    for (const path of podTemplates(object.value['spec'] ?? null, 'spec'))
      known.templates.add(path);
  }
  return [...kinds.values()]
    .map((kind) => ({ ...kind, templates: [...kind.templates].sort() }))
    .sort((a, b) => b.count - a.count);
}

/** Paths of everything that has a pod's `spec.containers`. */
function podTemplates(value: Json, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => podTemplates(item, `${path}[*]`));
  const fields = asJsonObject(value);
  if (fields === undefined) return [];
  if (path !== 'spec' && Array.isArray(asJsonObject(fields['spec'])?.['containers'])) return [path];
  return Object.entries(fields).flatMap(([name, field]) =>
    /^[A-Za-z_$][\w$-]*$/.test(name) ? podTemplates(field, `${path}.${name}`) : [],
  );
}

function byCount(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name);
}
