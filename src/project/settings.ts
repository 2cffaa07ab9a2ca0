/** What is asked of a project besides its manifests. */
import { type ClusterOptions, defaultClusterOptions } from '../cluster/options.ts';
import type { Rule } from '../lint/rule.ts';
import { asJudged, type RuleSettings } from '../lint/settings.ts';
import type { Assumption } from '../lint/unseen/assumptions.ts';
import type { Shard } from '../units/shards.ts';
import type { ConfiguredUnit, Grouping } from '../units/unit.ts';

export interface Settings {
  readonly cluster: ClusterOptions;
  readonly unit: Grouping;
  /** Units that somebody has defined; with `auto` they come first. */
  readonly units: readonly ConfiguredUnit[];
  /** Rules that run, as far as `severities` lets them. */
  readonly rules: readonly Rule[];
  /** Ids of all rules there are, where not all of them run. */
  readonly knownRules: readonly string[];
  /** What their findings weigh, and their options. */
  readonly severities: RuleSettings;
  /** Objects that exist elsewhere, by name. */
  readonly assume: readonly Assumption[];
  /** False: what manifests say about not being reported does not count. */
  readonly ignores: boolean;
  /** Whether every ignore must give a reason. */
  readonly requireReason: boolean;
  /** Only a part is judged, of those that other machines judge as well. */
  readonly shard?: Shard;
}

/** Where nobody says anything, and no rule is asked for. */
export const defaultSettings: Settings = {
  cluster: defaultClusterOptions,
  unit: 'auto',
  units: [],
  rules: [],
  knownRules: [],
  severities: asJudged,
  assume: [],
  ignores: true,
  requireReason: false,
};
