/** What a kubeplumb.yaml asks for, with its paths as its reader writes them. */
import type { ClusterOptions } from '../cluster/options.ts';
import { configuredCluster } from '../config/cluster.ts';
import { pathMatcher, ruleSettings } from '../config/rule-settings.ts';
import type { Config } from '../config/schema.ts';
import type { RuleSettings } from '../lint/settings.ts';
import { type Assumption, parseAssumption } from '../lint/unseen/assumptions.ts';
import type { ConfiguredUnit } from '../units/unit.ts';

export interface Configuration {
  /** Only what is said. */
  readonly cluster: Partial<ClusterOptions>;
  readonly severities: RuleSettings;
  readonly units: readonly ConfiguredUnit[];
  readonly assume: readonly Assumption[];
  readonly requireReason: boolean;
  /** Files and directories of objects that exist elsewhere. */
  readonly assumedPaths: readonly string[];
  /** Whether a path is not to be read. */
  readonly isIgnored: (path: string, isDirectory: boolean) => boolean;
  readonly failOn?: NonNullable<Config['failOn']>;
  /** The file of known findings. */
  readonly baseline?: string;
  /** Packages and files with more rules, as written. */
  readonly plugins: readonly string[];
}

/**
 * Paths in a configuration start at its own directory; where that lies is for its reader to know.
 */
export interface Places {
  /**
   * From a path of the reader's to one that starts at the directory; undefined where it lies
   * elsewhere.
   */
  readonly inside: (path: string) => string | undefined;
  /** The way back. */
  readonly outside: (path: string) => string;
}

/** `named`: rules that run in any case, because somebody asked for these very ones. */
export function configurationOf(
  config: Config,
  { inside, outside }: Places,
  named: ReadonlySet<string> = new Set(),
): Configuration {
  const { units = [], assume = [], ignorePaths, failOn, requireReason, baseline, plugins } = config;
  const ignores = ignorePaths === undefined ? undefined : pathMatcher(ignorePaths);
  return {
    cluster: configuredCluster(config),
    severities: ruleSettings(config, inside, named),
    // The root of a pattern is the directory: /k8s is what ./k8s is.
    units: units.map((unit) => ({
      ...unit,
      paths: unit.paths.map((path) => outside(`./${path}`)),
    })),
    assume: assume.flatMap((item) =>
      typeof item === 'string' ? (parseAssumption(item) ?? []) : [],
    ),
    assumedPaths: assume.flatMap((item) => (typeof item === 'string' ? [] : [outside(item.file)])),
    requireReason: requireReason ?? false,
    isIgnored(path, isDirectory) {
      const place = ignores === undefined ? undefined : inside(path);
      return place !== undefined && ignores?.(isDirectory ? `${place}/` : place) === true;
    },
    ...(failOn !== undefined && { failOn }),
    ...(baseline !== undefined && { baseline: outside(baseline) }),
    plugins: plugins ?? [],
  };
}
