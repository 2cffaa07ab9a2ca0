/**
 * What is left out of a result because there is so much of it: the last of its kind says how much.
 */
import { mostFindings } from '../text/limits.ts';
import type { Diagnostic, Unknown } from './diagnostic.ts';
import { countKey } from './reporter.ts';

type Listed = Diagnostic | Unknown;

/** @param counts of each unit, by `countKey` */
export function withCounts<T extends Listed>(
  what: T extends Diagnostic ? 'said' : 'unknown',
  counts: readonly ReadonlyMap<string, number>[],
  listed: readonly T[],
): T[] {
  const most = new Map<string, number>();
  for (const unit of counts)
    for (const [key, count] of unit)
      if (count > mostFindings) most.set(key, Math.max(count, most.get(key) ?? 0));
  if (most.size === 0) return [...listed];
  const last = new Map(listed.map((one) => [countKey(what, one.rule, one.file), one] as const));
  return listed.map((one) => {
    const key = countKey(what, one.rule, one.file);
    const left = (most.get(key) ?? 0) - mostFindings;
    return left <= 0 || last.get(key) !== one ? one : withNote(one, left);
  });
}

function withNote<T extends Listed>(one: T, left: number): T {
  const note = ` (and ${left} more of this rule in this file)`;
  // The place of a question is found out when it is asked for: it is no field to copy.
  return 'message' in one
    ? { ...one, message: one.message + note }
    : { ...one, range: one.range, reason: one.reason + note };
}
