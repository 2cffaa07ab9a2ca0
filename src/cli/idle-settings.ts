/** Entries of a configuration that nothing has to do with: what they name is probably misspelt. */
import { dirname, relative, resolve, sep } from 'node:path';
import { presetOf } from '../config/presets.ts';
import {
  chooses,
  listOf,
  type ObjectSelector,
  pathMatcher as overrideMatcher,
  selectorText,
} from '../config/rule-settings.ts';
import { GitIgnore } from '../files/gitignore.ts';
import { isAtOrBelow } from '../files/top.ts';
import { asJsonObject } from '../kubernetes/json.ts';
import type { Rule } from '../lint/rule.ts';
import type { Subject } from '../lint/settings.ts';
import { isPlaceholder } from '../manifest/placeholder.ts';
import { groupBy } from '../multimap.ts';
import { getOwn } from '../own.ts';
import { pathMatcher } from '../units/paths.ts';
import type { Unit } from '../units/unit.ts';
import type { LoadedConfig } from './config.ts';
import { didYouMean } from './usage-error.ts';

/**
 * Only a run that reads all that the configuration is for can tell.
 *
 * @param inputs as the user typed them
 * @param files as their paths are shown
 * @param subjects all objects, as the units have them
 */
export function idleSettings(
  loaded: LoadedConfig,
  inputs: readonly string[],
  files: readonly string[],
  subjects: readonly Subject[],
  cwd: string,
): readonly string[] {
  const { file: configuration, units } = loaded;
  if (configuration === undefined) return [];
  const { path: shown } = configuration.file;
  const directory = resolve(cwd, dirname(shown));
  const isWhole = inputs.some((input) => isAtOrBelow(directory, resolve(cwd, input)));
  if (!isWhole) return [];
  const { ignorePaths = [], overrides = [], units: written = [] } = configuration.config;
  const within = (path: string): string =>
    relative(directory, resolve(cwd, path)).split(sep).join('/');
  const inside = files.map(within);
  const idle = idlePatterns(ignorePaths, loaded, directory).map(
    ([index, pattern]) => `ignorePaths[${index}] in ${shown} leaves out nothing: ${pattern}`,
  );
  for (const [index, { files: patterns, rules: _, ...selector }] of overrides.entries()) {
    const place = `overrides[${index}]`;
    if (patterns !== undefined && !inside.some(overrideMatcher(listOf(patterns))))
      idle.push(`${place}.files in ${shown} fits no file: ${listOf(patterns).join(', ')}`);
    else {
      const where = patterns === undefined ? selector : { ...selector, files: patterns };
      const [key, what] = fitsNothing(where, subjects, within) ?? [];
      if (key !== undefined) idle.push(`${place}${key} in ${shown} fits no object: ${what}`);
    }
  }
  for (const [index, { paths }] of units.entries()) {
    const matchers = paths.map(pathMatcher);
    if (files.some((path) => matchers.some((matches) => matches(path)))) continue;
    const patterns = written[index]?.paths ?? paths;
    idle.push(`units[${index}].paths in ${shown} fits no file: ${patterns.join(', ')}`);
  }
  return idle;
}

/** Configurations below the one in force: who wrote them may think that they count. */
export function otherConfigs(
  { file }: LoadedConfig,
  found: readonly string[],
  cwd: string,
): readonly string[] {
  // An argument that is absolute has another name for it.
  const own = file && resolve(cwd, file.file.path);
  const [first, ...others] = found.filter((path) => resolve(cwd, path) !== own);
  if (first === undefined) return [];
  const many = others.length === 0 ? ' does' : ` and ${others.length} more do`;
  const one = file === undefined ? 'the nearest at or above all that is named' : file.file.path;
  return [`${first}${many} not count here: a run has one configuration, ${one}`];
}

/** Plugins that were loaded for nothing: their rules are in a preset that nobody asked for. */
export function idlePlugins({ file, allRules, severities }: LoadedConfig): readonly string[] {
  const pluginOf = ({ meta: { id } }: Rule): string => id.slice(0, Math.max(0, id.indexOf('/')));
  return [...groupBy(allRules, pluginOf)].flatMap(([plugin, rules]) => {
    const isIdle = rules.every(
      ({ meta }) =>
        !severities.runs(meta) && getOwn(file?.config.rules ?? {}, meta.id) === undefined,
    );
    const [first] = rules;
    if (plugin === '' || first === undefined || !isIdle) return [];
    return [
      `no rule of plugin ${plugin} runs: ${first.meta.id} is in the preset ${presetOf(first.meta)}`,
    ];
  });
}

/** What overrides choose by. */
export function subjectsOf({ objects, documents }: Unit, namespace: string): Subject[] {
  const ofObjects = objects.map((object): Subject => ({
    path: object.document.file.path,
    kind: object.kind,
    namespace: object.namespace ?? namespace,
    name: object.name,
    labels: asJsonObject(asJsonObject(object.value['metadata'])?.['labels']) ?? {},
  }));
  // Of what was not read in full, everything may be.
  const others = documents.filter(({ state }) => /^(?:skipped|template|broken)$/.test(state));
  return [
    ...ofObjects,
    ...others.map(({ file, kind }): Subject => ({
      path: file.path,
      kind: kind ?? unknown,
      namespace: unknown,
      name: unknown,
      labels: {},
    })),
  ];
}

/** A placeholder. */
const unknown = '$(UNKNOWN)';

/** Those that have left out nothing, but for what is never read anyway. */
function idlePatterns(
  patterns: readonly string[],
  { leftOut }: LoadedConfig,
  directory: string,
): (readonly [number, string])[] {
  const left = [...(leftOut ?? [])];
  return [...patterns.entries()].filter(([, pattern]) => {
    if (/^(?:[!#]|$)|(?:^|\/)(?:\.git|node_modules)(?:\/|$)/.test(pattern)) return false;
    const path = resolve(directory, pattern.replace(/^\/+/, ''));
    if (GitIgnore.within(directory).ignores(path, true)) return false;
    return !left.some(overrideMatcher([pattern]));
  });
}

/** The key of the selector, and what it holds; without a key where only all of them fit nothing. */
function fitsNothing(
  where: ObjectSelector,
  subjects: readonly Subject[],
  within: (path: string) => string,
): readonly [string, string] | undefined {
  const fits = (one: ObjectSelector): boolean => {
    const isChosen = chooses(one, within);
    return subjects.some((subject) => isUncertain(subject, one) || isChosen(subject));
  };
  const keys = (['kinds', 'namespaces', 'names', 'labels'] as const).filter(
    (key) => where[key] !== undefined,
  );
  if (keys.length === 0) return undefined;
  for (const key of keys) {
    if (fits({ [key]: where[key] })) continue;
    const text = selectorText({ [key]: where[key] }).slice(key.length + 1);
    const field = (['kind', 'namespace', 'name'] as const).find((one) => `${one}s` === key);
    const known = field === undefined ? [] : subjects.map((subject) => subject[field] ?? '');
    return [`.${key}`, `${text}${didYouMean(text, new Set(known))}`];
  }
  return fits(where) ? undefined : ['', selectorText(where)];
}

/** Whether something is filled in later that the selector asks for. */
function isUncertain({ kind, namespace, name, labels }: Subject, asked: ObjectSelector): boolean {
  return (
    (asked.kinds !== undefined && isPlaceholder(kind)) ||
    (asked.namespaces !== undefined && isPlaceholder(namespace)) ||
    (asked.names !== undefined && (name === '' || isPlaceholder(name))) ||
    (asked.labels !== undefined &&
      (name === unknown || Object.entries(labels).flat().some(isPlaceholder)))
  );
}
