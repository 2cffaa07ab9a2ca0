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
import { nearestIn } from '../text/name-index.ts';
import { pathMatcher } from '../units/paths.ts';
import type { Unit } from '../units/unit.ts';
import type { LoadedConfig } from './config.ts';

/** Nobody reads more, and each takes a search for what was meant. */
const mostTold = 20;

/** An entry of the configuration, what is wrong with it, and what it holds. */
type Idle = readonly [entry: string, fault: string, contents: string];

/** What a run met that settings may be for. */
interface Seen {
  /** As their paths are shown. */
  readonly files: readonly string[];
  /** All objects, as the units have them. */
  readonly subjects: readonly Subject[];
  /** What `ignorePaths` left out: absolute paths, those of directories with a slash behind. */
  readonly leftOut: ReadonlySet<string>;
}

/** The same configuration, which puts down what its `ignorePaths` leave out when it is asked. */
export function withRecord(loaded: LoadedConfig): {
  readonly config: LoadedConfig;
  readonly leftOut: Seen['leftOut'];
} {
  const { file, assumedPaths, baseline } = loaded;
  // These are not judged whatever patterns say.
  const apart = new Set([...assumedPaths, baseline]);
  const leftOut = new Set<string>();
  const isIgnored: LoadedConfig['isIgnored'] = (path, isDirectory) => {
    const ignored = loaded.isIgnored(path, isDirectory);
    if (ignored && !apart.has(path)) leftOut.add(`${path}${isDirectory ? '/' : ''}`);
    return ignored;
  };
  return { config: file === undefined ? loaded : { ...loaded, isIgnored }, leftOut };
}

/**
 * Only a run that reads all that the configuration is for can tell.
 *
 * @param inputs as the user typed them
 */
export function idleSettings(
  loaded: LoadedConfig,
  inputs: readonly string[],
  seen: Seen,
  cwd: string,
): readonly string[] {
  if (loaded.file === undefined) return [];
  const { path: shown } = loaded.file.file;
  const directory = resolve(cwd, dirname(shown));
  const isWhole = inputs.some((input) => isAtOrBelow(directory, resolve(cwd, input)));
  if (!isWhole) return [];
  const told: string[] = [];
  const within = (path: string): string =>
    relative(directory, resolve(cwd, path)).split(sep).join('/');
  for (const [entry, fault, contents] of idleEntries(loaded, seen, directory, within)) {
    if (told.length === mostTold) return [...told, `${shown} has more entries of this kind`];
    told.push(`${entry} in ${shown} ${fault}: ${contents}`);
  }
  return told;
}

function* idleEntries(
  loaded: LoadedConfig,
  { files, subjects, leftOut }: Seen,
  directory: string,
  within: (path: string) => string,
): Generator<Idle> {
  const left = [...leftOut].map((path) => `${within(path)}${path.endsWith('/') ? '/' : ''}`);
  const { ignorePaths = [], overrides = [], units = [] } = loaded.file?.config ?? {};
  for (const [index, pattern] of idlePatterns(ignorePaths, left, directory))
    yield [`ignorePaths[${index}]`, 'leaves out nothing', pattern];
  const inside = files.map(within);
  const all = choosable(subjects);
  for (const [index, { files: patterns, rules: _, ...selector }] of overrides.entries()) {
    const entry = `overrides[${index}]`;
    if (patterns !== undefined && !inside.some(overrideMatcher(listOf(patterns))))
      yield [`${entry}.files`, 'fits no file', listOf(patterns).join(', ')];
    else {
      const where = patterns === undefined ? selector : { ...selector, files: patterns };
      const [key, what = ''] = fitsNothing(where, all, within) ?? [];
      if (key !== undefined) yield [`${entry}${key}`, 'fits no object', what];
    }
  }
  for (const [index, { paths }] of loaded.units.entries()) {
    const matchers = paths.map(pathMatcher);
    if (files.some((path) => matchers.some((matches) => matches(path)))) continue;
    yield [`units[${index}].paths`, 'fits no file', (units[index]?.paths ?? paths).join(', ')];
  }
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
function* idlePatterns(
  patterns: readonly string[],
  leftOut: readonly string[],
  directory: string,
): Generator<readonly [index: number, pattern: string]> {
  const ignored = GitIgnore.within(directory);
  for (const [index, pattern] of patterns.entries()) {
    if (/^(?:[!#]|$)|(?:^|\/)(?:\.git|node_modules)(?:\/|$)/.test(pattern)) continue;
    const path = resolve(directory, pattern.replace(/^\/+/, ''));
    if (!ignored.ignores(path, true) && !leftOut.some(overrideMatcher([pattern])))
      yield [index, pattern];
  }
}

const fields = { kinds: 'kind', namespaces: 'namespace', names: 'name' } as const;
const keysOfObjects = ['kinds', 'namespaces', 'names', 'labels'] as const;
type Key = (typeof keysOfObjects)[number];

/** All that overrides may choose: there may be many of both, so that one look at it is for all. */
interface Choosable {
  readonly subjects: readonly Subject[];
  /** Where a placeholder stands in one of them, which may become whatever is asked for. */
  readonly uncertain: ReadonlySet<Key>;
  readonly known: Readonly<Record<keyof typeof fields, readonly string[]>>;
}

function choosable(subjects: readonly Subject[]): Choosable {
  const known = (key: keyof typeof fields): string[] => [
    ...new Set(subjects.flatMap((subject) => subject[fields[key]] || [])),
  ];
  return {
    subjects,
    uncertain: new Set(keysOfObjects.filter((key) => subjects.some((one) => isOpen(one, key)))),
    known: { kinds: known('kinds'), namespaces: known('namespaces'), names: known('names') },
  };
}

/** Whether what a key asks for is filled in later. */
function isOpen(subject: Subject, key: Key): boolean {
  if (key === 'labels')
    return subject.name === unknown || Object.entries(subject.labels).flat().some(isPlaceholder);
  const value = subject[fields[key]];
  return isPlaceholder(value) || (key === 'names' && value === '');
}

/** The key of the selector, and what it holds; without a key where only all of them fit nothing. */
function fitsNothing(
  where: ObjectSelector,
  { subjects, uncertain, known }: Choosable,
  within: (path: string) => string,
): readonly [string, string] | undefined {
  const keys = keysOfObjects.filter((key) => where[key] !== undefined);
  const fits = (asked: readonly Key[], one: ObjectSelector): boolean =>
    asked.some((key) => uncertain.has(key)) || subjects.some(chooses(one, within));
  if (keys.length === 0) return undefined;
  for (const key of keys) {
    if (fits([key], { [key]: where[key] })) continue;
    const text = selectorText({ [key]: where[key] }).slice(key.length + 1);
    const meant = key === 'labels' ? undefined : nearestIn(text, known[key]);
    return [`.${key}`, `${text}${meant === undefined ? '' : `; did you mean "${meant}"?`}`];
  }
  return fits(keys, where) ? undefined : ['', selectorText(where)];
}
