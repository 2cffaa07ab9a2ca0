/**
 * From manifests to units, pictures, findings and fixes. There is one way there, whoever goes it:
 * the command line, the library, the rule tester and the tools of this repository each make a
 * project of what they have, and print what they are told.
 */
import { type Cluster, predict } from '../cluster/cluster.ts';
import type { Fix, LintResult } from '../lint/diagnostic.ts';
import { fixAll as fixUntilDone, type Fixed } from '../lint/fixes/fix-all.ts';
import { type LintSettings, lintUnits } from '../lint/lint.ts';
import { besides } from '../lint/unseen/assumed-objects.ts';
import { Assumptions } from '../lint/unseen/assumptions.ts';
import { Unseen } from '../lint/unseen/unseen.ts';
import type { Manifest, ManifestObject } from '../manifest/manifest.ts';
import type { SourceFile } from '../manifest/source.ts';
import type { AbsentPaths } from '../units/kustomize/broken.ts';
import { lostPathsOf } from '../units/lost-paths.ts';
import { partOf } from '../units/shards.ts';
import { testDataAmong } from '../units/test-data.ts';
import type { Unit } from '../units/unit.ts';
import { groupUnits } from '../units/units.ts';
import { placesOf } from './places.ts';
import type { Settings } from './settings.ts';

export interface Project {
  readonly manifests: readonly Manifest[];
  /** The user named these very files, or piped one stream in: they belong together. */
  readonly explicitFiles: boolean;
  /** What kustomizations name and is not there; empty where nobody has looked. */
  readonly absent: AbsentPaths;
  /** Directories that the user named; absent where nobody did. */
  readonly named?: ReadonlySet<string>;
  /** Where paths start, from the top of the repository. */
  readonly within?: string;
  /** Objects that exist beside the manifests: known to every unit, never judged. */
  readonly assumed: readonly ManifestObject[];
  readonly settings: Settings;
}

/** What belongs together, and why. */
export function units({
  manifests,
  explicitFiles,
  absent,
  named,
  within,
  settings,
}: Project): Unit[] {
  const grouped = groupUnits(manifests, {
    mode: settings.unit,
    explicitFiles,
    configured: settings.units,
    absent,
    ...(named !== undefined && { named }),
    ...(within !== undefined && { within }),
  });
  if (absent.size === 0) return grouped;
  return grouped.map((unit) => ({ ...unit, lost: lostPathsOf(unit.objects, absent) }));
}

export interface Picture {
  readonly unit: Unit;
  /** With what is only assumed to be there. */
  readonly cluster: Cluster;
  readonly unseen: Unseen;
}

/**
 * What `kubectl apply` of each unit would give. Objects behind a document that kubectl cannot
 * decode are left out: it would not have read them.
 */
export function pictures(project: Project): Picture[] {
  const { assumed, settings } = project;
  const placeOf = placesOf(project);
  return units(project).map((unit) => {
    const objects = unit.objects.filter(({ afterBroken }) => !afterBroken);
    const known = besides(objects, assumed, settings.cluster.namespace);
    const assumptions = new Assumptions(settings.assume);
    const cluster = predict(known, settings.cluster, {
      placeOf,
      isAssumed: (kind, namespace, name) =>
        unit.generated?.has(`${kind}/${name}`) === true ||
        assumptions.find(kind, namespace, name) !== undefined,
    });
    return { unit, cluster, unseen: new Unseen(unit, cluster, { assumptions }) };
  });
}

/**
 * Runs the rules; `view` is what they see, and who looks on. @throws PluginError when a rule of a
 * plugin is at fault
 */
export function lint(
  project: Project,
  view: Pick<LintSettings, 'asMeant' | 'onPicture' | 'timed'> = {},
): LintResult {
  const { assumed, settings } = project;
  const { cluster, rules, severities, assume, ignores, requireReason, knownRules, shard } =
    settings;
  const manifests =
    view.asMeant === false ? project.manifests : project.manifests.map((one) => one.meant ?? one);
  const group = (): Unit[] => units({ ...project, manifests });
  const all = view.timed?.('units', group) ?? group();
  const result = lintUnits(manifests, all, rules, cluster, {
    rules: severities,
    assume,
    assumed,
    ignores,
    requireReason,
    knownRules,
    ...(shard !== undefined && { part: partOf(manifests, all, shard) }),
    ...view,
  });
  const testData = testDataOf(project);
  return {
    ...result,
    diagnostics: result.diagnostics.map((diagnostic) => {
      const directory = testData(diagnostic.file.path);
      return directory === undefined ? diagnostic : { ...diagnostic, testData: directory };
    }),
  };
}

/** The directory of test data that a file lies in. Who names files means them. */
export function testDataOf({
  manifests,
  explicitFiles,
  named,
}: Pick<Project, 'manifests' | 'explicitFiles' | 'named'>): (path: string) => string | undefined {
  if (explicitFiles) return () => undefined;
  const paths = manifests.map(({ file }) => file.path);
  return testDataAmong(paths, named);
}

export interface FixChoices {
  readonly safety: Fix['safety'];
  /** Files for which it answers no stay as they are. */
  readonly mayChange: (file: SourceFile) => boolean;
  /** Whose findings count; by default all that `lint` has. */
  readonly judge?: (project: Project) => LintResult;
}

/** Fixes and lints again until nothing is left to fix. Nothing is written anywhere. */
export function fixAll(project: Project, { safety, mayChange, judge = lint }: FixChoices): Fixed {
  return fixUntilDone(
    project.manifests,
    (manifests) => judge({ ...project, manifests }),
    safety,
    mayChange,
  );
}
