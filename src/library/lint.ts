import { rules as ownRules } from '../../rules/index.ts';
import { type Cluster, predict as predictCluster } from '../cluster/cluster.ts';
import { type ClusterOptions, clusterOptions } from '../cluster/options.ts';
import { isInPreset } from '../config/presets.ts';
import type { Fix, LintResult } from '../lint/diagnostic.ts';
import type { Fixed } from '../lint/fixes/fix-all.ts';
import type { Rule } from '../lint/rule.ts';
import type { RuleSettings } from '../lint/settings.ts';
import { assumedObjects } from '../lint/unseen/assumed-objects.ts';
import type { Assumption } from '../lint/unseen/assumptions.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { SourceFile } from '../manifest/source.ts';
import { absentAmong } from '../project/absent.ts';
import {
  fixAll as fixProject,
  lint as lintProject,
  pictures,
  type Project,
  units as unitsOf,
} from '../project/project.ts';
import { defaultSettings } from '../project/settings.ts';
import type { ConfiguredUnit, Unit, UnitMode } from '../units/unit.ts';
import { checkOptions } from './options.ts';
import { hasFields, wantList } from './wanted.ts';

/** What runs where nobody says anything. */
export const recommendedRules: readonly Rule[] = ownRules.filter(({ meta }) =>
  isInPreset(meta, 'recommended'),
);

/** What is known of the cluster. */
export interface PredictOptions extends Partial<ClusterOptions> {
  /**
   * What exists beside the manifests, such as a dump of the cluster: it counts, and nothing is
   * reported on it.
   */
  readonly assumed?: readonly Manifest[];
}

/**
 * What is known of the cluster, which rules run, and what their findings weigh. `readConfig` gives
 * such options.
 */
export interface LintOptions extends PredictOptions {
  /**
   * What belongs together; `auto` (the default) looks at directories, kustomizations and
   * references.
   */
  readonly unit?: UnitMode;
  /**
   * Paths that kustomizations name and that are not among the manifests, such as `base/web.yaml`:
   * where it answers yes, there may be such a file all the same. By default there is none, unless
   * the path leads out of the directory that all paths start at.
   */
  readonly mayExist?: (path: string) => boolean;
  /** Units that somebody has defined; with `auto` they come first. */
  readonly units?: readonly ConfiguredUnit[];
  /** Rules that run; the preset `recommended` unless given. */
  readonly rules?: readonly Rule[];
  /**
   * Which of these rules run, what their findings weigh, and their options; by default all run as
   * they are.
   */
  readonly severities?: RuleSettings;
  /**
   * Objects that exist elsewhere, by name: `parseAssumption('Service/monitoring/prometheus:9090')`.
   */
  readonly assume?: readonly Assumption[];
  /** False: comments and annotations that silence findings do not count. */
  readonly ignores?: boolean;
  /** Whether a comment or annotation that silences something must give a reason. */
  readonly requireReason?: boolean;
}

/**
 * What a control plane makes of all the objects together: pods, EndpointSlices and Endpoints of
 * every Service. Objects behind a document that kubectl cannot decode are left out, as kubectl
 * would never send them. Never throws because of what a manifest holds.
 *
 * @example
 * const { services } = predict(load(files)); for (const { object, slices } of services)
 * console.log(object.name, slices.flatMap(({ members }) => members.map(({ count }) => count)));
 */
export function predict(manifests: readonly Manifest[], options: PredictOptions = {}): Cluster {
  const { assumed, settings } = projectOf(manifests, options, 'predict');
  const all = { manifests, assumed, settings: { ...settings, unit: 'all' } } as const;
  const [picture] = pictures({ ...all, explicitFiles: true, absent: new Map() });
  return picture?.cluster ?? predictCluster(assumed, settings.cluster);
}

/**
 * What belongs together, and why: what `lint` judges as one cluster.
 *
 * @example
 * for (const { name, reason, objects } of units(load(files))) console.log(name, reason,
 * objects.length);
 */
export function units(manifests: readonly Manifest[], options: LintOptions = {}): Unit[] {
  return unitsOf(projectOf(manifests, options, 'units'));
}

/**
 * Runs the rules. Findings are plain data with offsets; `file.position(offset)` gives line and
 * column, both from 1. A rule that fails, of a plugin or ours, is in `faults`; the others have run.
 *
 * @example
 * const { diagnostics, unknowns, summary } = lint(load(files), { namespace: 'shop',
 * kubernetesMinor: 34 });
 */
export function lint(manifests: readonly Manifest[], options: LintOptions = {}): LintResult {
  return lintProject(projectOf(manifests, options, 'lint'));
}

/**
 * The texts that were given are all the files there are.
 * @param call the function that was given them
 * @throws TypeError
 */
export function projectOf(
  manifests: readonly Manifest[],
  options: LintOptions,
  call: string,
): Project {
  wantList(manifests, call, 'what load gives, load(files)', (one) =>
    hasFields(one, 'file', 'documents'),
  );
  checkOptions(options, call);
  const settings = defaultSettings;
  return {
    manifests,
    explicitFiles: false,
    absent: absentAmong(manifests, options.mayExist),
    assumed: assumedObjects(options.assumed ?? []),
    settings: {
      cluster: clusterOptions(options),
      unit: options.unit ?? settings.unit,
      units: options.units ?? settings.units,
      rules: options.rules ?? recommendedRules,
      knownRules: ownRules.map(({ meta }) => meta.id),
      severities: options.severities ?? settings.severities,
      assume: options.assume ?? settings.assume,
      ignores: options.ignores ?? settings.ignores,
      requireReason: options.requireReason ?? settings.requireReason,
    },
  };
}

export interface FixOptions extends LintOptions {
  /** `unsafe` applies guesses as well; by default only what is plainly a slip is fixed. */
  readonly safety?: Fix['safety'];
  /** Files for which it answers no stay as they are. */
  readonly mayChange?: (file: SourceFile) => boolean;
}

/**
 * Applies fixes and lints again until nothing is left to fix. Every character outside of an edit
 * stays as it is; nothing is written anywhere.
 *
 * @example
 * const { files: changed, result } = fixAll(load(files));
 * for (const { before, after } of changed) console.log(before.path, after);
 */
export function fixAll(manifests: readonly Manifest[], options: FixOptions = {}): Fixed {
  const project = projectOf(manifests, options, 'fixAll');
  const { safety = 'safe', mayChange = () => true } = options;
  return fixProject(project, { safety, mayChange });
}
