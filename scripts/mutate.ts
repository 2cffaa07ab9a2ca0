/**
 * npm run mutate -- FOLDER… [--show missed|open|unnamed|misplaced|milder|hidden] [--mutation ID]…
 * [--every-field] [--refuse] [-o json]
 *
 * Recall: breaks what is right, one field at a time, and counts how often the linter notices. See
 * docs/quality.md.
 */
import { nearestName } from '../src/text/nearest-name.ts';
import { argumentsOf, folderOf } from './arguments.ts';
import { type MutationId, mutationIds } from './mutate/mutations.ts';
import {
  asJson,
  type Listing,
  listing,
  listings,
  recallTable,
  refusedTable,
  skipTable,
} from './mutate/report.ts';
import { run, type RunResult } from './mutate/run.ts';
import { readRepository } from './triage/repository.ts';

const usage =
  `usage: npm run mutate -- FOLDER… [--show ${listings.join('|')}] [--mutation ID]… ` +
  '[--every-field] [--refuse] [-o json]';

async function main(): Promise<0 | 2> {
  const { values, positionals } = argumentsOf(usage, {
    allowPositionals: true,
    options: {
      show: { type: 'string' },
      mutation: { type: 'string', multiple: true },
      'every-field': { type: 'boolean', default: false },
      refuse: { type: 'boolean', default: false },
      output: { type: 'string', short: 'o', default: 'text' },
    },
  });
  const show = listings.find((known) => known === values.show);
  const isKnown = (id: string): id is MutationId => mutationIds.includes(id as MutationId);
  const only = values.mutation ?? mutationIds;
  const wrong = only.find((id) => !isKnown(id));
  if (wrong !== undefined) {
    console.error(`no mutation is called "${wrong}"; ${didYouMean(wrong)}`);
    return 2;
  }
  if (
    positionals.length === 0 ||
    show !== values.show ||
    !['text', 'json'].includes(values.output)
  ) {
    console.error(usage);
    return 2;
  }
  const results: RunResult[] = [];
  for (const folder of positionals) {
    const started = performance.now();
    const manifests = await readRepository(folderOf(folder, usage));
    const result = run(manifests, {
      only: only.filter(isKnown),
      everyField: values['every-field'],
      refuse: values.refuse,
    });
    console.error(
      `${folder}: ${result.trials.length} mutations in ` +
        `${((performance.now() - started) / 1000).toFixed(1)} s`,
    );
    results.push(inFolder(folder, result, positionals.length > 1));
  }
  const all: RunResult = {
    trials: results.flatMap(({ trials }) => trials),
    skipped: results.flatMap(({ skipped }) => skipped),
  };
  print(all, values.output === 'json', show);
  return 0;
}

function didYouMean(id: string): string {
  const near = nearestName(id, mutationIds);
  return near === undefined ? `known: ${mutationIds.join(', ')}` : `did you mean "${near}"?`;
}

function inFolder(folder: string, { trials, skipped }: RunResult, several: boolean): RunResult {
  return {
    skipped,
    trials: several
      ? trials.map((trial) => ({ ...trial, file: `${folder.replace(/\/+$/, '')}/${trial.file}` }))
      : trials,
  };
}

function print(result: RunResult, json: boolean, show: Listing | undefined): void {
  if (json) {
    process.stdout.write(asJson(result));
    return;
  }
  if (show !== undefined) console.log(`${listing(show, result).join('\n')}\n`);
  const tables = [
    recallTable(result),
    ...(result.trials.some(({ refused }) => refused !== undefined) ? [refusedTable(result)] : []),
    skipTable(result),
  ];
  console.log(tables.map((table) => table.join('\n')).join('\n\n'));
}

if (process.argv[1] === import.meta.filename) process.exitCode = await main();
