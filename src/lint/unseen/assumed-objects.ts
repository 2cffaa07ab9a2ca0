/**
 * Objects that `assume` takes from files, such as a dump of the cluster: there for every unit, and
 * nobody's to be judged.
 */
import { type ClusterObject } from '../../cluster/objects.ts';
import { groupOf } from '../../kubernetes/group-version.ts';
import { asJsonObject, type Json, type JsonObject } from '../../kubernetes/json.ts';
import { isDecoded, isNamespaced } from '../../kubernetes/kinds.ts';
import type { Manifest, ManifestObject } from '../../manifest/manifest.ts';
import type { SourceFile } from '../../manifest/source.ts';
import { addTo } from '../../multimap.ts';
import { getOwn } from '../../own.ts';
import type { Unit } from '../../units/unit.ts';

/**
 * The objects of these files without those that controllers made of others among them: `kubectl get
 * all -o yaml` shows a Deployment's ReplicaSet and its pods, and a Service's EndpointSlices, which
 * are predicted here.
 */
export function assumedObjects(manifests: readonly Manifest[]): ManifestObject[] {
  const objects = manifests.flatMap((manifest) => manifest.objects);
  const keys = new Set(objects.map(({ kind, namespace, name }) => keyOf(kind, namespace, name)));
  const withSelector = new Set(
    objects
      .filter(isServiceWithSelector)
      .map(({ namespace, name }) => keyOf('Endpoints', namespace, name)),
  );
  return objects.filter((object) => {
    const owner = controllerOf(object);
    if (
      owner !== undefined &&
      isDecoded(owner) &&
      keys.has(keyOf(owner.kind, object.namespace, owner.name))
    )
      return false;
    return !(
      object.kind === 'Endpoints' &&
      withSelector.has(keyOf('Endpoints', object.namespace, object.name))
    );
  });
}

/** What a unit's objects find in the cluster: an object that the unit has itself is the unit's. */
export function besides(
  own: readonly ManifestObject[],
  assumed: readonly ManifestObject[],
  namespace: string,
): readonly ManifestObject[] {
  if (assumed.length === 0) return own;
  const identity = ({
    apiVersion,
    kind,
    namespace: written = namespace,
    name,
  }: ManifestObject): string => `${groupOf(apiVersion)}/${keyOf(kind, written, name)}`;
  const identities = new Set(own.map(identity));
  return [...own, ...assumed.filter((object) => !identities.has(identity(object)))];
}

/**
 * Those of one run. A dump holds thousands of objects and a repository hundreds of units, so each
 * unit gets only what can concern it.
 */
export class AssumedObjects {
  readonly #byNamespace = new Map<string | undefined, ManifestObject[]>();
  readonly #files: ReadonlySet<SourceFile>;
  readonly #namespace: string;
  /** Namespaces that a text names; all of them where it selects namespaces by label. */
  readonly #named = new Map<SourceFile, readonly string[]>();

  /** `namespace` is that of objects which name none. */
  constructor(objects: readonly ManifestObject[], namespace: string) {
    this.#files = new Set(objects.map(({ document: { file } }) => file));
    this.#namespace = namespace;
    for (const object of objects)
      addTo(
        this.#byNamespace,
        isNamespaced(object.kind) ? (object.namespace ?? namespace) : undefined,
        object,
      );
  }

  has({ source }: ClusterObject): boolean {
    return this.#files.has(source.document.file);
  }

  /**
   * The unit's objects, and those of namespaces that it is in or that its files name: what refers
   * to a namespace has to write it.
   */
  beside({ objects, documents }: Pick<Unit, 'objects' | 'documents'>): readonly ManifestObject[] {
    if (this.#files.size === 0) return objects;
    const wanted = new Set<string | undefined>([undefined]);
    for (const { namespace } of objects) wanted.add(namespace ?? this.#namespace);
    for (const file of new Set(documents.map((document) => document.file)))
      for (const name of this.#namedIn(file)) wanted.add(name);
    const near = [...this.#byNamespace].flatMap(([namespace, own]) =>
      wanted.has(namespace) ? own : [],
    );
    return besides(objects, near, this.#namespace);
  }

  #namedIn(file: SourceFile): readonly string[] {
    let named = this.#named.get(file);
    if (named === undefined) {
      const all = [...this.#byNamespace.keys()].filter((namespace) => namespace !== undefined);
      named = /namespaceSelector/i.test(file.text)
        ? all
        : all.filter((namespace) => file.text.includes(namespace));
      this.#named.set(file, named);
    }
    return named;
  }
}

function keyOf(kind: string, namespace: string | undefined, name: string): string {
  return `${kind}/${namespace ?? ''}/${name}`;
}

function isServiceWithSelector({ apiVersion, kind, value }: ManifestObject): boolean {
  return (
    kind === 'Service' &&
    apiVersion === 'v1' &&
    Object.keys(asJsonObject(asJsonObject(value['spec'])?.['selector']) ?? {}).length > 0
  );
}

function controllerOf({
  value,
}: ManifestObject): { apiVersion: string; kind: string; name: string } | undefined {
  const references: Json = asJsonObject(value['metadata'])?.['ownerReferences'] ?? null;
  const owner = (Array.isArray(references) ? references : [])
    .map(asJsonObject)
    .find((reference) => reference?.['controller'] === true);
  const text = (field: keyof JsonObject): string => String(getOwn(owner, field) ?? '');
  return owner === undefined
    ? undefined
    : { apiVersion: text('apiVersion'), kind: text('kind'), name: text('name') };
}
