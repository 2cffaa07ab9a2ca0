import type { ClusterOptions } from '../../src/cluster/options.ts';
import { defaultClusterOptions } from '../../src/cluster/options.ts';
import type { LintResult } from '../../src/lint/diagnostic.ts';
import { type LintSettings, lintUnits } from '../../src/lint/lint.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { SourceFile } from '../../src/manifest/source.ts';
import type { Unit, UnitMode } from '../../src/units/unit.ts';
import { groupUnits } from '../../src/units/units.ts';

/** Texts by path, as if they lay below the working directory. */
export type Files = Readonly<Record<string, string>>;

export interface LintedFiles extends LintResult {
  readonly manifests: readonly Manifest[];
  readonly units: readonly Unit[];
}

/** What `kubeplumb .` says in a directory with these files. */
export function lintFiles(
  files: Files,
  rules: readonly Rule[],
  mode: UnitMode = 'auto',
  options: Partial<ClusterOptions> = {},
  settings: LintSettings = {},
): LintedFiles {
  const manifests = Object.entries(files).map(([path, text]) => readManifest(new SourceFile(path, text)));
  const units = groupUnits(manifests, { mode, explicitFiles: false });
  return { ...lintUnits(manifests, units, rules, { ...defaultClusterOptions, ...options }, settings), manifests, units };
}
