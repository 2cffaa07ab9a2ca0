/** The configuration in force: every setting, its value, and where that comes from. */
import type { Json } from '../kubernetes/json.ts';
import type { RuleMeta } from '../lint/rule.ts';
import { withDefaultOptions } from '../lint/settings.ts';
import { childOf, entryOf } from '../manifest/node.ts';
import { isInPreset } from './presets.ts';
import type { ConfigFile } from './read.ts';
import { baseSeverity, presetsOf, ruleOptions } from './rule-settings.ts';
import { type Config, type ConfigKey, configKeys, configProperties } from './schema.ts';

export interface EffectiveSetting {
  readonly key: string;
  readonly value: Json;
  /** `default`, `kubeplumb.yaml:3`, `--namespace`, `recommended: error`. */
  readonly origin: string;
}

export interface EffectiveConfig {
  /**
   * All but `rules`, in the order of the documentation; what is neither set nor has a default is
   * left out.
   */
  readonly settings: readonly EffectiveSetting[];
  /** By rule: its severity, then its options. */
  readonly rules: readonly {
    readonly id: string;
    readonly settings: readonly EffectiveSetting[];
  }[];
}

/** What the command line says, and by which flag. */
export type FlagValues = Readonly<
  Partial<Record<ConfigKey, { readonly value: Json; readonly flag: string }>>
>;

/** `named`: rules that the command line picked; then no other one runs. */
export function effectiveConfig(
  file: ConfigFile | undefined,
  rules: readonly { readonly meta: RuleMeta }[],
  flags: FlagValues,
  named: ReadonlySet<string> = new Set(),
): EffectiveConfig {
  const config = {
    ...file?.config,
    ...(flags.extends && { extends: flags.extends.value }),
  } as Config;
  const settings: EffectiveSetting[] = [];
  for (const key of configKeys) {
    if (key === 'rules') continue;
    const flag = flags[key];
    const written = config[key];
    const fallback = configProperties[key].default;
    if (flag !== undefined) settings.push({ key, value: flag.value, origin: flag.flag });
    else if (written !== undefined)
      settings.push({ key, value: written as Json, origin: placeOf(file, [key]) });
    else if (fallback !== undefined)
      settings.push({ key, value: fallback as Json, origin: 'default' });
  }
  return {
    settings,
    rules: rules.map(({ meta }) => ({
      id: meta.id,
      settings: ruleLines(file, config, meta, named),
    })),
  };
}

function ruleLines(
  file: ConfigFile | undefined,
  config: Config,
  meta: RuleMeta,
  named: ReadonlySet<string>,
): EffectiveSetting[] {
  const written = file === undefined ? undefined : childOf(childOf(file.root, 'rules'), meta.id);
  const path = ['rules', meta.id, ...(written?.type === 'map' ? ['severity'] : [])];
  const isSet =
    written !== undefined && (written.type !== 'map' || entryOf(written, 'severity') !== undefined);
  const base = baseSeverity(config, meta);
  const severity: EffectiveSetting =
    named.size > 0
      ? named.has(meta.id)
        ? {
            key: 'severity',
            value: base === 'off' ? 'on' : base,
            origin: `--rule: ${meta.severity}`,
          }
        : { key: 'severity', value: 'off', origin: '--rule' }
      : {
          key: 'severity',
          value: base,
          origin: isSet ? placeOf(file, path) : presetOrigin(config, meta),
        };
  const options = Object.entries(withDefaultOptions(meta, ruleOptions(config, meta))).map(
    ([key, value]): EffectiveSetting => {
      const isWritten = entryOf(written, key) !== undefined;
      return {
        key,
        value: value as Json,
        origin: isWritten ? placeOf(file, ['rules', meta.id, key]) : 'default',
      };
    },
  );
  return [severity, ...options];
}

/** Which preset turns it on, and what it weighs then. */
function presetOrigin(config: Config, meta: RuleMeta): string {
  const preset = presetsOf(config).find((name) => isInPreset(meta, name));
  return preset === undefined
    ? `not in ${presetsOf(config).join(', ')}`
    : `${preset}: ${meta.severity}`;
}

/** `kubeplumb.yaml:3` */
function placeOf(file: ConfigFile | undefined, path: readonly string[]): string {
  if (file === undefined) return 'default';
  let at = entryOf(file.root, path[0] ?? '');
  for (const key of path.slice(1)) at = entryOf(at?.value, key) ?? at;
  return `${file.file.path}:${file.file.position(at?.keyRange[0] ?? 0).line}`;
}
