/** What kustomizations make one unit, without rendering them: the files they take in, and what is added to every object in them. */
import type { Manifest, ManifestObject } from '../manifest/manifest.ts';
import type { Kustomization } from './kustomization.ts';
import { transform, type Transformers } from './transformers.ts';
import type { Patch } from './patch.ts';

export interface Closure {
  readonly root: Kustomization;
  readonly manifests: readonly Manifest[];
  /** In their final namespaces: the outermost kustomization that names one decides. */
  readonly objects: readonly ManifestObject[];
  readonly patches: readonly Patch[];
  /** What is part of it but cannot be read: the unit is open. */
  readonly remote: readonly string[];
}

/** Every kustomization that no other one refers to, with all files below it. */
export function closures(kustomizations: ReadonlyMap<string, Kustomization>, manifests: readonly Manifest[]): Closure[] {
  const byPath = new Map(manifests.map((manifest) => [manifest.file.path, manifest]));
  const referred = new Set([...kustomizations.values()].flatMap(({ resources }) => resources.filter((path) => kustomizations.has(path))));
  const roots = [...kustomizations.values()].filter(
    ({ directory, manifest }) => !referred.has(directory) && manifest.objects[0]?.kind !== 'Component',
  );
  return roots.map((root) => {
    const found = new Map<Manifest, Transformers>();
    const patches: Patch[] = [];
    const remote = new Set<string>();
    const visited = new Set<string>();
    const visit = (kustomization: Kustomization, outer: Transformers): void => {
      if (visited.has(kustomization.directory)) return;
      visited.add(kustomization.directory);
      const namespace = outer.namespace ?? kustomization.namespace;
      const transformers = { labels: [...kustomization.labels, ...outer.labels], ...(namespace !== undefined && { namespace }) };
      found.set(kustomization.manifest, { labels: [] });
      for (const path of kustomization.remote) remote.add(path);
      patches.push(...kustomization.patches);
      for (const path of kustomization.patchFiles)
        for (const { kind, name } of byPath.get(path)?.objects ?? []) patches.push({ source: path, kind, name });
      for (const path of kustomization.resources) {
        const below = kustomizations.get(path);
        const file = byPath.get(path);
        if (below !== undefined) visit(below, transformers);
        else if (file !== undefined) found.set(file, transformers);
        else remote.add(path);
      }
    };
    visit(root, { labels: [] });
    const objects = [...found].flatMap(([manifest, transformers]) => manifest.objects.map((object) => transform(object, transformers)));
    return { root, manifests: [...found.keys()], objects, patches, remote: [...remote] };
  });
}

/** Files that only change others: a file that some kustomization lists as a patch holds no object of its own. */
export function patchFiles(kustomizations: ReadonlyMap<string, Kustomization>): Set<string> {
  return new Set([...kustomizations.values()].flatMap((kustomization) => kustomization.patchFiles));
}
