import type { ManifestObject } from '../manifest/manifest.ts';
import { manifestObject } from '../manifest/object.ts';

/** As `kubectl -n` would place it. */
export function inNamespace(object: ManifestObject, namespace: string): ManifestObject {
  if (object.namespace !== undefined) return object;
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
