/** The list of rules. */
import { rules as ownRules } from '../../../rules/index.ts';
import { isInPreset, presetOf } from '../../config/presets.ts';
import type { RuleMeta } from '../../lint/rule.ts';
import { table } from '../../report/table.ts';
import type { Command } from '../command.ts';
import { askedPresets, configFlags, pluginFlags, rulesWithPlugins } from '../config.ts';
import { unknownValue, UsageError } from '../usage-error.ts';

const formats = ['table', 'name', 'json'];

export const rules: Command = {
  name: 'rules',
  summary: 'list the rules',
  usage: ['rules [--preset NAME] [-o table|name|json]', 'rules --allow-plugins | --plugin PATH'],
  flags: ['output', 'preset', ...pluginFlags, ...configFlags],
  flagHelp: { preset: 'list the rules of this preset: NAME or NAME,NAME; repeatable' },
  formats,
  examples: [
    ['kubeplumb rules', 'every rule with what it finds'],
    ['kubeplumb rules --preset security', 'those of one preset'],
    ['kubeplumb explain service-selects-nothing', 'all about one of them'],
  ],
  async run(line, io) {
    const format = line.value('output') ?? 'table';
    if (!formats.includes(format))
      throw new UsageError(unknownValue('format', format, formats), 'rules');
    if (line.positionals.length > 0)
      throw new UsageError(
        `rules takes no argument: kubeplumb explain RULE tells all about one, and ` +
          '--preset NAME lists those of a preset',
        'rules',
      );
    const { extends: asked = ['all'] } = askedPresets(line);
    const metas = (await rulesWithPlugins(ownRules, line, io))
      .filter(({ meta }) => asked.some((preset) => isInPreset(meta, preset)))
      .map(({ meta }) => ({ ...told(meta), preset: presetOf(meta) }));
    if (format === 'json') io.stdout.write(`${JSON.stringify(metas, null, 2)}\n`);
    else if (format === 'name') io.stdout.write(metas.map(({ id }) => `${id}\n`).join(''));
    else {
      const rows = metas.map(({ id, category, preset, severity, fixable, summary }) => [
        id,
        category,
        preset,
        severity,
        fixable ? 'yes' : '',
        summary,
      ]);
      const heads = ['RULE', 'CATEGORY', 'PRESET', 'SEVERITY', 'FIX', 'FINDS'];
      io.stdout.write(table(heads, rows, io.stdout.columns));
    }
    return 0;
  },
};

/** Field by field: in the bundle most are read when somebody asks for them. */
function told(meta: RuleMeta): RuleMeta {
  const { id, url, category, severity, since, scope, kinds, title, summary, why } = meta;
  return {
    id,
    ...(url !== undefined && { url }),
    category,
    severity,
    since,
    scope,
    kinds,
    title,
    summary,
    why,
    fixable: meta.fixable,
    ...(meta.options && { options: meta.options }),
  };
}
