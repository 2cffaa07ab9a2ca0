/**
 * An object on its way through kustomizations (kustomize api/resource/resource.go): what it has
 * become so far, and what it was called before.
 */
import { contentOf } from '../../manifest/content.ts';
import { textOf } from '../../manifest/edit.ts';
import type { ManifestObject } from '../../manifest/manifest.ts';
import { childOf, entryOf, type MapNode } from '../../manifest/node.ts';
import { manifestObject } from '../../manifest/object.ts';
import { isClusterScoped } from './scope.ts';

/** What an object is found by (kyaml/resid/resid.go). */
export interface ResourceId {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
}

export interface Resource extends ResourceId {
  /** As it stands in its file. */
  readonly source: ManifestObject;
  readonly written: MapNode;
  readonly node: MapNode;
  /** Oldest first. */
  readonly previous: readonly ResourceId[];
  /** Innermost first. */
  readonly prefixes: readonly string[];
  readonly suffixes: readonly string[];
  /** Paths of files with patches that changed it. */
  readonly patchedBy: readonly string[];
  /** Why it is not known what becomes of it: lower case, no full stop. */
  readonly unsettled?: string;
}

export function resourceOf(source: ManifestObject): Resource {
  const { node, apiVersion, kind, name, namespace } = source;
  return {
    source,
    written: node,
    node,
    apiVersion,
    kind,
    name,
    namespace,
    previous: [],
    prefixes: [],
    suffixes: [],
    patchedBy: [],
  };
}

/** The resource with another tree; its name, kind and namespace are read off it again. */
export function withNode(resource: Resource, node: MapNode): Resource {
  if (node === resource.node) return resource;
  const metadata = childOf(node, 'metadata');
  const { apiVersion, kind } = resource;
  return {
    ...resource,
    node,
    apiVersion:
      entryOf(node, 'apiVersion') === undefined
        ? apiVersion
        : (textOf(childOf(node, 'apiVersion')) ?? apiVersion),
    kind: textOf(childOf(node, 'kind')) ?? kind,
    name: textOf(childOf(metadata, 'name')) ?? '',
    namespace: textOf(childOf(metadata, 'namespace')) || undefined,
  };
}

function idOf({ apiVersion, kind, name, namespace }: ResourceId): ResourceId {
  return { apiVersion, kind, name, namespace };
}

/** Remembers what it is called now, before that changes (`StorePreviousId`). */
export function remembered(resource: Resource): Resource {
  return { ...resource, previous: [...resource.previous, idOf(resource)] };
}

export function originalId(resource: Resource): ResourceId {
  return resource.previous[0] ?? idOf(resource);
}

/** Every name it had and has. */
export function allIds(resource: Resource): ResourceId[] {
  return [...resource.previous, resource];
}

const noNamespace = '\n';

/**
 * Where the namespace is left out it is "default"; kinds that belong to none have a mark of their
 * own.
 */
export function effectiveNamespace({ apiVersion, kind, namespace }: ResourceId): string {
  return isClusterScoped(apiVersion, kind) ? noNamespace : (namespace ?? 'default');
}

export function isSameId(a: ResourceId, b: ResourceId): boolean {
  return (
    a.apiVersion === b.apiVersion &&
    a.kind === b.kind &&
    a.name === b.name &&
    effectiveNamespace(a) === effectiveNamespace(b)
  );
}

const objects = new WeakMap<Resource, ManifestObject>();

/** The object that comes out; the very same one for every unit that takes it as it is. */
export function toObject(resource: Resource): ManifestObject {
  const { source, written, node, apiVersion, kind, name, namespace, patchedBy } = resource;
  if (node === written) return source;
  const known = objects.get(resource);
  if (known !== undefined) return known;
  // Items of a typed list have both from the list.
  const object = manifestObject(contentOf(node, { apiVersion, kind }), {
    document: source.document,
    apiVersion,
    kind,
    name,
    namespace,
    afterBroken: source.afterBroken,
    original: source.original ?? source,
    patchedBy,
  });
  objects.set(resource, object);
  return object;
}
