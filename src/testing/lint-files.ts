/** Lints texts as the command line would lint files with these names. */
import type { ClusterOptions } from '../cluster/options.ts';
import { defaultClusterOptions } from '../cluster/options.ts';
import type { LintResult } from '../lint/diagnostic.ts';
import { type LintSettings, lintUnits } from '../lint/lint.ts';
import type { Rule } from '../lint/rule.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { readManifest } from '../manifest/read.ts';
import { SourceFile } from '../manifest/source.ts';
import type { Unit, UnitMode } from '../units/unit.ts';
import { findKustomizations } from '../units/kustomization.ts';
import { absentPaths } from '../units/kustomize/absent-paths.ts';
import { groupUnits } from '../units/units.ts';

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
  const manifests = Object.entries(files).map(([path, text]) =>
    readManifest(new SourceFile(path, text)),
  );
  const paths = Object.keys(files);
  const below = (path: string): string[] =>
    paths.filter((known) => path === '.' || known.startsWith(`${path}/`));
  const absent = absentPaths(findKustomizations(manifests).values(), {
    look: (path) =>
      paths.includes(path)
        ? 'file'
        : below(path).length > 0
          ? 'directory'
          : /^(\.\.|\/)/.test(path)
            ? 'unknown'
            : 'nothing',
    names: (path) => [
      ...new Set(
        below(path).map(
          (known) => (path === '.' ? known : known.slice(path.length + 1)).split('/')[0] ?? '',
        ),
      ),
    ],
  });
  const units = groupUnits(manifests, { mode, explicitFiles: false, absent });
  return {
    ...lintUnits(manifests, units, rules, { ...defaultClusterOptions, ...options }, settings),
    manifests,
    units,
  };
}
