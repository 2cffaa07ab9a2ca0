/** Which rules are on before anybody says anything about one. */
import type { Category, RuleMeta } from '../lint/rule.ts';

export const presets = ['recommended', 'resilience', 'security', 'all', 'none'] as const;
export type Preset = (typeof presets)[number];

/** Categories that one asks for: they judge how well something is done, not whether it works. */
const optIn: ReadonlySet<Category> = new Set(['resilience', 'security']);

/** The preset that a rule comes with; `all` has every one. */
export function presetOf(meta: Pick<RuleMeta, 'category'>): Preset {
  return presets.find((preset) => isInPreset(meta, preset)) ?? 'all';
}

export function isInPreset({ category }: Pick<RuleMeta, 'category'>, preset: Preset): boolean {
  if (preset === 'all') return true;
  if (preset === 'recommended') return !optIn.has(category);
  return category === preset;
}
