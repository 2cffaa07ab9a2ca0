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

/** Objects that write no namespace, in the one of a scaffold where others of them write it. */
export function inScaffoldNamespace(objects: readonly ManifestObject[]): readonly ManifestObject[] {
  if (!objects.some(({ namespace }) => namespace === scaffoldNamespace)) return objects;
  return objects.map((object) =>
    isNamespaced(object.kind) ? inNamespace(object, scaffoldNamespace) : object,
  );
}
