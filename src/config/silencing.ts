/**
 * What a configuration keeps from being reported that another one did not: a change that brings a
 * fault may bring what silences it, too.
 */
import { selectorText } from './rule-settings.ts';
import type { Config, RuleSetting } from './schema.ts';

/** Sentences without a subject: `turns off target-port-undeclared`. */
export function silencedBy(base: Config, head: Config): string[] {
  return [
    ...added(rulesOff(base.rules), rulesOff(head.rules)).map((rule) => `turns off ${rule}`),
    ...added(overrides(base), overrides(head)).map((text) => `turns off ${text}`),
    ...added(base.ignorePaths ?? [], head.ignorePaths ?? []).map((path) => `ignores ${path}`),
    ...(base.baseline !== head.baseline && head.baseline !== undefined
      ? [`takes the findings of ${head.baseline} as known`]
      : []),
  ];
}

function added(before: readonly string[], now: readonly string[]): string[] {
  const known = new Set(before);
  return now.filter((one) => !known.has(one));
}

function rulesOff(rules: Readonly<Record<string, RuleSetting>> = {}): string[] {
  return Object.entries(rules).flatMap(([rule, setting]) => (isOff(setting) ? [rule] : []));
}

function isOff(setting: RuleSetting): boolean {
  return (typeof setting === 'object' ? setting.severity : setting) === 'off';
}

/** `port-name-missing for files examples/**`: each rule that an override turns off, and where. */
function overrides({ overrides: all = [] }: Config): string[] {
  return all.flatMap(({ rules, ...where }) =>
    rulesOff(rules as Readonly<Record<string, RuleSetting>>).map(
      (rule) => `${rule === '*' ? 'every rule' : rule} for ${selectorText(where)}`,
    ),
  );
}
