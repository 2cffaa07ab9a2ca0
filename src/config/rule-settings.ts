/** What a configuration says of the rules. */
import type { Severity } from '../lint/diagnostic.ts';
import type { RuleMeta } from '../lint/rule.ts';
import type { RuleSettings, Subject } from '../lint/settings.ts';
import { getOwn } from '../own.ts';
import { globMatcher } from '../text/glob.ts';
import { pathList } from '../text/path-list.ts';
import { isInPreset, type Preset } from './presets.ts';
import type { Config, SeveritySetting } from './schema.ts';

/**
 * From a path as it is shown to one that starts at the configuration's directory; undefined where
 * it lies elsewhere.
 */
export type Locate = (path: string) => string | undefined;

type Override = NonNullable<Config['overrides']>[number];
/** What an override chooses by. */
export type ObjectSelector = Omit<Override, 'rules'>;
type Choice = (subject: Subject) => boolean;

export function presetsOf({ extends: preset = 'recommended' }: Config): readonly Preset[] {
  return typeof preset === 'string' ? [preset] : preset;
}

/** Of a rule, before overrides. Options alone turn nothing on. */
export function baseSeverity(config: Config, meta: RuleMeta): SeveritySetting {
  const setting = getOwn(config.rules, meta.id);
  const own = typeof setting === 'object' ? setting.severity : setting;
  return own ?? (presetsOf(config).some((preset) => isInPreset(meta, preset)) ? 'on' : 'off');
}

export function ruleOptions(config: Config, { id }: RuleMeta): Readonly<Record<string, unknown>> {
  const setting = getOwn(config.rules, id);
  if (typeof setting !== 'object') return {};
  const { severity: _severity, ...options } = setting;
  return options;
}

/** `named`: rules that run in any case, because somebody asked for these very ones. */
export function ruleSettings(
  config: Config,
  locate: Locate,
  named: ReadonlySet<string> = new Set(),
): RuleSettings {
  const base = (meta: RuleMeta): SeveritySetting => {
    const severity = baseSeverity(config, meta);
    return severity === 'off' && named.has(meta.id) ? 'on' : severity;
  };
  const overrides = (config.overrides ?? []).map((override) => ({
    rules: override.rules,
    applies: chooses(override, locate),
  }));
  return {
    runs: (meta) =>
      base(meta) !== 'off' ||
      overrides.some(({ rules }) => (getOwn(rules, meta.id) ?? 'off') !== 'off'),
    weigh(meta, judged, subject) {
      let setting = base(meta);
      for (const { rules, applies } of overrides) {
        const other = getOwn(rules, meta.id) ?? (setting === 'off' ? undefined : rules['*']);
        if (other !== undefined && applies(subject)) setting = other;
      }
      return weight(setting, judged);
    },
    options: (meta) => ruleOptions(config, meta),
  };
}

function weight(setting: SeveritySetting, judged: Severity): Severity | 'off' {
  return setting === 'on' ? judged : setting;
}

/** Everything that is given must hold, of a list any. */
export function chooses(
  { files, kinds, namespaces, names, labels }: ObjectSelector,
  locate: Locate,
): Choice {
  const choices: Choice[] = [];
  if (files !== undefined) {
    const isChosen = pathMatcher(listOf(files));
    choices.push(({ path }) => isChosen(locate(path)));
  }
  if (kinds !== undefined) {
    const isChosen = anyOf(kinds);
    choices.push(({ kind }) => isChosen(kind));
  }
  if (namespaces !== undefined) {
    const isChosen = anyOf(namespaces);
    choices.push(({ namespace }) => isChosen(namespace));
  }
  if (names !== undefined) {
    const isChosen = anyOf(names);
    choices.push(({ name }) => isChosen(name));
  }
  for (const [key, pattern] of Object.entries(labels ?? {})) {
    const isChosen = anyOf(pattern);
    choices.push((subject) => isChosen(getOwn(subject.labels, key)));
  }
  return (subject) => choices.every((holds) => holds(subject));
}

/** `kinds Service and namespaces a, b`. */
export function selectorText(selector: ObjectSelector): string {
  return Object.entries(selector)
    .map(([key, value]) => `${key} ${listed(value).join(', ')}`)
    .join(' and ');
}

function listed(value: ObjectSelector[keyof ObjectSelector] = []): readonly string[] {
  if (typeof value === 'string' || isList(value)) return listOf(value);
  return Object.entries(value).map(([key, one]) => `${key}=${one}`);
}

function isList(value: object): value is readonly string[] {
  return Array.isArray(value);
}

function anyOf(patterns: string | readonly string[]): (value: unknown) => boolean {
  const matchers = listOf(patterns).map((pattern) => globMatcher(pattern));
  return (value) => typeof value === 'string' && matchers.some((matches) => matches(value));
}

/** Patterns in the order of a .gitignore; a path outside is never matched. */
export function pathMatcher(patterns: readonly string[]): (path: string | undefined) => boolean {
  const isChosen = pathList(patterns.map((pattern) => pattern.replace(/^\.\//, '/')));
  return (path) => path !== undefined && path !== '' && isChosen(path);
}

export function listOf<T extends string>(value: T | readonly T[]): readonly T[] {
  return typeof value === 'string' ? [value] : value;
}
