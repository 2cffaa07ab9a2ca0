/** What a run of `lint` says besides its findings: settings and inputs that may not be meant so. */
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { LintResult } from '../lint/diagnostic.ts';
import type { Subject } from '../lint/settings.ts';
import { testDataHint } from '../report/test-data-hint.ts';
import type { LoadedConfig } from './config.ts';
import type { CommandLine } from './flags.ts';
import { idlePlugins, idleSettings, otherConfigs } from './idle-settings.ts';
import type { ReadProject } from './inputs.ts';
import type { Io } from './io.ts';
import type { LintScope } from './lint-scope.ts';

interface Ran {
  readonly project: ReadProject;
  readonly result: LintResult;
  readonly scope: LintScope;
  /** Inputs as the user typed them. */
  readonly named: readonly string[];
  readonly config: LoadedConfig;
  /** All objects, as the units have them. */
  readonly subjects: readonly Subject[];
  /** What `ignorePaths` left out. */
  readonly leftOut: ReadonlySet<string>;
}

export function lintHints(ran: Ran, line: CommandLine, io: Io): readonly string[] {
  return [
    ...testDataHints(ran, io),
    ...(line.has('rule') || line.has('disable') ? [] : idlePlugins(ran.config)),
    ...idleHints(ran, line, io),
  ];
}

function testDataHints({ result, scope, named, config }: Ran, { cwd }: Io): readonly string[] {
  const hint = testDataHint(
    result.diagnostics.filter(({ testData }) => testData === undefined),
    scope.isShown === undefined ? shownRoots(named, cwd) : [],
    config.file !== undefined,
  );
  return hint === undefined ? [] : [hint];
}

/** What is left out on purpose, and templates of charts, may be what a setting is for. */
function idleHints(
  { project, scope: { isShown }, named, config, subjects, leftOut }: Ran,
  line: CommandLine,
  { cwd }: Io,
): readonly string[] {
  const { manifests, inputs, settings } = project;
  const isOwn = !line.has('config') && !line.has('no-config') && isShown === undefined;
  const others = isOwn ? otherConfigs(config, inputs.configs ?? [], cwd) : [];
  const isPart = line.has('exclude') || settings.shard !== undefined || isShown !== undefined;
  if (isPart || inputs.charts.length + inputs.problems.length > 0) return others;
  const files = manifests.map(({ file }) => file.path);
  return [...others, ...idleSettings(config, named, { files, subjects, leftOut }, cwd)];
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
