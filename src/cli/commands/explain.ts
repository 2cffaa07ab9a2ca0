/** A rule's own page, or what the rule says of itself where no page is at hand. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rules as ownRules } from '../../../rules/index.ts';
import type { RuleMeta } from '../../lint/rule.ts';
import { rulePage } from '../../lint/rule.ts';
import { markdown } from '../../report/markdown.ts';
import { harmless } from '../../report/safe-text.ts';
import { stdoutStyle } from '../color.ts';
import type { Command } from '../command.ts';
import { configFlags, pluginFlags, rulesWithPlugins } from '../config.ts';
import { unknownRule, UsageError } from '../usage-error.ts';

export const explain: Command = {
  name: 'explain',
  summary: 'explain a rule: what it finds, why it matters, how to fix it',
  usage: ['explain RULE'],
  words: ownRules.map(({ meta }) => meta.id),
  flags: [...pluginFlags, ...configFlags],
  examples: [['kubeplumb explain target-port-name-unresolved', 'the page of that rule']],
  async run(line, io) {
    const allRules = await rulesWithPlugins(ownRules, line, io);
    const ids = allRules.map(({ meta }) => meta.id);
    const [id, more] = line.positionals;
    if (id === undefined || more !== undefined)
      throw new UsageError('explain takes one rule; kubeplumb rules lists them', 'explain');
    const rule = allRules.find(({ meta }) => meta.id === id);
    if (rule === undefined)
      throw new UsageError(
        id.includes('/') && !ids.some((one) => one.startsWith(id.slice(0, id.indexOf('/') + 1)))
          ? `rule "${id}" is of a plugin that is not loaded; --allow-plugins or --plugin ` +
              'PATH loads it'
          : unknownRule(id, ids),
        'explain',
      );
    const style = stdoutStyle(line, io);
    io.stdout.write(
      harmless(
        markdown(page(id) ?? pageFrom(rule.meta), {
          style,
          width: Math.min(io.stdout.columns ?? 100, 100),
        }),
      ),
    );
    return 0;
  },
};

/** Looks upwards from this file, for it may lie in src/ or in dist/. */
function page(id: string): string | undefined {
  for (let directory = dirname(fileURLToPath(import.meta.url)); ; directory = dirname(directory)) {
    try {
      return readFileSync(join(directory, 'docs', 'rules', `${id}.md`), 'utf8');
    } catch {
      if (dirname(directory) === directory) return undefined;
    }
  }
}

function pageFrom(meta: RuleMeta): string {
  const { id, summary, severity, category, kinds, since, why, options = {} } = meta;
  const url = rulePage(meta);
  const facts = [
    `severity ${severity}`,
    `category ${category}`,
    ...(kinds.length > 0 ? [`kinds ${kinds.join(', ')}`] : []),
    `since ${since}`,
  ];
  const settable = Object.entries(options).map(
    ([name, schema]) =>
      `- \`${name}\`: ${schema.description}; default \`${JSON.stringify(schema.default)}\``,
  );
  const section =
    `${settable.length === 0 ? '' : `\n## Options\n\n${settable.join('\n')}\n`}` +
    `${url === undefined ? '' : `\n${url}\n`}`;
  return (
    `# ${id}\n\n${summary}\n\n${facts.map((fact) => `- ${fact}`).join('\n')}\n\n## Why it ` +
    `matters\n\n${why}\n${section}`
  );
}
