/** What a lint report is made from: the result, and what was not read. */
import type { LintResult, Severity } from '../lint/diagnostic.ts';
import type { Shard } from '../units/shards.ts';

/** An input that gave no text: a missing file, a binary one, … */
export interface UnreadInput {
  readonly code: string;
  readonly path: string;
  /** Lower case, no full stop; reads on from the path: `is a binary file`. */
  readonly message: string;
  /** Whether the user named that very path. */
  readonly explicit: boolean;
  /**
   * Whether the run as a whole failed because of it; by default that of a path that was named does.
   */
  readonly fails?: boolean;
}

/** Findings of one rule in one directory of test data. */
export interface FoldedFindings {
  readonly severity: Severity;
  readonly rule: string;
  readonly directory: string;
  readonly count: number;
}

export interface LintReport extends LintResult {
  readonly problems: readonly UnreadInput[];
  /** Directories of Helm charts, which were not read. */
  readonly charts: readonly string[];
  /** How many findings were left out because somebody silenced them. */
  readonly suppressed?: number;
  /** What was found in test data, where it is only counted; see fold-test-data.ts. */
  readonly folded?: readonly FoldedFindings[];
  /** Advice for the last lines, a sentence each: lower case, no full stop. */
  readonly hints?: readonly string[];
  /** Only a part was judged; the rest is in the reports of the others. */
  readonly shard?: Shard;
}

/** What was not judged, told like what was not read: the run as a whole has failed. */
export function faultProblems({ faults }: Pick<LintResult, 'faults'>): UnreadInput[] {
  return faults.map((fault) => ({ code: 'fault', ...fault, explicit: true }));
}

/** What was not judged and should have been. */
export function failures({ problems }: Pick<LintReport, 'problems'>): readonly UnreadInput[] {
  return problems.filter(({ explicit, fails }) => fails ?? explicit);
}

/** Whether files were read, and nothing in any of them is what this is about. */
export function judgedNothing({ summary, diagnostics, unknowns }: LintReport): boolean {
  const { files, objects, skipped, broken } = summary;
  return (
    files > 0 &&
    objects === 0 &&
    broken === 0 &&
    Object.keys(skipped).length === 0 &&
    diagnostics.length + unknowns.length === 0
  );
}

/** For reports that show only what is left to do. */
export function withoutSuppressed(report: LintReport): LintReport {
  const left = report.diagnostics.filter(({ suppressed }) => suppressed === undefined);
  return left.length === report.diagnostics.length
    ? report
    : { ...report, diagnostics: left, suppressed: report.diagnostics.length - left.length };
}

/** Version of kubeplumb, for reports that name their tool. */
export interface Tool {
  readonly name: 'kubeplumb';
  readonly version: string;
}
