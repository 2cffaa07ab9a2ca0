/** What kustomizations make one unit: the files they take in, and what becomes of the objects in them. */
import type { Manifest, ManifestObject } from '../manifest/manifest.ts';
import type { Builder } from './kustomize/build.ts';
import { toObject } from './kustomize/resource.ts';
import type { Kustomization } from './kustomization.ts';

export interface Closure {
  readonly root: Kustomization;
  readonly manifests: readonly Manifest[];
  /** As `kustomize build` gives them. */
  readonly objects: readonly ManifestObject[];
  /** Objects of which it is not known what becomes of them, with the reason. */
  readonly unsettled: ReadonlyMap<ManifestObject, string>;
  /** What is part of it but cannot be read: the unit is open. */
  readonly missing: readonly string[];
}

/** Every kustomization that no other one refers to, built. */
export function closures(kustomizations: ReadonlyMap<string, Kustomization>, builder: Builder): Closure[] {
  return rootsOf(kustomizations).map((root) => closureOf(root, builder));
}

/** Kustomizations that no other one of them refers to, and that are no components. */
export function rootsOf(kustomizations: ReadonlyMap<string, Kustomization>): Kustomization[] {
  const all = [...kustomizations.values()];
  const referred = new Set(all.flatMap(({ resources, components }) => [...resources, ...components]));
  return all.filter(({ directory, isComponent }) => !referred.has(directory) && !isComponent);
}

export function closureOf(root: Kustomization, builder: Builder): Closure {
  const { resources, manifests, missing } = builder.build(root);
  const unsettled = new Map<ManifestObject, string>();
  const objects = resources.map((resource) => {
    const object = toObject(resource);
    if (resource.unsettled !== undefined) unsettled.set(object, resource.unsettled);
    return object;
  });
  return { root, manifests: [...manifests], objects, unsettled, missing: [...missing] };
}

/** Files that only change others: a file that some kustomization lists as a patch holds no object of its own. */
export function patchFiles(kustomizations: ReadonlyMap<string, Kustomization>): Set<string> {
  return new Set([...kustomizations.values()].flatMap((kustomization) => kustomization.patchFiles));
}
