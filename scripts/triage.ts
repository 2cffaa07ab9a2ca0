/**
 * npm run triage -- FOLDER [--update] [--records DIR]
 *
 * Lints every repository (direct subdirectory) of FOLDER and compares what is found with what
 * people said of it in test/triage/. See docs/quality.md.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { lint } from '../src/index.ts';
import { root } from './generated-file.ts';
import { compare, emptyRecord, parseRecord, serialize, updated } from './triage/record.ts';
import { changes, type RepositoryResult, ruleTable, table, unknownTable } from './triage/report.ts';
import { readRepository } from './triage/repository.ts';

export interface TriageOptions {
  readonly update: boolean;
  /** The directory of the records. */
  readonly records: string;
}

/** Prints with `print`; the exit code is 1 while anything is new or undecided. */
export async function triage(
  folder: string,
  { update, records }: TriageOptions,
  print: (line: string) => void,
): Promise<0 | 1> {
  const results: RepositoryResult[] = [];
  for (const name of repositoriesIn(folder)) {
    const manifests = await readRepository(join(folder, name));
    const { diagnostics, unknowns } = lint(manifests, { oneCluster: false });
    const path = join(records, `${name}.json`);
    const record = existsSync(path) ? parseRecord(readFileSync(path, 'utf8'), path) : emptyRecord;
    const comparison = compare(diagnostics, record);
    const result = { name, comparison, unknowns };
    for (const line of changes(result)) print(line);
    results.push(result);
    if (update) {
      mkdirSync(records, { recursive: true });
      writeFileSync(path, serialize(updated(record, comparison)));
    }
  }
  for (const section of [table(results), ruleTable(results), unknownTable(results)])
    print(`${section.join('\n')}\n`);
  const open = results
    .flatMap(({ comparison }) => comparison.judged)
    .filter(({ verdict }) => typeof verdict !== 'boolean');
  return open.length > 0 ? 1 : 0;
}

function repositoriesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.') && statSync(join(folder, name)).isDirectory())
    .sort();
}

if (process.argv[1] === import.meta.filename) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      update: { type: 'boolean', default: false },
      records: { type: 'string', default: join(root, 'test', 'triage') },
    },
  });
  const [folder, more] = positionals;
  if (folder === undefined || more !== undefined) {
    console.error('usage: npm run triage -- FOLDER [--update] [--records DIR]');
    process.exitCode = 2;
  } else {
    process.exitCode = await triage(resolve(folder), values, (line) => console.log(line));
  }
}
