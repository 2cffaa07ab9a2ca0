/** What a run of `lint` says besides its findings: settings and inputs that may not be meant so. */
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { LintResult } from '../lint/diagnostic.ts';
import type { Subject } from '../lint/settings.ts';
import { testDataHint } from '../report/test-data-hint.ts';
import { idlePlugins, idleSettings, otherConfigs } from './idle-settings.ts';
import type { LintRun } from './lint-run.ts';

/** What the run has met. */
interface Met {
  readonly result: LintResult;
  /** All objects, as the units have them. */
  readonly subjects: readonly Subject[];
  /** What `ignorePaths` left out. */
  readonly leftOut: ReadonlySet<string>;
}

export function lintHints(run: LintRun, { result, ...met }: Met): readonly string[] {
  const { line, config } = run;
  return [
    ...testDataHints(run, result),
    ...(line.has('rule') || line.has('disable') ? [] : idlePlugins(config)),
    ...idleHints(run, met),
  ];
}

function testDataHints({ scope, named, config, io }: LintRun, result: LintResult): string[] {
  const hint = testDataHint(
    result.diagnostics.filter(({ testData }) => testData === undefined),
    scope.isShown === undefined ? shownRoots(named, io.cwd) : [],
    config.file !== undefined,
  );
  return hint === undefined ? [] : [hint];
}

/** What is left out on purpose, and templates of charts, may be what a setting is for. */
function idleHints(
  { project, scope: { isShown }, named, config, line, io: { cwd } }: LintRun,
  met: Omit<Met, 'result'>,
): readonly string[] {
  const { manifests, inputs, settings } = project;
  const isOwn = !line.has('config') && !line.has('no-config') && isShown === undefined;
  const others = isOwn ? otherConfigs(config, inputs.configs ?? [], cwd) : [];
  const isPart = line.has('exclude') || settings.shard !== undefined || isShown !== undefined;
  if (isPart || inputs.charts.length + inputs.problems.length > 0) return others;
  const files = manifests.map(({ file }) => file.path);
  return [...others, ...idleSettings(config, named, { files, ...met }, cwd)];
}

/** Inputs as the paths of what they hold are shown. */
function shownRoots(paths: readonly string[], cwd: string): string[] {
  return paths
    .filter((path) => path !== '-')
    .map((path) => {
      const inside = relative(cwd, resolve(cwd, path)) || '.';
      return (inside.startsWith('..') && isAbsolute(path) ? resolve(path) : inside)
        .split(sep)
        .join('/');
    });
}
