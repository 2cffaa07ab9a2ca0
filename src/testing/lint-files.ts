/** Lints texts as the command line would lint files with these names. */
import type { ClusterOptions } from '../cluster/options.ts';
import { defaultClusterOptions } from '../cluster/options.ts';
import type { LintResult } from '../lint/diagnostic.ts';
import type { Rule } from '../lint/rule.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { readManifest } from '../manifest/read.ts';
import { SourceFile } from '../manifest/source.ts';
import { absentAmong } from '../project/absent.ts';
import { lint, type Project } from '../project/project.ts';
import { defaultSettings, type Settings } from '../project/settings.ts';
import type { Unit, UnitMode } from '../units/unit.ts';

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
  settings: Partial<Settings> = {},
): LintedFiles {
  const manifests = Object.entries(files).map(([path, text]) =>
    readManifest(new SourceFile(path, text)),
  );
  const cluster = { ...defaultClusterOptions, ...options };
  const project: Project = {
    manifests,
    explicitFiles: false,
    absent: absentAmong(manifests),
    assumed: [],
    settings: { ...defaultSettings, ...settings, unit: mode, cluster, rules },
  };
  const units: Unit[] = [];
  const result = lint(project, { onPicture: (unit) => void units.push(unit) });
  const [fault] = result.faults;
  if (fault !== undefined) throw new Error(`${fault.path} ${fault.message}`);
  return { ...result, manifests, units };
}
