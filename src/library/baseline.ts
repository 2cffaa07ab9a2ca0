import {
  applyBaseline as apply,
  type Baselined,
  type BaselineEntry,
  formatBaseline as format,
  parseBaseline as parse,
} from '../lint/baseline.ts';
import type { Diagnostic } from '../lint/diagnostic.ts';
import { hasFields, wantDiagnostics, wantList, wantText } from './wanted.ts';

const entriesOf = (list: unknown, call: string): void =>
  wantList(list, call, 'what parseBaseline gives', (one) => hasFields(one, 'rule', 'file'));

/**
 * The entries of a baseline, from the text of its file.
 * @throws Error with what is wrong and where: `the baseline has findings[2] without "rule"`
 */
export function parseBaseline(text: string): BaselineEntry[] {
  wantText(text, 'parseBaseline', 'the text of a baseline');
  try {
    return parse(text);
  } catch (error) {
    throw new Error(`the baseline ${(error as Error).message}`, { cause: error });
  }
}

/**
 * Marks the findings that a baseline knows, and tells which of its entries none answers to.
 * @param pathOf gives a finding's file relative to the baseline; by default both lie in the
 *   directory where the paths start
 */
export function applyBaseline(
  diagnostics: readonly Diagnostic[],
  entries: readonly BaselineEntry[],
  pathOf?: (diagnostic: Diagnostic) => string,
): Baselined {
  wantDiagnostics(diagnostics, 'applyBaseline');
  entriesOf(entries, 'applyBaseline');
  return apply(diagnostics, entries, pathOf);
}

/**
 * The text of a baseline of these findings, sorted, one entry a line; entries that are `kept` stay
 * as they are. Findings that are silenced otherwise need no entry.
 */
export function formatBaseline(
  diagnostics: readonly Diagnostic[],
  pathOf?: (diagnostic: Diagnostic) => string,
  kept: readonly BaselineEntry[] = [],
): string {
  wantDiagnostics(diagnostics, 'formatBaseline');
  entriesOf(kept, 'formatBaseline');
  return format(diagnostics, pathOf, kept);
}
