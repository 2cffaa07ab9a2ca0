/** The types of all that was read, with what their definitions say of them. */
import { type CustomKind, customKindOf } from '../kubernetes/custom-kind.ts';
import { groupOf } from '../kubernetes/group-version.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Picture } from '../project/project.ts';
import type { Type } from '../report/get/resources.ts';

export function presentTypes(
  shown: readonly Picture[],
  manifests: readonly Manifest[],
): readonly Type[] {
  const types = new Map<string, Type>();
  const defined = definedKinds(manifests);
  const add = ({ apiVersion, kind }: Partial<Type>): void => {
    // No API server has a Kustomization.
    if (apiVersion === undefined || kind === undefined || /^kustomize[.]/.test(apiVersion)) return;
    const definition = defined.get(`${groupOf(apiVersion)}/${kind}`);
    types.set(`${apiVersion}/${kind}`, { ...definition, apiVersion, kind });
  };
  for (const { cluster } of shown) for (const object of cluster.objects.all) add(object);
  for (const { documents } of manifests) for (const document of documents) add(document);
  for (const type of defined.values()) add(type);
  return [...types.values()];
}

/** By `group/kind`. */
function definedKinds(manifests: readonly Manifest[]): ReadonlyMap<string, CustomKind> {
  const found = new Map<string, CustomKind>();
  for (const { objects } of manifests)
    for (const { kind, value } of objects) {
      const defined = kind === 'CustomResourceDefinition' ? customKindOf(value) : undefined;
      if (defined !== undefined)
        found.set(`${groupOf(defined.apiVersion)}/${defined.kind}`, defined);
    }
  return found;
}
