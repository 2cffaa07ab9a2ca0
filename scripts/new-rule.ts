/**
 * npm run new-rule -- <category> <id>
 *
 * Writes everything that a rule consists of: the rule, its page, two bad fixtures, an ok fixture
 * and a test, and lists it in rules/index.ts. What it writes works from the first minute and finds
 * a stand-in; the tests then say where there is still something to fill in.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { categories, type Category } from '../src/lint/rule.ts';
import { nearestName } from '../src/text/nearest-name.ts';
import { isStale, madeFromRules } from './generate.ts';
import { type GeneratedFile, root } from './generated-file.ts';
import { newRuleFiles } from './new-rule-files.ts';
import { ruleFiles, ruleIndex } from './rule-index.ts';

/** A rule is named after the bad thing, so that "ignore <id>" reads well. */
const misleading = /^(no|not|check|require|ensure|disallow|forbid|valid|validate)-/;

/** What was asked for, or what is wrong with it. */
export function parseArguments(
  args: readonly string[],
): { category: Category; id: string } | string {
  const [wanted, id, more] = args;
  if (wanted === undefined || id === undefined || more !== undefined)
    return `usage: npm run new-rule -- <category> <id>\ncategories: ${categories.join(', ')}`;
  const category = categories.find((known) => known === wanted);
  if (category === undefined) {
    const near = nearestName(wanted, categories);
    return (
      `"${wanted}" is not a category; ` +
      `${near === undefined ? `known: ${categories.join(', ')}` : `did you mean "${near}"?`}`
    );
  }
  if (!/^[a-z]+(-[a-z]+)+$/.test(id))
    return (
      `"${id}" is not a rule id: write at least two words of lower-case letters, joined by ` +
      'hyphens, such as target-port-unresolved'
    );
  if (misleading.test(id))
    return (
      `"${id}" says what is right; name the bad thing instead, such as ` +
      `${id.replace(misleading, '')}`
    );
  const existing = ruleFiles().find((rule) => rule.id === id);
  if (existing !== undefined)
    return `there is a rule ${id} already: rules/${existing.category}/${id}.ts`;
  return { category, id };
}

async function main(args: readonly string[]): Promise<void> {
  const parsed = parseArguments(args);
  if (typeof parsed === 'string') {
    console.error(parsed);
    process.exitCode = 2;
    return;
  }
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  const files = newRuleFiles(parsed.category, parsed.id, version);
  for (const { path } of files)
    if (existsSync(join(root, path))) throw new Error(`${path} exists already`);
  for (const file of files) write(file);
  write(ruleIndex());
  for (const file of await madeFromRules()) if (isStale(file)) write(file);
  console.log(
    `wrote\n${files.map(({ path }) => `  ${path}\n`).join('')}and listed ${parsed.id} in ` +
      `rules/index.ts.\n`,
  );
  console.log(
    [
      `Next: npx vitest run test/rules/${parsed.id}.test.ts test/rules/fixtures.test.ts ` +
        `-t ${parsed.id}`,
      'Both pass; test/rules/meta.test.ts asks for what is marked TODO.',
      'When you have changed the rule or its page: npm run generate && npm run format && ' +
        'npm run bundle',
    ].join('\n'),
  );
}

function write({ path, text }: GeneratedFile): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

if (process.argv[1] === import.meta.filename) await main(process.argv.slice(2));
