/** What `npm run triage` prints. */
import type { Severity, Unknown } from '../../src/lint/diagnostic.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { alignColumns } from './columns.ts';
import type { Comparison, Judged, Verdict } from './record.ts';

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

/** One line a repository, and all of them together. */
export function table(results: readonly RepositoryResult[]): string[] {
  const all = results.flatMap(({ comparison }) => comparison.judged);
  const row = (name: string, judged: readonly Judged[], unknowns: number): string[] => [
    name,
    ...severityCells(judged, 'error'),
    ...severityCells(judged, 'warning'),
    String(judged.filter(({ verdict }) => verdict === 'undecided' || verdict === undefined).length),
    String(unknowns),
  ];
  return alignColumns([
    ['repository', 'errors', '% true', 'warnings', '% true', 'undecided', 'unknown'],
    ...results.map(({ name, comparison: { judged }, unknowns }) =>
      row(name, judged, unknowns.length),
    ),
    row(
      'all',
      all,
      results.reduce((sum, { unknowns }) => sum + unknowns.length, 0),
    ),
  ]);
}

function severityCells(judged: readonly Judged[], severity: Severity): string[] {
  const verdicts = judged
    .filter(({ finding }) => finding.severity === severity)
    .map(({ verdict }) => verdict);
  return [String(verdicts.length), percentTrue(verdicts)];
}

/** Of those that are decided. */
function percentTrue(verdicts: readonly (Verdict | undefined)[]): string {
  const decided = verdicts.filter((verdict) => typeof verdict === 'boolean');
  return decided.length === 0
    ? '–'
    : ((100 * decided.filter(Boolean).length) / decided.length).toFixed(1);
}

/** The same for every rule that found anything. */
export function ruleTable(results: readonly RepositoryResult[]): string[] {
  const byRule = new Map<string, (Verdict | undefined)[]>();
  for (const { finding, verdict } of results.flatMap(({ comparison }) => comparison.judged)) {
    const key = `${finding.rule}\n${finding.severity}`;
    byRule.set(key, [...(byRule.get(key) ?? []), verdict]);
  }
  return alignColumns([
    ['rule', 'severity', 'findings', '% true', 'undecided'],
    ...[...byRule].sort().map(([key, verdicts]) => {
      const undecided = verdicts.filter((verdict) => typeof verdict !== 'boolean').length;
      return [
        ...key.split('\n'),
        String(verdicts.length),
        percentTrue(verdicts),
        String(undecided),
      ];
    }),
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
