/** Tables of manifests, each with what a rule says of it. */
import type { ClusterOptions } from '../cluster/options.ts';
import type { Severity } from '../lint/diagnostic.ts';
import type { AnyRule } from '../lint/rule.ts';
import type { UnitMode } from '../units/unit.ts';
import { type Files } from './lint-files.ts';

export interface RuleCase {
  readonly name: string;
  /** One file, or several by path. */
  readonly yaml?: string;
  readonly files?: Files;
  readonly mode?: UnitMode;
  readonly options?: Partial<ClusterOptions>;
  /** Other rules that run as well; what they say does not count. */
  readonly beside?: readonly AnyRule[];
  readonly requireReason?: boolean;
  /** Of the rule, where they are not its defaults. */
  readonly ruleOptions?: Readonly<Record<string, unknown>>;
  /** What the rule could not answer: a part of each reason, in the order of the places. */
  readonly unknown?: readonly string[];
  /** How many objects the API server refuses, apart from those that this rule reports on. */
  readonly refused?: number;
  /**
   * How many documents cannot be read (broken or templates), apart from those that this rule
   * reports on.
   */
  readonly unread?: number;
}

export type ValidCase = RuleCase;

export interface InvalidCase extends RuleCase {
  /** In the order of a report: by file, then position. */
  readonly errors: readonly ExpectedError[];
  /**
   * The text after all fixes, safe and unsafe, or what is other in it than in `yaml`; of several
   * files those that change, by path.
   */
  readonly output?: string | readonly Replacement[] | Files;
}

/** A text that `yaml` has exactly once, and what stands in its place afterwards. */
export type Replacement = readonly [before: string, after: string];

export interface ExpectedError {
  /** Of the message. */
  readonly id: string;
  /** Needed where the case has several files. */
  readonly file?: string;
  readonly line: number;
  readonly column: number;
  /** Where the range ends in another line than it begins. */
  readonly endLine?: number;
  readonly endColumn: number;
  /** Where it is not the rule's own. */
  readonly severity?: Severity;
  readonly title?: string;
  readonly message?: string;
  readonly why?: string;
  readonly help?: string;
  /** Whether the fix is a guess. */
  readonly safety?: 'safe' | 'unsafe';
  /** `line:column text` of every related place, with the file before it where there are several. */
  readonly related?: readonly string[];
}

export interface RuleTable {
  readonly valid: readonly ValidCase[];
  readonly invalid: readonly InvalidCase[];
}
