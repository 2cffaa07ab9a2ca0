/** JSON reports of parts joined: what one run would have written. */
import { getOwn, setOwn } from '../../own.ts';
import { checkParts, distinct, MergeError } from './parts.ts';

interface Placed {
  readonly file: string;
}
interface Diagnostic extends Placed {
  readonly severity: string;
  readonly suppressed?: unknown;
  readonly testData?: string;
}
type Count = number | Readonly<Record<string, number>>;

/** As far as it is looked into. */
export interface JsonReport {
  readonly version: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly shard?: { readonly index: number; readonly count: number };
  readonly summary: Readonly<Record<string, Count>>;
  readonly diagnostics: readonly Diagnostic[];
  readonly unknowns: readonly Placed[];
  readonly problems: readonly { readonly explicit: boolean; readonly fails: boolean }[];
  readonly charts: readonly string[];
}

export function isJsonReport(value: unknown): value is JsonReport {
  if (typeof value !== 'object' || value === null) return false;
  const { version, tool, diagnostics, unknowns, problems, charts, summary } =
    value as Partial<JsonReport>;
  return (
    version === 1 &&
    tool?.name === 'kubeplumb' &&
    typeof summary === 'object' &&
    [diagnostics, unknowns, problems, charts].every((list) => Array.isArray(list))
  );
}

/** @param reports by the names of their files @throws MergeError */
export function mergeJson(reports: ReadonlyMap<string, JsonReport>): JsonReport {
  const all = [...reports.values()];
  const [first] = all;
  if (first === undefined) throw new MergeError('there is nothing to join');
  checkParts(
    [...reports].map(([name, { tool, shard }]) => ({
      name,
      toolVersion: tool.version,
      ...(shard !== undefined && { shard }),
    })),
  );
  const problems = distinct(all.flatMap((report) => report.problems));
  const charts = distinct(all.flatMap((report) => report.charts));
  return {
    version: 1,
    tool: first.tool,
    summary: {
      ...all.map(({ summary }) => summary).reduce(sum),
      charts: charts.length,
      unread: problems.length,
    },
    diagnostics: all.flatMap(({ diagnostics }) => diagnostics).sort(byFile),
    unknowns: all.flatMap(({ unknowns }) => unknowns).sort(byFile),
    problems,
    charts,
  };
}

function sum(a: JsonReport['summary'], b: JsonReport['summary']): JsonReport['summary'] {
  return Object.fromEntries(
    Object.keys(a).map((key) => [key, plus(getOwn(a, key), getOwn(b, key))]),
  );
}

function plus(a: Count = 0, b: Count = 0): Count {
  if (typeof a === 'number' || typeof b === 'number')
    return (typeof a === 'number' ? a : 0) + (typeof b === 'number' ? b : 0);
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  // Which kinds were skipped is sorted; the other keys are always the same.
  const ordered = keys.size > Object.keys(a).length ? [...keys].sort() : [...keys];
  const total: Record<string, number> = {};
  for (const key of ordered) setOwn(total, key, (getOwn(a, key) ?? 0) + (getOwn(b, key) ?? 0));
  return total;
}

/** The order of one run: what is said of one file is in one part, in order. */
function byFile(a: Placed, b: Placed): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : 0;
}
