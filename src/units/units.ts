/** Which objects belong to one cluster. */
import type { Manifest } from '../manifest/manifest.ts';
import { alternatives, byDirectory, joinGroups } from './groups.ts';
import { findKustomizations } from './kustomization.ts';
import { closures, patchFiles } from './kustomize.ts';
import { baseName, directoryOf } from './paths.ts';
import type { Unit, UnitMode } from './unit.ts';

export interface UnitOptions {
  readonly mode: UnitMode;
  /** The user named these very files (or piped one stream): they are one unit with `auto`. */
  readonly explicitFiles: boolean;
}

export function groupUnits(manifests: readonly Manifest[], { mode, explicitFiles }: UnitOptions): Unit[] {
  if (manifests.length === 0) return [];
  if (mode === 'all' || (mode === 'auto' && explicitFiles)) return [unit(manifests, 'input', 'everything that was named')];
  if (mode === 'file') return manifests.map((manifest) => unit([manifest], manifest.file.path, 'file'));
  if (mode === 'dir') return [...byDirectory(manifests)].map(([directory, files]) => unit(files, directory, 'directory'));
  return automaticUnits(manifests);
}

/** Kustomizations first; what they leave over goes by directory. */
function automaticUnits(manifests: readonly Manifest[]): Unit[] {
  const kustomizations = findKustomizations(manifests);
  const closed = closures(kustomizations, manifests);
  const kustomized = closed.map(({ root, manifests: files, objects, patches, remote }): Unit => {
    return { ...unit(files, root.directory, 'kustomization'), objects, patches, missing: remote };
  });
  const taken = new Set(closed.flatMap((closure) => closure.manifests));
  const patches = patchFiles(kustomizations);
  const isFragment = ({ file: { path } }: Manifest): boolean =>
    kustomizations.has(directoryOf(path)) || /patch/i.test(baseName(path)) || baseName(directoryOf(path)) === 'patches';
  const left = manifests.filter((manifest) => !taken.has(manifest) && !patches.has(manifest.file.path));
  const groups = [...byDirectory(left)].flatMap(([directory, files]) => alternatives(directory, files));
  const directories = joinGroups(groups).map(({ groups: members, reason }) => {
    const files = [...new Set(members.flatMap((member) => member.manifests))];
    const objects = members.flatMap((member) => member.objects);
    return {
      ...unit(files, members[0]?.directory ?? '.', reason),
      objects,
      fragments: new Set(files.filter(isFragment).map(({ file }) => file)),
    };
  });
  // Patch files still have documents to complain of when they are no YAML at all.
  const patchManifests = manifests.filter((manifest) => !taken.has(manifest) && patches.has(manifest.file.path));
  const fragments = patchManifests.map((manifest): Unit => ({
    ...unit([manifest], directoryOf(manifest.file.path), 'kustomize patch'),
    objects: [],
  }));
  return [...kustomized, ...directories, ...fragments];
}

function unit(manifests: readonly Manifest[], name: string, reason: string): Unit {
  return {
    name,
    reason,
    documents: manifests.flatMap(({ documents }) => documents),
    objects: manifests.flatMap(({ objects }) => objects),
    patches: [],
    missing: [],
    fragments: new Set(),
  };
}
