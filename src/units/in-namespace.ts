import type { ManifestObject } from '../manifest/manifest.ts';

/** As `kubectl -n` would place it. */
export function inNamespace(object: ManifestObject, namespace: string): ManifestObject {
  if (object.namespace !== undefined) return object;
  return {
    ...withoutValue(object),
    get value() {
      return object.value;
    },
    namespace,
    original: object.original ?? object,
  };
}

/** Spreading would decode the value, of which most are never asked for. */
function withoutValue(object: ManifestObject): Omit<ManifestObject, 'value'> {
  const { document, node, apiVersion, kind, name, afterBroken, patchedBy } = object;
  return {
    document,
    node,
    apiVersion,
    kind,
    name,
    afterBroken,
    ...(patchedBy !== undefined && { patchedBy }),
  };
}
