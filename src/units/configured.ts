/** Units that the user has defined. */
import type { Manifest, ManifestObject } from '../manifest/manifest.ts';
import { inNamespace } from './in-namespace.ts';
import type { AbsentPaths } from './kustomize/broken.ts';
import type { Builder } from './kustomize/builder.ts';
import { type Closure, closureOf, patchFiles, rootsOf } from './kustomize/kustomize.ts';
import { pathMatcher } from './paths.ts';
import type { ConfiguredUnit, Unit } from './unit.ts';

export interface ConfiguredUnits {
  readonly units: readonly Unit[];
  /** What is in them; nothing else takes it any more. */
  readonly taken: ReadonlySet<Manifest>;
}

/** A file may be part of several. One that matches none of its paths is not a unit. */
export function configuredUnits(
  manifests: readonly Manifest[],
  configured: readonly ConfiguredUnit[],
  builder: Builder,
  absent?: AbsentPaths,
): ConfiguredUnits {
  const units: Unit[] = [];
  const taken = new Set<Manifest>();
  for (const wanted of configured) {
    const matchers = wanted.paths.map(pathMatcher);
    const files = manifests.filter(({ file }) => matchers.some((matches) => matches(file.path)));
    if (files.length === 0) continue;
    const unit = configuredUnit(wanted, files, builder, absent);
    units.push(unit.unit);
    for (const manifest of unit.manifests) taken.add(manifest);
  }
  return { units, taken };
}

/**
 * Kustomizations among the files are built, with what they take from elsewhere; all other files
 * count as they are.
 */
function configuredUnit(
  { name, namespace }: ConfiguredUnit,
  files: readonly Manifest[],
  builder: Builder,
  absent: AbsentPaths | undefined,
): { readonly unit: Unit; readonly manifests: readonly Manifest[] } {
  const here = new Set(files);
  const kustomizations = new Map(
    [...builder.kustomizations].filter(([, { manifest }]) => here.has(manifest)),
  );
  const built = rootsOf(kustomizations).map((root): Closure => closureOf(root, builder, absent));
  const inside = new Set(built.flatMap(({ manifests }) => manifests));
  const patches = patchFiles(kustomizations);
  const plain = files.filter(
    (manifest) => !inside.has(manifest) && !patches.has(manifest.file.path),
  );
  const manifests = [...inside, ...plain, ...files.filter(({ file }) => patches.has(file.path))];
  const unsettled = new Map<ManifestObject, string>();
  const placed = (object: ManifestObject): ManifestObject =>
    namespace === undefined ? object : inNamespace(object, namespace);
  const objects = built.flatMap((closure) =>
    closure.objects.map((object) => {
      const reason = closure.unsettled.get(object);
      const own = placed(object);
      if (reason !== undefined) unsettled.set(own, reason);
      return own;
    }),
  );
  return {
    unit: {
      name,
      origin: 'configured',
      reason: 'a unit of the configuration',
      joins: [],
      deployed: true,
      documents: manifests.flatMap(({ documents }) => documents),
      objects: [...objects, ...plain.flatMap((manifest) => manifest.objects.map(placed))],
      unsettled,
      missing: [...new Set(built.flatMap(({ missing }) => missing))],
      generated: new Map(built.flatMap(({ generated }) => [...generated])),
      broken: built.flatMap(({ broken }) => broken),
      idle: built.flatMap(({ idle }) => idle),
      faults: built.flatMap(({ faults }) => faults),
      fragments: new Set(),
    },
    manifests,
  };
}
