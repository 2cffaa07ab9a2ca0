/**
 * rules/index.ts: one import and one entry for every file below rules/, by category and then by id.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { categories, type Category } from '../src/lint/rule.ts';
import { type GeneratedFile, root } from './generated-file.ts';

export interface RuleFile {
  readonly category: Category;
  readonly id: string;
}

/** @throws Error for a folder that is not a category. */
export function ruleFiles(): RuleFile[] {
  const folders = readdirSync(join(root, 'rules'), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  for (const { name } of folders)
    if (!categories.some((category) => category === name))
      throw new Error(`rules/${name} is not a category; known: ${categories.join(', ')}`);
  const present = categories.filter((category) => folders.some(({ name }) => name === category));
  return present.flatMap((category) => {
    const names = readdirSync(join(root, 'rules', category)).filter((name) => name.endsWith('.ts'));
    return names.sort().map((name) => ({ category, id: name.slice(0, -'.ts'.length) }));
  });
}

/** `service-selects-nothing` is exported as `serviceSelectsNothing`. */
export function exportName(id: string): string {
  return id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

export function ruleIndex(): GeneratedFile {
  const files = ruleFiles();
  const lines = [
    '/**',
    ' * Every rule, by category and then by id: the order in which they are listed. Written by',
    ' * `npm run generate` from the files below this folder.',
    ' */',
    "import type { Rule } from '../src/lint/rule.ts';",
    ...files.map(
      ({ category, id }) => `import { ${exportName(id)} } from './${category}/${id}.ts';`,
    ),
    '',
    'export const rules: readonly Rule[] = [',
    ...files.map(({ id }) => `  ${exportName(id)},`),
    '];',
    '',
  ];
  return { path: 'rules/index.ts', text: lines.join('\n') };
}
