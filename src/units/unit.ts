/**
 * What belongs together: the objects that end up in one cluster side by side. Guessing it wrong is
 * the first source of false alarms.
 */
import type { Fault } from '../fault.ts';
import type { ManifestDocument, ManifestObject } from '../manifest/manifest.ts';
import type { SourceFile } from '../manifest/source.ts';
import type { BrokenEntry } from './kustomize/broken.ts';
import type { GeneratedData } from './kustomize/generated-data.ts';
import type { LostPath } from './lost-paths.ts';

export interface Unit {
  /** How it is called in explanations: the directory, kustomization or file it comes from. */
  readonly name: string;
  /**
   * The file that sets it apart from other units of one directory, whose objects exclude each
   * other.
   */
  readonly variant?: SourceFile;
  /** What a collection of alternatives has besides them; `variant` is one file of it. */
  readonly rest?: true;
  readonly origin: UnitOrigin;
  /** What made it one, in words: "kustomization, with base", "directory, joined with svc". */
  readonly reason: string;
  /** Why other directories are part of it. */
  readonly joins: readonly Join[];
  /**
   * Somebody deploys it as it is: a kustomization, a unit of the configuration. Any other is a
   * guess at what belongs together, and an object that is also part of another guess may be used as
   * there.
   */
  readonly deployed: boolean;
  /**
   * Its files were named one by one, by a shell's `*` more often than not: no other is meant, but
   * others there may be.
   */
  readonly listed?: true;
  /** All documents of its files, broken and templated ones included. */
  readonly documents: readonly ManifestDocument[];
  /**
   * In the order they would be applied; their namespace is the one that a kustomization puts them
   * into.
   */
  readonly objects: readonly ManifestObject[];
  /**
   * Objects of which it is not known what becomes of them, as of one with a patch that was not
   * read: lower case, no full stop.
   */
  readonly unsettled: ReadonlyMap<ManifestObject, string>;
  /**
   * Files that look like patches although nothing in the unit lists them as such: what is
   * incomplete in them may be meant to be.
   */
  readonly fragments: ReadonlySet<SourceFile>;
  /** What belongs to it but cannot be read offline: remote resources, generators. */
  readonly missing: readonly string[];
  /**
   * `ConfigMap/settings`: what generators of its kustomizations make, by the names that others
   * write, with its keys and namespace.
   */
  readonly generated?: GeneratedData;
  /** What keeps kustomize from building it. */
  readonly broken?: readonly BrokenEntry[];
  /** Entries of its kustomizations that are for nothing, and that kustomize passes over. */
  readonly idle?: readonly BrokenEntry[];
  /**
   * Where only namespaces speak for its files being in one cluster: which of them belong together
   * for other reasons, by number. Between two of these no finding is an error.
   */
  readonly parts?: ReadonlyMap<SourceFile, number>;
  /** It is a part of others that was read by itself: what an overlay adds to it is not known. */
  readonly part?: true;
  /** What is judged in it, if not all: everything else is so in units of its own. */
  readonly judged?: ReadonlySet<SourceFile>;
  /** Objects of Flux and Argo CD that bring in nothing but what is part of it. */
  readonly deliverers?: ReadonlySet<ManifestObject>;
  /** Paths of this repository that its objects of Flux and Argo CD name in vain. */
  readonly lost?: readonly LostPath[];
  /** Why it is not known in full: something failed, or is beyond a limit. */
  readonly faults?: readonly Fault[];
}

/**
 * - `named`: the user named its files, or piped them in, or asked for one unit per file or
 *   directory
 * - `configured`: a unit of the configuration
 * - `kustomization`: what `kustomize build` makes of one
 * - `patch`: a file that only patches others
 * - `directory`: files that lie together, perhaps joined with those of other directories
 * - `test-data`: one file of many that are read apart
 */
export type UnitOrigin =
  'named' | 'configured' | 'kustomization' | 'patch' | 'directory' | 'test-data';

/** A directory that became part of a unit because of a reference. */
export interface Join {
  readonly directory: string;
  /** `k8s/svc/api.yaml: Service api selects Deployment api (k8s/deploy/api.yaml)`. */
  readonly because: string;
}

/** A unit that the user has defined: it takes its files before anything else does. */
export interface ConfiguredUnit {
  readonly name: string;
  /**
   * Files, directories (with everything below them) and globs, relative to where the paths of
   * manifests start.
   */
  readonly paths: readonly string[];
  /** For objects that name none. */
  readonly namespace?: string;
}

/**
 * - `auto`: kustomizations, directories joined by their references, alternatives apart (see
 *   units.ts)
 * - `all`: everything is one unit, as `kubectl apply -f` with all of it would have it
 * - `dir`, `file`: one unit per directory or file
 */
export type UnitMode = 'auto' | 'all' | 'dir' | 'file';
export const unitModes: readonly UnitMode[] = ['auto', 'all', 'dir', 'file'];

/**
 * `applied` is what `get`, `describe` and `trace` show where nobody says otherwise: kustomizations,
 * built, and all else as one.
 */
export type Grouping = UnitMode | 'applied';

/**
 * Whether nobody said that the objects are all there is: they only lie in one directory, refer to
 * each other, or are the files that a shell found.
 */
export function isGuess({ origin, listed }: Unit): boolean {
  return origin === 'directory' || origin === 'test-data' || listed === true;
}

/** Whether what lies in a file is judged in a unit, and not only known there. */
export function judges({ judged }: Unit, file: SourceFile): boolean {
  return judged?.has(file) ?? true;
}

/** Whether all of it was read, and nothing else lays claim to its place. */
export function isWhole({ origin, variant, missing, faults = [], documents }: Unit): boolean {
  return (
    (origin === 'kustomization' || origin === 'directory') &&
    variant === undefined &&
    missing.length + faults.length === 0 &&
    documents.every(({ state }) => state !== 'template' && state !== 'broken')
  );
}
