/**
 * Writes every file, or part of one, that is made from others:
 *
 *   npm run generate               # writes what has changed
 *   npm run generate -- --check    # writes nothing; fails and names what is stale
 *
 * (src/generated/ is made from Kubernetes' own sources, by scripts/generate-kubernetes-types.ts,
 * when a new release is taken up.)
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { architecturePage } from './generate-architecture.ts';
import { configSchemaFile } from './generate-config-schema.ts';
import { consoleBlocks } from './generate-console.ts';
import { limitsPage } from './generate-limits.ts';
import { ruleDocs } from './generate-rule-docs.ts';
import { type GeneratedFile, root } from './generated-file.ts';
import { ruleIndex } from './rule-index.ts';

/** What is made from the rules. */
export function ruleFiles(): GeneratedFile[] {
  return [ruleIndex(), ...ruleDocs(), configSchemaFile()];
}

export async function generateAll(): Promise<GeneratedFile[]> {
  return [...ruleFiles(), architecturePage(), limitsPage(), ...(await consoleBlocks())];
}

export function isStale({ path, text }: GeneratedFile): boolean {
  const file = join(root, path);
  return !existsSync(file) || readFileSync(file, 'utf8') !== text;
}

if (process.argv[1] === import.meta.filename) {
  const [flag, ...more] = process.argv.slice(2);
  if ((flag !== undefined && flag !== '--check') || more.length > 0) {
    console.error('usage: npm run generate [-- --check]');
    process.exitCode = 2;
  } else {
    const stale = (await generateAll()).filter(isStale);
    if (flag === undefined)
      for (const { path, text } of stale) writeFileSync(join(root, path), text);
    for (const { path } of stale)
      console.log(flag === undefined ? `wrote ${path}` : `${path} is stale`);
    if (flag !== undefined && stale.length > 0) {
      console.error('Run npm run generate and commit what it writes.');
      process.exitCode = 1;
    }
  }
}
