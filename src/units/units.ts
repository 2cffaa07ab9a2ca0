/** Which objects belong to one cluster. */
import { attempt, type Fault, faultOf } from '../fault.ts';
import { pushAll } from '../lists.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { alternatives, byDirectory } from './alternatives.ts';
import { joinBeside, liesBeside } from './beside.ts';
import { configuredUnits } from './configured.ts';
import { joinDelivered } from './delivered.ts';
import { type FileGroup } from './file-group.ts';
import { type JoinedGroups, joinGroups } from './groups.ts';
import { findKustomizations, type Kustomization } from './kustomization.ts';
import type { AbsentPaths } from './kustomize/broken.ts';
import { type Builder, builderOf } from './kustomize/builder.ts';
import { type Closure, closures, patchFiles } from './kustomize/kustomize.ts';
import { joinNeighbours } from './neighbours.ts';
import { baseName, commonDirectory, directoryOf } from './paths.ts';
import { inReleaseNamespaces } from './release.ts';
import { assertedFiles, casesAmong } from './test-cases.ts';
import { isReadApart } from './test-data.ts';
import type { ConfiguredUnit, Grouping, Unit, UnitOrigin } from './unit.ts';

export interface UnitOptions {
  readonly mode: Grouping;
  /** The user named these very files (or piped one stream): they are one unit with `auto`. */
  readonly explicitFiles: boolean;
  /** Units of the configuration; they count with `auto`, and come first. */
  readonly configured?: readonly ConfiguredUnit[];
  /**
   * Paths that kustomizations name and that are not there; where nobody has looked, nothing is
   * known of them.
   */
  readonly absent?: AbsentPaths;
  /** Directories that the user named: `applied` shows each of them by itself. */
  readonly named?: ReadonlySet<string>;
  /** Where paths start, from the top of the repository. */
  readonly within?: string;
}

export function groupUnits(
  manifests: readonly Manifest[],
  { mode, explicitFiles, configured = [], absent, named, within }: UnitOptions,
): Unit[] {
  if (manifests.length === 0) return [];
  if (mode === 'all') return [unit(manifests, 'named', 'input', 'everything that was named')];
  if (mode === 'applied') return appliedUnits(manifests, absent, named);
  if (mode === 'file')
    return manifests.map((manifest) => unit([manifest], 'named', manifest.file.path, 'file'));
  if (mode === 'dir')
    return [...byDirectory(manifests)].map(([directory, files]) =>
      unit(files, 'directory', directory, 'directory'),
    );
  const kustomizations = findKustomizations(manifests);
  const builder = builderOf(kustomizations, manifests, within);
  const { units, taken } = configuredUnits(manifests, configured, builder, absent);
  const left = taken.size === 0 ? manifests : manifests.filter((manifest) => !taken.has(manifest));
  if (left.length === 0) return [...units];
  const rest = explicitFiles
    ? [
        {
          ...listed(unit(left, 'named', 'input', 'everything that was named')),
          listed: true as const,
        },
      ]
    : automaticUnits(left, kustomizations, builder, absent);
  return [...units, ...rest];
}

/**
 * As `kubectl apply -k` of kustomizations and `kubectl apply -f` of all else would have it: one
 * cluster, unless there are several kustomizations that no other one takes in, or that were named;
 * nobody applies overlays for different places side by side. Files beside a kustomization that does
 * not list them are left out, as kustomize leaves them out.
 */
function appliedUnits(
  manifests: readonly Manifest[],
  absent?: AbsentPaths,
  named?: ReadonlySet<string>,
): Unit[] {
  const kustomizations = findKustomizations(manifests);
  const closed = closures(kustomizations, builderOf(kustomizations, manifests), absent, named);
  const built = new Set(closed.flatMap((closure) => closure.manifests));
  const patches = patchFiles(kustomizations);
  const loose = manifests.filter(
    (manifest) =>
      !built.has(manifest) &&
      !patches.has(manifest.file.path) &&
      !kustomizations.has(directoryOf(manifest.file.path)),
  );
  const rest = unit(loose, 'named', 'input', 'everything that was named');
  const units = closed.map(kustomizedUnit);
  const [only] = units;
  if (only === undefined || loose.length === 0) return only === undefined ? [rest] : units;
  if (units.length > 1) return [...units, { ...rest, name: 'all else' }];
  return [
    {
      ...only,
      documents: [...only.documents, ...rest.documents],
      objects: [...only.objects, ...rest.objects],
    },
  ];
}

/** Kustomizations first; what they leave over goes by directory. */
function automaticUnits(
  manifests: readonly Manifest[],
  kustomizations: ReadonlyMap<string, Kustomization>,
  builder: Builder,
  absent?: AbsentPaths,
): Unit[] {
  const here = new Set(manifests);
  const closed = closures(kustomizations, builder, absent).filter(({ root }) =>
    here.has(root.manifest),
  );
  const taken = new Set(closed.flatMap((closure) => closure.manifests));
  const patches = patchFiles(kustomizations);
  const cases = casesAmong(manifests.map(({ file }) => file.path));
  const asserted = assertedFiles(manifests, cases);
  const isFragment = ({ file: { path } }: Manifest): boolean =>
    kustomizations.has(directoryOf(path)) ||
    cases.has(directoryOf(path)) ||
    /patch/i.test(baseName(path)) ||
    baseName(directoryOf(path)) === 'patches';
  const left = manifests.filter(
    (manifest) =>
      !taken.has(manifest) && !patches.has(manifest.file.path) && !asserted.has(manifest.file.path),
  );
  const directories = directoryUnits(
    left,
    testDataBelow(commonDirectory(manifests.map(({ file }) => file.path))),
    isFragment,
  );
  // Patch files still have documents to complain of when they are not YAML at all.
  const fragments = manifests
    .filter((manifest) => !taken.has(manifest))
    .flatMap((manifest): Unit[] => {
      const { path } = manifest.file;
      const made = (reason: string): Unit => unit([manifest], 'patch', directoryOf(path), reason);
      if (patches.has(path)) return [{ ...listed(made('kustomize patch')), objects: [] }];
      return asserted.has(path) ? [{ ...made('what a test expects'), objects: [] }] : [];
    });
  const apart = [...closed.map(kustomizedUnit), ...directories];
  const { units, delivered } = joinDelivered(apart);
  const isBeside = (one: Unit): boolean => liesBeside(one, (at) => kustomizations.has(at));
  const near = joinNeighbours(
    units.filter((one) => !isBeside(one)),
    delivered,
  );
  return [...near, ...joinBeside(near, units.filter(isBeside)), ...fragments];
}

