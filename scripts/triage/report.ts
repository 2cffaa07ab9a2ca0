/** What `npm run triage` prints. */
import type { Unknown } from '../../src/lint/diagnostic.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { addTo } from '../../src/multimap.ts';
import { alignColumns } from './columns.ts';
import { type Comparison, isDecided, type Judged, type Verdict } from './record.ts';

export interface RepositoryResult {
  readonly name: string;
  readonly comparison: Comparison;
  readonly unknowns: readonly Unknown[];
}

/** What appeared, what vanished and what nobody has decided; empty where the record holds. */
export function changes({
  name,
  comparison: { judged, vanished, changed },
}: RepositoryResult): string[] {
  const lines = [
    ...judged.filter(({ verdict }) => verdict === undefined).flatMap((one) => describe('new', one)),
    ...vanished.map(
      ({ rule, file, object, path, verdict }) =>
        `  vanished   ${file} ${object} ${path} (${rule}, was ${verdict})`,
    ),
    ...judged
      .filter(({ verdict }) => verdict === 'undecided')
      .flatMap((one) => describe('undecided', one)),
    ...changed.map(({ pattern: { rule, files, message, count }, now }) => {
      const what = now === 0 ? 'matches nothing' : `settles ${now} findings, was ${count}`;
      return `  pattern    ${rule} ${files} /${message}/ ${what}`;
    }),
  ];
  return lines.length === 0 ? [] : [name, ...lines, ''];
}

function describe(word: string, { finding }: Judged): string[] {
  const { file, range, rule, severity, object, message } = finding;
  const { line, column } = file.position(range[0]);
  const who = object === undefined ? '' : ` ${describeObject(object)}`;
  return [
    `  ${word.padEnd(10)} ${severity} ${file.path}:${line}:${column}${who} (${rule})`,
    `             ${message}`,
  ];
}

/** One line a repository, all of them together, and all without what lies in test data. */
export function table(results: readonly RepositoryResult[]): string[] {
  const all = results.flatMap(({ comparison }) => comparison.judged);
  const row = (name: string, judged: readonly Judged[], unknowns: string): string[] => [
    name,
    ...(['error', 'warning'] as const).flatMap((severity) =>
      verdictCells(judged.filter(({ finding }) => finding.severity === severity)),
    ),
    String(judged.filter(({ verdict }) => !isDecided(verdict)).length),
    unknowns,
  ];
  const unknowns = results.reduce((sum, result) => sum + result.unknowns.length, 0);
  return alignColumns([
    [
      'repository',
      ...verdictTitles('errors'),
      ...verdictTitles('warnings'),
      'undecided',
      'unknown',
    ],
    ...results.map((result) =>
      row(result.name, result.comparison.judged, String(result.unknowns.length)),
    ),
    row('all', all, String(unknowns)),
    row(
      'all but test data',
      all.filter(({ finding }) => finding.testData === undefined),
      '',
    ),
  ]);
}

function verdictTitles(what: string): string[] {
  return [what, '% true', '% not false'];
}

function verdictCells(judged: readonly Judged[]): string[] {
  const verdicts = judged.map(({ verdict }) => verdict);
  return [
    String(verdicts.length),
    percent(verdicts, (verdict) => verdict === true),
    percent(verdicts, (verdict) => verdict !== false),
  ];
}

/** Of those that are decided. */
function percent(
  verdicts: readonly (Verdict | undefined)[],
  counts: (verdict: Verdict | undefined) => boolean,
): string {
  const decided = verdicts.filter(isDecided);
  return decided.length === 0
    ? '–'
    : ((100 * decided.filter(counts).length) / decided.length).toFixed(1);
}

/** The same for every rule that found anything. */
export function ruleTable(results: readonly RepositoryResult[]): string[] {
  const byRule = new Map<string, Judged[]>();
  for (const judged of results.flatMap(({ comparison }) => comparison.judged))
    addTo(byRule, `${judged.finding.rule}\n${judged.finding.severity}`, judged);
  return alignColumns([
    ['rule', 'severity', ...verdictTitles('findings'), 'undecided'],
    ...[...byRule]
      .sort()
      .map(([key, judged]) => [
        ...key.split('\n'),
        ...verdictCells(judged),
        String(judged.filter(({ verdict }) => !isDecided(verdict)).length),
      ]),
  ]);
}

/** Unknowns by rule and class of reason, the most frequent first. */
export function unknownTable(results: readonly RepositoryResult[]): string[] {
  const counts = new Map<string, number>();
  for (const { rule, reason } of results.flatMap(({ unknowns }) => unknowns)) {
    const key = `${rule}\n${reasonClass(reason)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const rows = [...counts]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([key, count]) => [String(count), ...key.split('\n')]);
  return alignColumns([['unknown', 'rule', 'class of reason'], ...rows]);
}

/**
 * A reason without what is particular about it: `Kafka shop/events may make pods of its own` is
 * `OBJECT may make pods of its own`.
 */
export function reasonClass(reason: string): string {
  return reason
    .replace(/in namespace \S+/g, 'in namespace NAMESPACE')
    .replace(/https?:\/\/\S+/g, 'URL')
    .replace(/"[^"]*"/g, '"…"')
    .replace(/\b[A-Z][A-Za-z]+ [a-z0-9$<{][\w.$<>{}-]*\/[\w.$<>{}-]*/g, 'OBJECT')
    .replace(/\S*\/\S*\b|\b\S+\.(ya?ml|json)\b/g, 'FILE')
    .replace(/(?<![\w.])[\w./-]+=[\w./-]*(,[\w./-]+=[\w./-]*)*/g, 'LABELS')
    .replace(/\d+/g, 'N');
}
