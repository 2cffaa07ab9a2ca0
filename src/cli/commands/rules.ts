/** The list of rules. */
import { rules as ownRules } from '../../../rules/index.ts';
import { presetOf } from '../../config/presets.ts';
import { table } from '../../report/table.ts';
import type { Command } from '../command.ts';
import { configFlags, pluginFlags, rulesWithPlugins } from '../config.ts';
import { unknownValue, UsageError } from '../usage-error.ts';

const formats = ['table', 'name', 'json'];

export const rules: Command = {
  name: 'rules',
  summary: 'list the rules',
  usage: ['rules [-o table|name|json]', 'rules --allow-plugins | --plugin PATH'],
  flags: ['output', ...pluginFlags, ...configFlags],
  formats,
  examples: [
    ['kubeplumb rules', 'every rule with what it finds'],
    ['kubeplumb explain service-selects-nothing', 'all about one of them'],
  ],
  async run(line, io) {
    const format = line.value('output') ?? 'table';
    if (!formats.includes(format))
      throw new UsageError(unknownValue('format', format, formats), 'rules');
    if (line.positionals.length > 0)
      throw new UsageError(
        'rules takes no argument; one rule is explained by: kubeplumb explain ' +
          `${line.positionals[0]}`,
        'rules',
      );
    const metas = (await rulesWithPlugins(ownRules, line, io)).map(({ meta }) => ({
      ...meta,
      preset: presetOf(meta),
    }));
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
