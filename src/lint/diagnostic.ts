/**
 * What a finding is: plain data that every report is made from. Offsets inside; lines and columns
 * are worked out where a report is written.
 */
import type { EndpointState } from '../cluster/endpoint-state.ts';
import type { Fault } from '../fault.ts';
import type { Path } from '../kubernetes/json.ts';
import type { ObjectReference } from '../manifest/object-reference.ts';
import type { Range, SourceFile } from '../manifest/source.ts';

export type Severity = 'error' | 'warning' | 'info';
export const severities: readonly Severity[] = ['error', 'warning', 'info'];

/** Another place that takes part, usually the other side of a mismatch. */
export interface RelatedLocation {
  readonly file: SourceFile;
  readonly range: Range;
  /** Lower case, no full stop. */
  readonly message: string;
}

export interface TextEdit {
  readonly range: Range;
  readonly text: string;
}

/**
 * Edits to the diagnostic's own file. `safe`: the manifest means what it was plainly meant to mean;
 * `unsafe`: a guess.
 */
export interface Fix {
  readonly title: string;
  readonly safety: 'safe' | 'unsafe';
  readonly edits: readonly TextEdit[];
}

/** Who said that a finding is not to be reported. */
export interface Suppression {
  readonly kind: 'comment' | 'annotation' | 'config' | 'baseline';
  readonly reason?: string;
}

export interface Diagnostic {
  readonly rule: string;
  /** Which of the rule's messages it is; the wording may change, this does not. */
  readonly messageId: string;
  readonly category: string;
  readonly severity: Severity;
  /** The fact in the words of a heading: `Service shop/api selects no pod`. */
  readonly title: string;
  /** What is wrong at the range, then the legal or nearest values: lower case, no full stop. */
  readonly message: string;
  /** Why Kubernetes behaves that way. */
  readonly why?: string;
  /** What to change. */
  readonly help?: string;
  /** The rule's page; a plugin's rule may have none. */
  readonly url?: string;
  readonly file: SourceFile;
  readonly range: Range;
  readonly path: Path;
  /** Absent where a document could not be decoded. */
  readonly object?: ObjectReference;
  /**
   * `prod/prod-web`, sorted: what the object is called in other units that have the same fault, as
   * overlays of one base do.
   */
  readonly also?: readonly string[];
  /**
   * The kustomization or configured unit that joins the places, where it lies beside none of them.
   */
  readonly unit?: string;
  readonly related: readonly RelatedLocation[];
  readonly fixes: readonly Fix[];
  /** Stable when lines move: made of rule, file, object, path and ordinal. */
  readonly fingerprint: string;
  /**
   * The directory of test data that it lies in: such a finding fails no run, and most reports only
   * count it.
   */
  readonly testData?: string;
  /**
   * A finding that was waved through: it counts for nothing, and only reports that say so show it.
   */
  readonly suppressed?: Suppression;
}

/** A question that could not be answered, and why: counted, listed on demand, never an error. */
export interface Unknown {
  readonly rule: string;
  readonly file: SourceFile;
  readonly range: Range;
  readonly object?: ObjectReference;
  /** What is not known and what would settle it: lower case, no full stop. */
  readonly reason: string;
}

/** What was looked at, so that silence can be judged. */
export interface LintSummary {
  readonly files: number;
  readonly documents: number;
  readonly objects: number;
  readonly units: number;
  readonly services: number;
  /**
   * How many of the Services have endpoints, lack them (rightly so, where nothing was found), or
   * leave it open.
   */
  readonly endpoints: Readonly<Record<EndpointState, number>>;
  /** Documents that were not parsed because their kind takes no part, by kind. */
  readonly skipped: Readonly<Record<string, number>>;
  /** Well-formed documents that are not Kubernetes objects. */
  readonly foreign: number;
  /** Files that are not valid YAML and hold nothing of Kubernetes. */
  readonly invalid: number;
  /** Documents that must be rendered first. */
  readonly templates: number;
  readonly broken: number;
}

export interface LintResult {
  /** Sorted by file, then position, then rule. */
  readonly diagnostics: readonly Diagnostic[];
  readonly unknowns: readonly Unknown[];
  /** What could not be judged because something failed or a limit was met: the rest was. */
  readonly faults: readonly Fault[];
  readonly summary: LintSummary;
}