/**
 * The files of a directory are judged together, alternatives apart, and with the directories that
 * they refer to; files of test data are judged one by one.
 */
function directoryUnits(
  manifests: readonly Manifest[],
  isTestData: (directory: string) => boolean,
  isFragment: (manifest: Manifest) => boolean,
): Unit[] {
  const groups: FileGroup[] = [];
  const cases: FileGroup[] = [];
  for (const [directory, files] of byDirectory(manifests)) {
    if (isTestData(directory))
      pushAll(
        cases,
        files.flatMap((file) => alternatives(directory, [file])),
      );
    else pushAll(groups, alternatives(directory, files));
  }
  const alone = (group: FileGroup): JoinedGroups => ({ groups: [group], joins: [] });
  const faults: Fault[] = [];
  const joined = attempt(
    () => joinGroups(groups),
    (error) => {
      faults.push(faultOf('directories', 'joining them by their references failed', error));
      return groups.map(alone);
    },
  );
  return [
    ...joined.map((members) => directoryUnit(members, faults, isFragment)),
    ...cases.map((group) => directoryUnit(alone(group), faults, isFragment, 'test-data')),
  ];
}

function directoryUnit(
  { groups, joins, isCut }: JoinedGroups,
  faults: readonly Fault[],
  isFragment: (manifest: Manifest) => boolean,
  origin: 'directory' | 'test-data' = 'directory',
): Unit {
  const isCase = origin === 'test-data';
  const others = [...new Set(joins.map(({ directory }) => directory))];
  const files = [...new Set(groups.flatMap((member) => member.manifests))];
  const name = (isCase ? files[0]?.file.path : groups[0]?.directory) ?? '.';
  return {
    ...unit(files, origin, name, isCase ? 'file of test data' : directoryReason(others)),
    joins,
    objects: inReleaseNamespaces(
      groups.flatMap((member) => member.objects),
      files,
    ),
    ...(faults.length > 0 && { faults }),
    ...((isCut === true || groups.some((member) => member.isCut)) &&
      cutUnit(groups[0]?.directory ?? '.')),
    ...(groups[0]?.first !== undefined && !isCase && { variant: groups[0].first.file }),
    ...(groups[0]?.isRest === true && { rest: true as const }),
    fragments: new Set(files.filter(isFragment).map(({ file }) => file)),
  };
}

function directoryReason(others: readonly string[]): string {
  return others.length === 0 ? 'directory' : `directory, joined with ${others.join(', ')}`;
}

/**
 * Which directories hold files that are read one by one, of those below the one that was asked for:
 * who names test data itself means them as they are.
 */
function testDataBelow(root: string): (directory: string) => boolean {
  const above = root === '' ? 0 : root.split('/').length;
  return (directory) =>
    directory
      .split('/')
      .slice(root === '.' ? 0 : above)
      .some(isReadApart);
}

/** What it refers to elsewhere is not known. */
function cutUnit(directory: string): Pick<Unit, 'missing' | 'faults'> {
  const message =
    'was judged without other directories and examples: they refer to each other so much that ' +
    'all together are too much to judge';
  return { missing: ['other directories'], faults: [{ path: directory, message }] };
}

/**
 * Whatever a kustomization lists is meant to be read, even if nothing in it looks like Kubernetes.
 */
function listed(unit: Unit): Unit {
  const documents = unit.documents.map((document) =>
    document.state === 'foreign' && document.problem !== undefined
      ? { ...document, state: 'broken' as const }
      : document,
  );
  return { ...unit, documents };
}

function kustomizedUnit(closure: Closure): Unit {
  const { root, manifests, objects, unsettled, missing, generated, broken, idle, isPart, faults } =
    closure;
  return {
    ...listed(unit(manifests, 'kustomization', root.directory, describeClosure(root, manifests))),
    deployed: true,
    ...(isPart && { part: true as const }),
    objects,
    unsettled,
    missing,
    generated,
    broken,
    idle,
    ...(faults.length > 0 && { faults }),
  };
}

/** `kustomization, with base, components/cache`. */
function describeClosure(root: Kustomization, manifests: readonly Manifest[]): string {
  const others = [...new Set(manifests.map(({ file }) => directoryOf(file.path)))].filter(
    (directory) => directory !== root.directory,
  );
  return others.length === 0 ? 'kustomization' : `kustomization, with ${others.join(', ')}`;
}

function unit(
  manifests: readonly Manifest[],
  origin: UnitOrigin,
  name: string,
  reason: string,
): Unit {
  return {
    name,
    origin,
    reason,
    joins: [],
    deployed: false,
    documents: manifests.flatMap(({ documents }) => documents),
    objects: inReleaseNamespaces(
      manifests.flatMap(({ objects }) => objects),
      manifests,
    ),
    unsettled: new Map(),
    missing: [],
    fragments: new Set(),
  };
}
