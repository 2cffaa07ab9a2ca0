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
import { type GeneratedFile, root } from './generated-file.ts';
import { ruleIndex } from './rule-index.ts';
import { misnamed } from './rule-names.ts';

/** What is made from the rules. These are loaded only now: rules/index.ts has to be fresh. */
export async function madeFromRules(): Promise<GeneratedFile[]> {
  const { ruleDocs } = await import('./generate-rule-docs.ts');
  const { configSchemaFile } = await import('./generate-config-schema.ts');
  return [...ruleDocs(), configSchemaFile()];
}

async function otherFiles(): Promise<GeneratedFile[]> {
  const { architecturePage } = await import('./generate-architecture.ts');
  const { limitsPage } = await import('./generate-limits.ts');
  const { consoleBlocks } = await import('./generate-console.ts');
  return [architecturePage(), limitsPage(), ...(await consoleBlocks())];
}

export function isStale({ path, text }: GeneratedFile): boolean {
  const file = join(root, path);
  return !existsSync(file) || readFileSync(file, 'utf8') !== text;
}

/** Writes what is stale of these, or says so only. */
function refresh(files: readonly GeneratedFile[], isCheck: boolean): boolean {
  const stale = files.filter(isStale);
  isFresh &&= stale.length === 0;
  for (const { path, text } of stale) {
    if (!isCheck) writeFileSync(join(root, path), text);
    console.log(isCheck ? `${path} is stale` : `wrote ${path}`);
  }
  if (!isCheck || stale.length === 0) return true;
  console.error('Run npm run generate and commit what it writes.');
  return false;
}

/** Nothing had to be written, or would have to be. */
let isFresh = true;

/** Whether all is as it should be now. */
async function generate(isCheck: boolean): Promise<boolean> {
  const problems = misnamed();
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) {
    console.error(
      'Mend these first, and run npm run generate again. Fixtures (# expect: …) and tests that ' +
        'still have the old name are found by git grep --untracked OLD-NAME.',
    );
    return false;
  }
  if (!refresh([ruleIndex()], isCheck)) return false;
  const isRight = refresh([...(await madeFromRules()), ...(await otherFiles())], isCheck);
  if (isFresh) console.log('nothing is stale');
  return isRight;
}

if (process.argv[1] === import.meta.filename) {
  const [flag, ...more] = process.argv.slice(2);
  if ((flag !== undefined && flag !== '--check') || more.length > 0) {
    console.error('usage: npm run generate [-- --check]');
    process.exitCode = 2;
  } else if (!(await generate(flag === '--check'))) process.exitCode = 1;
}
