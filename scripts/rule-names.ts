/**
 * Whether everything that goes by a rule's name goes by that of its file: what does not, after a
 * rule was renamed or removed by hand. It is told from the texts, for rules that are misnamed
 * cannot be loaded.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './generated-file.ts';
import { exportName, type RuleFile, ruleFiles } from './rule-index.ts';

/** Tests in test/rules that are of no single rule. */
export const testsOfAllRules = ['fixtures', 'meta', 'new-rule', 'pages'];

/** The ids that have a page, a test or fixtures, with where these are. */
function named(): { readonly path: string; readonly id: string }[] {
  const ids = (folder: string, ending: string, others: readonly string[] = []) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith(ending))
      .map((name) => ({
        path: `${folder}/${name}`,
        id: name.slice(0, name.length - ending.length),
      }))
      .filter(({ id }) => !others.includes(id));
  return [
    ...ids('docs/rules', '.md', ['README']),
    ...ids('fixtures/bad', ''),
    ...ids('test/rules', '.test.ts', testsOfAllRules),
  ];
}

/** One sentence for each name that does not fit, with what to do about it. */
export function misnamed(): string[] {
  const files = ruleFiles();
  const known = new Set(files.map(({ id }) => id));
  return [
    ...files.flatMap(misnamedInside),
    ...named()
      .filter(({ id }) => !known.has(id))
      .map(({ path }) => `${path} belongs to no rule: rename it after its rule, or remove it`),
    ...files
      .filter(({ id }) => !existsSync(join(root, `docs/rules/${id}.md`)))
      .map(({ id }) => `rule ${id} has no page: write docs/rules/${id}.md, or rename one to it`),
  ];
}

function misnamedInside({ category, id }: RuleFile): string[] {
  const path = `rules/${category}/${id}.ts`;
  const text = readFileSync(join(root, path), 'utf8');
  const wanted = [
    `export const ${exportName(id)} = defineRule(`,
    `id: '${id}',`,
    `category: '${category}',`,
  ];
  return wanted
    .filter((part) => !text.includes(part))
    .map((part) => `${path} has no "${part}": a rule is named after its file`);
}
