/**
 * npm run triage -- FOLDER [--sample COUNT] [--seed SEED] [--update] [--records DIR]
 *
 * Lints every repository (direct subdirectory) of FOLDER and compares what is found with what
 * people said of it in test/triage/. With `--sample`, only COUNT packages that are drawn from
 * test/triage/packages.json, which it fetches into FOLDER. See docs/quality.md.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { lint } from '../src/index.ts';
import { argumentsOf, folderOf } from './arguments.ts';
import { root } from './generated-file.ts';
import { directoryName, fetchPackage, parsePackages, sampled } from './triage/packages.ts';
import {
  compare,
  emptyRecord,
  isDecided,
  parseRecord,
  serialize,
  updated,
} from './triage/record.ts';
import { changes, type RepositoryResult, ruleTable, table, unknownTable } from './triage/report.ts';
import { readRepository } from './triage/repository.ts';

export interface TriageOptions {
  readonly update: boolean;
  /** The directory of the records. */
  readonly records: string;
  /** Which directories; by default all of them. */
  readonly only?: readonly string[];
}

/** Prints with `print`; the exit code is 1 while anything is new or undecided. */
export async function triage(
  folder: string,
  { update, records, only }: TriageOptions,
  print: (line: string) => void,
): Promise<0 | 1> {
  const results: RepositoryResult[] = [];
  for (const name of only ?? repositoriesIn(folder)) {
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
    .filter(({ verdict }) => !isDecided(verdict));
  return open.length > 0 ? 1 : 0;
}

/** Draws the packages and fetches them; the names of their directories. */
function drawn(folder: string, count: number, seed: string): string[] {
  const list = parsePackages(readFileSync(join(root, 'test', 'triage', 'packages.json'), 'utf8'));
  console.log(`${count} of ${list.length} packages, --seed ${seed}`);
  return sampled(list, count, seed).map((one) => {
    for (const note of fetchPackage(one, folder)) console.log(note);
    return directoryName(one);
  });
}

function repositoriesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.') && statSync(join(folder, name)).isDirectory())
    .sort();
}

const usage =
  'usage: npm run triage -- FOLDER [--sample COUNT] [--seed SEED] [--update] [--records DIR]';

if (process.argv[1] === import.meta.filename) {
  const { values, positionals } = argumentsOf(usage, {
    allowPositionals: true,
    options: {
      update: { type: 'boolean', default: false },
      sample: { type: 'string' },
      seed: { type: 'string', default: randomBytes(4).toString('hex') },
      records: { type: 'string', default: join(root, 'test', 'triage') },
    },
  });
  const [folder, more] = positionals;
  if (folder === undefined || more !== undefined) {
    console.error(usage);
    process.exitCode = 2;
  } else {
    const { sample, seed, ...options } = values;
    const only = sample === undefined ? undefined : drawn(resolve(folder), Number(sample), seed);
    process.exitCode = await triage(
      folderOf(folder, usage),
      { ...options, ...(only !== undefined && { only }) },
      (line) => console.log(line),
    );
  }
}
