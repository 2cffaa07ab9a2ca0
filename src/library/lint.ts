import { rules as ownRules } from '../../rules/index.ts';
import { type Cluster, predict as predictCluster } from '../cluster/cluster.ts';
import { type ClusterOptions, defaultClusterOptions } from '../cluster/options.ts';
import { isInPreset } from '../config/presets.ts';
import { assumedObjects, besides } from '../lint/assumed-objects.ts';
import type { Assumption } from '../lint/assumptions.ts';
import type { Fix, LintResult } from '../lint/diagnostic.ts';
import { type Fixed, fixAll as fixUntilDone } from '../lint/fix-all.ts';
import { type LintSettings, lintUnits } from '../lint/lint.ts';
import type { Rule } from '../lint/rule.ts';
import type { RuleSettings } from '../lint/settings.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { SourceFile } from '../manifest/source.ts';
import type { ConfiguredUnit, Unit, UnitMode } from '../units/unit.ts';
import { groupUnits } from '../units/units.ts';

/** What runs where nobody says anything. */
export const recommendedRules: readonly Rule[] = ownRules.filter(({ meta }) =>
  isInPreset(meta, 'recommended'),
);

/** What is known of the cluster. */
export interface PredictOptions extends Partial<ClusterOptions> {
  /** What exists beside the manifests, such as a dump of the cluster: it counts, and nothing is reported on it. */
  readonly assumed?: readonly Manifest[];
}

/** What is known of the cluster, which rules run, and what their findings weigh. `readConfig` gives such options. */
export interface LintOptions extends PredictOptions {
  /** What belongs together; `auto` (the default) looks at directories, kustomizations and references. */
  readonly unit?: UnitMode;
  /** Units that somebody has defined; with `auto` they come first. */
  readonly units?: readonly ConfiguredUnit[];
  /** Rules that run; the preset `recommended` unless given. */
  readonly rules?: readonly Rule[];
  /** Which of these rules run, what their findings weigh, and their options; by default all run as they are. */
  readonly severities?: RuleSettings;
  /** Objects that exist elsewhere, by name: `parseAssumption('Service/monitoring/prometheus:9090')`. */
  readonly assume?: readonly Assumption[];
  /** False: comments and annotations that silence findings do not count. */
  readonly ignores?: boolean;
  /** Whether a comment or annotation that silences something must give a reason. */
  readonly requireReason?: boolean;
}

/**
 * What a control plane makes of all the objects together: pods, EndpointSlices and Endpoints of every Service. Objects behind a document that kubectl
 * cannot decode are left out, as kubectl would never send them. Never throws.
 *
 * @example
 * const { services } = predict(load(files));
 * for (const { object, slices } of services) console.log(object.name, slices.flatMap(({ members }) => members.map(({ count }) => count)));
 */
export function predict(
  manifests: readonly Manifest[],
  { assumed = [], ...options }: PredictOptions = {},
): Cluster {
  const known = withDefaults(options);
  const objects = manifests.flatMap((manifest) =>
    manifest.objects.filter(({ afterBroken }) => !afterBroken),
  );
  return predictCluster(besides(objects, assumedObjects(assumed), known.namespace), known);
}

/**
 * What belongs together, and why: what `lint` judges as one cluster.
 *
 * @example
 * for (const { name, reason, objects } of units(load(files))) console.log(name, reason, objects.length);
 */
export function units(
  manifests: readonly Manifest[],
  { unit = 'auto', units: configured = [] }: LintOptions = {},
): Unit[] {
  return groupUnits(manifests, { mode: unit, explicitFiles: false, configured });
}

/**
 * Runs the rules. Findings are plain data with offsets; `file.position(offset)` gives line and column, both from 1.
 * @throws PluginError when a rule of a plugin is at fault
 *
 * @example
 * const { diagnostics, unknowns, summary } = lint(load(files), { namespace: 'shop', kubernetesMinor: 34 });
 */
export function lint(manifests: readonly Manifest[], options: LintOptions = {}): LintResult {
  return lintWith(manifests, options);
}

/** `onPicture` is shown every unit as the rules saw it. */
export function lintWith(
  manifests: readonly Manifest[],
  options: LintOptions,
  onPicture?: LintSettings['onPicture'],
): LintResult {
  const { severities, assume, assumed = [], ignores, requireReason } = options;
  const rules = options.rules ?? recommendedRules;
  return lintUnits(manifests, units(manifests, options), rules, withDefaults(options), {
    ...(severities !== undefined && { rules: severities }),
    ...(assume !== undefined && { assume }),
    ...(ignores !== undefined && { ignores }),
    ...(requireReason !== undefined && { requireReason }),
    ...(onPicture !== undefined && { onPicture }),
    assumed: assumedObjects(assumed),
    knownRules: ownRules.map(({ meta }) => meta.id),
  });
}

export interface FixOptions extends LintOptions {
  /** `unsafe` applies guesses as well; by default only what is plainly a slip is mended. */
  readonly safety?: Fix['safety'];
  /** Files for which it answers no stay as they are. */
  readonly mayChange?: (file: SourceFile) => boolean;
}

/**
 * Applies fixes and lints again until nothing is left to fix. Every character outside of an edit stays as it is; nothing is written anywhere.
 *
 * @example
 * const { files: changed, result } = fixAll(load(files));
 * for (const { before, after } of changed) console.log(before.path, after);
 */
export function fixAll(
  manifests: readonly Manifest[],
  { safety = 'safe', mayChange = () => true, ...options }: FixOptions = {},
): Fixed {
  return fixUntilDone(manifests, (current) => lint(current, options), safety, mayChange);
}

/** Pods have the cluster's families unless told otherwise. */
function withDefaults(options: Partial<ClusterOptions>): ClusterOptions {
  const { ipFamilies, podIPFamilies = ipFamilies } = options;
  return {
    kubernetesMinor: options.kubernetesMinor ?? defaultClusterOptions.kubernetesMinor,
    ipFamilies: ipFamilies ?? defaultClusterOptions.ipFamilies,
    ipFamiliesAssumed: options.ipFamiliesAssumed ?? ipFamilies === undefined,
    podIPFamilies: podIPFamilies ?? defaultClusterOptions.podIPFamilies,
    oneCluster: options.oneCluster ?? defaultClusterOptions.oneCluster,
    namespace: options.namespace ?? defaultClusterOptions.namespace,
    workloads: options.workloads ?? defaultClusterOptions.workloads,
  };
}
