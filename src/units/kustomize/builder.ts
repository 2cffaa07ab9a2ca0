/** Kustomizations, each built when it is asked for. */
import type { Manifest } from '../../manifest/manifest.ts';
import type { Kustomization } from '../kustomization.ts';
import { directoryOf } from '../paths.ts';
import { type Build, buildsOf } from './build.ts';

export interface Builder {
  /** By directory. */
  readonly kustomizations: ReadonlyMap<string, Kustomization>;
  /** Where paths start, from the top of the repository. */
  readonly within: string;
  /** The final objects of a kustomization that is built by itself. */
  build(root: Kustomization): Build;
  /** The files that one is made of, whether it can be built or not. */
  filesOf(root: Kustomization): Manifest[];
}

/** @param manifests the files that kustomizations can take */
export function builderOf(
  kustomizations: ReadonlyMap<string, Kustomization>,
  manifests: readonly Manifest[],
  within = '.',
): Builder {
  let build: Builder['build'] | undefined;
  return {
    kustomizations,
    within,
    build: (root) => (build ??= buildsOf(kustomizations, manifests))(root),
    filesOf: (root) => filesOf(root, kustomizations, manifests),
  };
}

function filesOf(
  root: Kustomization,
  kustomizations: ReadonlyMap<string, Kustomization>,
  manifests: readonly Manifest[],
): Manifest[] {
  const byPath = new Map(manifests.map((manifest) => [manifest.file.path, manifest]));
  const files = new Set([root.manifest]);
  for (const manifest of files) {
    const kustomization = kustomizations.get(directoryOf(manifest.file.path));
    if (kustomization?.manifest !== manifest) continue;
    for (const path of [...kustomization.resources, ...kustomization.components]) {
      const file = kustomizations.get(path)?.manifest ?? byPath.get(path);
      if (file !== undefined) files.add(file);
    }
  }
  return [...files];
}
