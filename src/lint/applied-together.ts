/** How sure it is that two objects of a unit run side by side. */
import type { ClusterObject } from '../cluster/objects.ts';
import { directoryOf } from '../units/paths.ts';
import type { Unit } from '../units/unit.ts';
import type { Severity } from './diagnostic.ts';

/**
 * Written into one file, or taken by one kustomization or configured unit: whoever applies one of
 * them applies the other.
 */
export function appliedTogether(a: ClusterObject, b: ClusterObject, unit: Unit): boolean {
  return a.source.document.file === b.source.document.file || unit.deployed;
}

/**
 * So, or in one directory, which is more often applied as a whole (`kubectl apply -f DIRECTORY`)
 * than in part.
 */
export function probablyAppliedTogether(a: ClusterObject, b: ClusterObject, unit: Unit): boolean {
  return (
    appliedTogether(a, b, unit) ||
    directoryOf(a.source.document.file.path) === directoryOf(b.source.document.file.path)
  );
}

/**
 * Of a conflict between two objects: a directory may hold variants of which only one is meant to be
 * applied.
 */
export function conflictSeverity(a: ClusterObject, b: ClusterObject, unit: Unit): Severity {
  return appliedTogether(a, b, unit) ? 'error' : 'warning';
}
