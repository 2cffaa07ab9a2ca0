/** Kustomizations, each built when it is asked for. */
import type { Manifest } from '../../manifest/manifest.ts';
import type { Kustomization } from '../kustomization.ts';
import { type Build, buildsOf } from './build.ts';

export interface Builder {
  /** By directory. */
  readonly kustomizations: ReadonlyMap<string, Kustomization>;
  /** The final objects of a kustomization that is built by itself. */
  build(root: Kustomization): Build;
}

/** @param manifests the files that kustomizations can take */
export function builderOf(
  kustomizations: ReadonlyMap<string, Kustomization>,
  manifests: readonly Manifest[],
): Builder {
  let build: Builder['build'] | undefined;
  return {
    kustomizations,
    build: (root) => (build ??= buildsOf(kustomizations, manifests))(root),
  };
}
