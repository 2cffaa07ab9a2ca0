/** What belongs together: the objects that end up in one cluster side by side. Guessing it wrong is the first source of false alarms. */
import type { ManifestDocument, ManifestObject } from '../manifest/manifest.ts';
import type { SourceFile } from '../manifest/source.ts';
import type { Patch } from './patch.ts';

export interface Unit {
  /** How it is called in explanations: the directory, kustomization or file it comes from. */
  readonly name: string;
  /** What made it one: "kustomization", "directory, joined with svc/ (Service web selects Deployment web)". */
  readonly reason: string;
  /** All documents of its files, broken and templated ones included. */
  readonly documents: readonly ManifestDocument[];
  /** In the order they would be applied; their namespace is the one that a kustomization puts them into. */
  readonly objects: readonly ManifestObject[];
  /** What kustomize patches change: what they make of an object is not known before it is rendered. */
  readonly patches: readonly Patch[];
  /** Files that look like patches although nothing in the unit lists them as such: what is incomplete in them may be meant to be. */
  readonly fragments: ReadonlySet<SourceFile>;
  /** What belongs to it but cannot be read offline: remote resources, generators. */
  readonly missing: readonly string[];
}

/**
 * - `auto`: kustomizations, directories joined by their references, alternatives apart (see units.ts)
 * - `all`: everything is one unit, as `kubectl apply -f` with all of it would have it
 * - `dir`, `file`: one unit per directory or file
 */
export type UnitMode = 'auto' | 'all' | 'dir' | 'file';
export const unitModes: readonly UnitMode[] = ['auto', 'all', 'dir', 'file'];
