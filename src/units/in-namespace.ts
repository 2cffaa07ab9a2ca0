import { isNamespaced } from '../kubernetes/kinds.ts';
import type { ManifestObject } from '../manifest/manifest.ts';
import { manifestObject } from '../manifest/object.ts';

/**
 * As `kubectl -n` would place it.
 * @param overrides whatever namespace it writes
 */
export function inNamespace(
  object: ManifestObject,
  namespace: string,
  overrides?: true,
): ManifestObject {
  if (object.namespace !== undefined && (overrides !== true || object.namespace === namespace))
    return object;
  const { content, document, apiVersion, kind, name, afterBroken, patchedBy } = object;
  const original = object.original ?? object;
  return manifestObject(content, {
    document,
    apiVersion,
    kind,
    name,
    namespace,
    afterBroken,
    original,
    patchedBy,
  });
}

/** What kubebuilder writes, for an outer kustomization to replace together with what is unset. */
export const scaffoldNamespace = 'system';

/** Where a scaffold has what it writes that namespace on; others may have one of this name. */
const scaffolds = /(?:^|\/)config\//;

/** Directories with a part of what others put together, and give one namespace. */
const parts = /(?:^|\/)(?:bases?|components?)(?:\/|$)/;

/** Whether a kustomization of a directory is such a part. */
export function isPart(directory: string): boolean {
  return parts.test(directory);
}

/**
 * The namespace of objects that write none and do not stay without: that of a scaffold where others
 * of them write it, and in a kustomization of a part the only one that is written.
 */
export function outerNamespace(
  objects: readonly ManifestObject[],
  directory?: string,
): string | undefined {
  // Scaffolds write one on ClusterRoles as well, where no overlay replaces it.
  const written = objects.filter(
    ({ kind, namespace }) => isNamespaced(kind) && namespace !== undefined,
  );
  const isScaffold = written.some(
    ({ namespace, name, document }) =>
      namespace === scaffoldNamespace &&
      (name.startsWith('controller-manager') || scaffolds.test(document.file.path)),
  );
  if (isScaffold) return scaffoldNamespace;
  const [only, ...others] = new Set(written.map(({ namespace }) => namespace));
  return others.length === 0 && directory !== undefined && isPart(directory) ? only : undefined;
}

/** Those that write none, in a namespace. */
export function allInNamespace(
  objects: readonly ManifestObject[],
  namespace: string | undefined,
): readonly ManifestObject[] {
  return namespace === undefined
    ? objects
    : objects.map((object) =>
        isNamespaced(object.kind) ? inNamespace(object, namespace) : object,
      );
}
