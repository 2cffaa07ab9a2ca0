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
