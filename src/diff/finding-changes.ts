/** Which findings a change brings, and which it removes. */
import type { Diagnostic } from '../lint/diagnostic.ts';
import { describeObject } from '../manifest/object-reference.ts';
import { addTo } from '../multimap.ts';

export interface FindingChanges {
  readonly new: readonly Diagnostic[];
  readonly fixed: readonly Diagnostic[];
}

/**
 * A finding is the same on both sides by its fingerprint; else, for files that were renamed, by
 * rule, object and path; else, for lists in which something was inserted, by rule, object and
 * message. One that was waved through counts as not there: it is new as soon as nobody does any
 * more.
 */
export function findingChanges(
  base: readonly Diagnostic[],
  head: readonly Diagnostic[],
): FindingChanges {
  const isOpen = ({ suppressed }: Diagnostic): boolean => suppressed === undefined;
  let fixed = base.filter(isOpen);
  let found = head.filter(isOpen);
  for (const keyOf of [byFingerprint, byPath, byMessage]) {
    const known = new Map<string, Diagnostic[]>();
    for (const diagnostic of fixed) addTo(known, keyOf(diagnostic), diagnostic);
    const matched = new Set<Diagnostic>();
    for (const diagnostic of found) {
      const other = known.get(keyOf(diagnostic))?.shift();
      if (other !== undefined) matched.add(diagnostic).add(other);
    }
    fixed = fixed.filter((diagnostic) => !matched.has(diagnostic));
    found = found.filter((diagnostic) => !matched.has(diagnostic));
  }
  return { new: found, fixed };
}

function byFingerprint({ fingerprint }: Diagnostic): string {
  return fingerprint;
}

function byPath(diagnostic: Diagnostic): string {
  const { rule, object, path } = diagnostic;
  return object === undefined
    ? byFingerprint(diagnostic)
    : [rule, describeObject(object), JSON.stringify(path)].join('\n');
}

function byMessage(diagnostic: Diagnostic): string {
  const { rule, object, message } = diagnostic;
  return object === undefined
    ? byFingerprint(diagnostic)
    : [rule, describeObject(object), message].join('\n');
}
