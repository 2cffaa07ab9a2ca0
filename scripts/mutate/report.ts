/** What `npm run mutate` prints. */
import { groupBy } from '../../src/multimap.ts';
import { alignColumns } from '../triage/columns.ts';
import { type MutationId, mutationIds } from './mutations.ts';
import { refusalForms } from './refusals.ts';
import type { RunResult, Trial } from './run.ts';

export const listings = ['missed', 'open', 'unnamed', 'misplaced', 'milder', 'hidden'] as const;
export type Listing = (typeof listings)[number];

const listed: Readonly<Record<Listing, (trial: Trial) => boolean>> = {
  missed: ({ verdict }) => !verdict.found && verdict.open === undefined,
  open: ({ verdict }) => verdict.open !== undefined,
  unnamed: ({ verdict }) => verdict.found && !verdict.named,
  misplaced: ({ verdict }) => verdict.found && !verdict.atField,
  milder: ({ verdict }) => verdict.found && !verdict.error,
  hidden: ({ refused }) => refused?.found === false,
};

/**
 * All percentages are of what was tried; `partial` is what left something that still works; `open`
 * is what was missed although the linter says that it cannot tell.
 */
export function recallTable({ trials, skipped }: RunResult): string[] {
  const row = (name: string, of: readonly Trial[], left: number): string[] => {
    const percent = (holds: (trial: Trial) => boolean): string =>
      of.length === 0 ? '–' : ((100 * of.filter(holds).length) / of.length).toFixed(1);
    return [
      name,
      String(of.length),
      percent(({ verdict }) => verdict.found),
      percent(({ verdict }) => verdict.error),
      percent(({ verdict }) => verdict.atField),
      percent(({ verdict }) => verdict.named),
      percent(({ verdict }) => verdict.open !== undefined),
      String(left),
    ];
  };
  const rows = mutationIds.flatMap((id) => {
    const own = trials.filter(({ mutation }) => mutation === id);
    const left = skipped.filter(({ mutation }) => mutation === id).length;
    const [whole, partial] = [
      own.filter((trial) => !trial.partial),
      own.filter((trial) => trial.partial),
    ];
    return [
      ...(whole.length + left === 0 ? [] : [row(id, whole, left)]),
      ...(partial.length === 0 ? [] : [row(`${id}, partial`, partial, 0)]),
    ];
  });
  return alignColumns([
    ['mutation', 'tried', 'found %', 'error %', 'right field %', 'named %', 'open %', 'skipped'],
    ...rows,
    row('all', trials, skipped.length),
    row(
      'all but open',
      trials.filter((trial) => trial.verdict.open === undefined),
      0,
    ),
  ]);
}

/**
 * Of the mutations that are found: how many still are on an object that is refused for something
 * else.
 */
export function refusedTable({ trials }: RunResult): string[] {
  const tried = trials.filter(({ refused }) => refused !== undefined);
  const row = (name: string, of: readonly Trial[]): string[] => [
    name,
    String(of.length),
    of.length === 0
      ? '–'
      : ((100 * of.filter(({ refused }) => refused?.found).length) / of.length).toFixed(1),
  ];
  const rows = refusalForms.map((form) =>
    row(
      form,
      tried.filter(({ refused }) => refused?.form === form),
    ),
  );
  return alignColumns([['refused as well', 'tried', 'found %'], ...rows, row('all', tried)]);
}

export function skipTable({ skipped }: RunResult): string[] {
  const reasons = groupBy(skipped, ({ reason }) => reason);
  const rows = [...reasons].map(([reason, of]) => {
    const byMutation = groupBy(of, ({ mutation }) => mutation);
    const which = mutationIds.flatMap((id: MutationId) =>
      byMutation.has(id) ? [`${id} ${byMutation.get(id)?.length}`] : [],
    );
    return { reason, count: of.length, which: which.join(', ') };
  });
  return alignColumns([
    ['skipped', 'why', 'which'],
    ...rows
      .sort((a, b) => b.count - a.count)
      .map(({ reason, count, which }) => [String(count), reason, which]),
  ]);
}

export function listing(which: Listing, { trials }: RunResult): string[] {
  return trials
    .filter(listed[which])
    .flatMap(
      ({ mutation, file, line, object, path, original, written, verdict, units, refused }) => [
        `${file}:${line}: ${mutation}: ${object} ${path}: ${original} → ` +
          (written === '' ? 'removed' : written) +
          (refused === undefined ? '' : ` (and ${refused.form})`),
        ...verdict.findings.map(
          ({ rule, severity, message }) => `    ${severity} ${rule}: ${message}`,
        ),
        ...(verdict.open === undefined ? [] : [`    unknown: ${verdict.open}`]),
        ...(verdict.found ? [] : units.map((unit) => `    unit: ${unit}`)),
      ],
    );
}

/** For programs: counts and every trial. */
export function asJson({ trials, skipped }: RunResult): string {
  const plain = trials.map(({ verdict: { findings, ...verdict }, ...trial }) => ({
    ...trial,
    ...verdict,
    findings: findings.map(({ rule, severity, message }) => ({ rule, severity, message })),
  }));
  return `${JSON.stringify({ version: 1, trials: plain, skipped }, null, 2)}\n`;
}
