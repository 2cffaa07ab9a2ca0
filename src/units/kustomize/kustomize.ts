/**
 * What kustomizations make one unit: the files they take in, and what becomes of the objects in
 * them.
 */
import { attempt, type Fault, faultOf } from '../../fault.ts';
import type { Manifest, ManifestObject } from '../../manifest/manifest.ts';
import { allInNamespace, isPart, outerNamespace } from '../in-namespace.ts';
import type { Kustomization } from '../kustomization.ts';
import { directoryOf, joinPath } from '../paths.ts';
import { type AbsentPaths, brokenEntries, type BrokenEntry } from './broken.ts';
import type { Builder } from './builder.ts';
import { type GeneratedData, movedTo } from './generated-data.ts';
import { toObject } from './resource.ts';

export interface Closure {
  readonly root: Kustomization;
  readonly manifests: readonly Manifest[];
  /** As `kustomize build` gives them. */
  readonly objects: readonly ManifestObject[];
  /** Objects of which it is not known what becomes of them, with the reason. */
  readonly unsettled: ReadonlyMap<ManifestObject, string>;
  /** What is part of it but cannot be read: the unit is open. */
  readonly missing: readonly string[];
  /** What its generators make, see `Unit.generated`. */
  readonly generated: GeneratedData;
  /** What keeps kustomize from building it. */
  readonly broken: readonly BrokenEntry[];
  /** See `Unit.idle`. */
  readonly idle: readonly BrokenEntry[];
  /** See `Unit.part`. */
  readonly isPart: boolean;
  /** Why it was not built: something failed, or is beyond a limit. */
  readonly faults: readonly Fault[];
}

/** Every kustomization that no other one refers to, or that somebody asked for, built. */
export function closures(
  kustomizations: ReadonlyMap<string, Kustomization>,
  builder: Builder,
  absent?: AbsentPaths,
  named: ReadonlySet<string> = new Set(),
): Closure[] {
  const roots = new Set(rootsOf(kustomizations));
  return [...kustomizations.values()]
    .filter((one) => roots.has(one) || named.has(one.directory))
    .map((root) => closureOf(root, builder, absent));
}

/** Kustomizations that no other one of them refers to, and that are not components. */
export function rootsOf(kustomizations: ReadonlyMap<string, Kustomization>): Kustomization[] {
  const all = [...kustomizations.values()];
  const referred = new Set(
    all.flatMap(({ resources, components }) => [...resources, ...components]),
  );
  return all.filter(({ directory, isComponent }) => !referred.has(directory) && !isComponent);
}

/**
 * One that cannot be built for reasons of ours still keeps its files together, with nothing in them
 * that could be judged.
 */
export function closureOf(root: Kustomization, builder: Builder, absent?: AbsentPaths): Closure {
  return attempt(
    () => built(root, builder, absent),
    (error): Closure => ({
      root,
      manifests: builder.filesOf(root),
      objects: [],
      unsettled: new Map(),
      missing: ['what was not built'],
      generated: new Map(),
      broken: [],
      idle: [],
      isPart: false,
      faults: [faultOf(root.manifest.file.path, 'building it failed', error)],
    }),
  );
}

function built(root: Kustomization, builder: Builder, absent: AbsentPaths = new Map()): Closure {
  const { resources, manifests, missing, generated, unmatched, idle } = builder.build(root);
  const made = resources.map(toObject);
  const place = joinPath(builder.within, root.directory);
  const namespace = outerNamespace(made, place);
  const objects = allInNamespace(made, namespace);
  const unsettled = new Map<ManifestObject, string>();
  for (const [index, object] of objects.entries()) {
    const reason = resources[index]?.unsettled;
    if (reason !== undefined) unsettled.set(object, reason);
  }
  const broken = [...manifests].flatMap((manifest) => {
    const kustomization = builder.kustomizations.get(directoryOf(manifest.file.path));
    return kustomization?.manifest === manifest ? brokenEntries(kustomization, absent) : [];
  });
  return {
    root,
    manifests: [...manifests],
    objects,
    unsettled,
    missing: [...missing],
    generated: namespace === undefined ? generated : movedTo(namespace, generated),
    broken: [...broken, ...unmatched],
    idle,
    faults: [],
    isPart: isPart(place),
  };
}

/**
 * Files that only change others: a file that some kustomization lists as a patch holds no object of
 * its own.
 */
export function patchFiles(kustomizations: ReadonlyMap<string, Kustomization>): Set<string> {
  return new Set([...kustomizations.values()].flatMap((kustomization) => kustomization.patchFiles));
}
