/** Paths of this repository that Flux or Argo CD are told to read, and that are not there. */
import {
  readsRepository,
  type RepositoryPath,
  repositoryPathsOf,
} from '../kubernetes/repository-paths.ts';
import type { Manifest, ManifestObject } from '../manifest/manifest.ts';
import { nearestIn } from '../text/name-index.ts';
import type { KnownFiles } from './known-files.ts';
import type { AbsentPath, AbsentPaths, Refusal } from './kustomize/broken.ts';
import { directoryOf, joinPath } from './paths.ts';

export interface LostPath extends RepositoryPath {
  readonly object: ManifestObject;
  /** What was meant. */
  readonly near?: string;
  /** Where it is there, and cannot be built. */
  readonly refused?: Refusal;
}

/** No path that a kustomization joins holds a line break. */
const keyOf = (from: string, path: string): string => `${from}\n${path}`;

/** What was found out about paths that the objects name. */
export function lostPathsOf(objects: readonly ManifestObject[], absent: AbsentPaths): LostPath[] {
  return objects.filter(readsRepository).flatMap((object) => {
    const from = directoryOf(object.document.file.path);
    return repositoryPathsOf(object).flatMap((one) => {
      const found = absent.get(keyOf(from, one.path));
      if (found === undefined) return [];
      const { near, refused } = found;
      return [
        {
          ...one,
          object,
          ...(near !== undefined && { near }),
          ...(refused !== undefined && { refused }),
        },
      ];
    });
  });
}

/**
 * A repository is this one where another path of it is there, from the directory of an object that
 * names it or from one above.
 */
export function lostPaths(
  manifests: readonly Manifest[],
  files: KnownFiles,
  refused: AbsentPaths,
): ReadonlyMap<string, AbsentPath> {
  const asked = manifests.flatMap(({ objects, file }) =>
    objects
      .filter(readsRepository)
      .flatMap(repositoryPathsOf)
      .map((one) => ({ ...one, from: directoryOf(file.path) })),
  );
  const roots = new Map<string, string>();
  const lost: typeof asked = [];
  const found = new Map<string, AbsentPath>();
  for (const one of asked) {
    const root = rootOf(one.path, one.from, files);
    if (root === undefined) lost.push(one);
    else if (root !== 'unknown') {
      roots.set(one.repository, root);
      const state = one.detects === true ? refused.get(joinPath(root, one.path)) : undefined;
      if (state !== undefined) found.set(keyOf(one.from, one.path), state);
    }
  }
  return new Map([
    ...found,
    ...lost.flatMap(({ path, from, repository }) => {
      const root = roots.get(repository);
      if (root === undefined) return [];
      const near = nearPath(root, path, files);
      const state = 'nothing' as const;
      return [[keyOf(from, path), { state, ...(near !== undefined && { near }) }] as const];
    }),
  ]);
}

/** The nearest directory above that has it. */
function rootOf(path: string, from: string, files: KnownFiles): string | undefined {
  for (let root = from; ; root = directoryOf(root)) {
    const found = files.look(joinPath(root, path));
    if (found === 'file' || found === 'directory') return root;
    if (found !== 'nothing') return 'unknown';
    if (root === '.' || root === '/') return undefined;
  }
}

/** The same with the step that leads nowhere replaced by the nearest one there. */
function nearPath(root: string, path: string, files: KnownFiles): string | undefined {
  const steps = path.split('/');
  for (const [index, step] of steps.entries()) {
    const above = joinPath(root, steps.slice(0, index).join('/'));
    const names = files.names(above);
    if (names.includes(step)) continue;
    const near = nearestIn(step, names);
    if (near === undefined) return undefined;
    steps[index] = near;
    const meant = steps.join('/');
    return files.look(joinPath(root, meant)) === 'nothing' ? undefined : meant;
  }
  return undefined;
}
