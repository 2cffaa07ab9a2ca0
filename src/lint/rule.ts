/** What a rule is: data, and one pure function of a unit's picture. */
import type { Cluster } from '../cluster/cluster.ts';
import type { ClusterObject } from '../cluster/objects.ts';
import type { Infer, Schema } from '../json-schema.ts';
import type { Path } from '../kubernetes/json.ts';
import type { ManifestDocument } from '../manifest/manifest.ts';
import type { Range } from '../manifest/source.ts';
import type { Unit } from '../units/unit.ts';
import type { Severity, TextEdit } from './diagnostic.ts';
import type { AddedField } from './fixes/added-field.ts';
import type { Ignores } from './ignores/ignores.ts';
import type { Unseen } from './unseen/unseen.ts';

export const categories = [
  'selector',
  'port',
  'probe',
  'name',
  'reference',
  'policy',
  'routing',
  'scaling',
  'manifest',
  'resilience',
  'security',
] as const;
export type Category = (typeof categories)[number];

/** What users can set, by name. */
export type OptionSchemas = Readonly<
  Record<string, Schema & { readonly description: string; readonly default: unknown }>
>;

/** Of any rule, where it is not known which: anything. */
export type OptionValues<O extends OptionSchemas> = string extends keyof O
  ? Readonly<Record<string, unknown>>
  : { readonly [K in keyof O]: Infer<O[K]> };

export interface RuleMeta {
  /** Names the bad thing, in kebab case; also the file's name. */
  readonly id: string;
  /**
   * Its page, where that is not one of kubeplumb's own; a rule of a plugin that gives none has
   * none.
   */
  readonly url?: string;
  readonly category: Category;
  /** Of a certain finding; a finding may say a milder one. */
  readonly severity: Severity;
  readonly since: string;
  /** Whether one object is enough to judge, or the others of its unit are needed. */
  readonly scope: 'object' | 'unit';
  /** The kinds it reports on; empty for documents of any kind. */
  readonly kinds: readonly string[];
  /** What it says of an object, as a predicate: `selects no pod`. */
  readonly title: string;
  /** One sentence for lists of rules, no full stop. */
  readonly summary: string;
  /** Why Kubernetes behaves that way; a finding may say it more precisely. */
  readonly why: string;
  readonly fixable: boolean;
  readonly options?: OptionSchemas;
}

/**
 * Messages by id. Each is one sentence, lower case, no full stop: what is wrong, then the legal or
 * nearest values.
 */
// `never` lets every message have data of its own type.
export type Messages = Record<string, (data: never) => string>;

/** A place in an object, said symbolically. */
export interface Place {
  readonly object: ClusterObject;
  readonly at: Path;
  /** Underline the field's name instead of its value. */
  readonly part?: 'key';
  /**
   * Only a part of a string, such as one host in a file of a ConfigMap: its n-th occurrence (from
   * 0) in the value.
   */
  readonly within?: { readonly text: string; readonly occurrence: number };
}

export interface Finding<M extends Messages, K extends keyof M> extends Place {
  readonly id: K;
  readonly data: Parameters<M[K]>[0];
  /** Instead of the rule's title. */
  readonly title?: string;
  readonly severity?: Severity;
  readonly why?: string;
  readonly help?: string;
  /** Other places that take part, usually the other side of a mismatch. */
  readonly related?: readonly (Place & { readonly message: string })[];
  /**
   * More objects that the finding stands on. Where a patch that we cannot apply changes one of
   * them, or the object itself, or a related one, it is unknown.
   */
  readonly dependsOn?: readonly ClusterObject[];
  readonly fixes?: readonly ProposedFix[];
}

/** What a rule says of a fact that its finder gives, whatever the place: any of its messages. */
export type Words<M extends Messages> = {
  [K in keyof M]: Omit<Finding<M, K>, keyof Place>;
}[keyof M];

/** A whole finding as data: what a finder gives whose words are its own; a rule reports it. */
export type AnyFinding<M extends Messages> = Place & Words<M>;

/**
 * `replace` is the value (or with `part: 'key'` the key) that is to stand in the finding's place,
 * `add` a field that the object lacks; quotes and indentation are the engine's business.
 */
export type ProposedFix = { readonly title: string; readonly safety: 'safe' | 'unsafe' } & (
  { readonly replace: string | number | boolean } | { readonly add: AddedField }
);

export interface DocumentFinding<M extends Messages, K extends keyof M> {
  readonly document: ManifestDocument;
  /** What it is where it need not say it. */
  readonly kind?: string;
  readonly range: Range;
  readonly id: K;
  readonly data: Parameters<M[K]>[0];
  readonly why?: string;
  readonly help?: string;
  readonly related?: readonly { readonly range: Range; readonly message: string }[];
  readonly fixes?: readonly {
    readonly title: string;
    readonly safety: 'safe' | 'unsafe';
    readonly edits: readonly TextEdit[];
  }[];
}

export interface RuleContext<M extends Messages, O extends OptionSchemas = Record<never, never>> {
  readonly cluster: Cluster;
  readonly unit: Unit;
  /** What is not known about the unit. */
  readonly unseen: Unseen;
  /** As set, or else their defaults. */
  readonly options: OptionValues<O>;
  report<K extends keyof M>(finding: Finding<M, K>): void;
  reportDocument<K extends keyof M>(finding: DocumentFinding<M, K>): void;
  /** A question that cannot be answered: counted and listed, never a finding. */
  unknown(place: Place & { readonly reason: string }): void;
}

/** What a rule sees that judges ignores, once all other rules have run. */
export interface IgnoreContext<M extends Messages> {
  readonly ignores: Ignores;
  /** Ids of all rules there are. */
  readonly known: ReadonlySet<string>;
  /** Ids of those that judged the units. */
  readonly ran: ReadonlySet<string>;
  /** Whether every ignore must give a reason. */
  readonly requireReason: boolean;
  reportDocument<K extends keyof M>(finding: DocumentFinding<M, K>): void;
}

/**
 * `check` judges the objects of a unit, `checkIgnores` what silences other rules; a rule has one of
 * them.
 */
export interface Rule<M extends Messages = Messages, O extends OptionSchemas = OptionSchemas> {
  readonly meta: RuleMeta & { readonly options?: O };
  readonly messages: M;
  check?(context: RuleContext<M, O>): void;
  checkIgnores?(context: IgnoreContext<M>): void;
}

/**
 * A rule of whatever messages and options: what a list of rules holds, and a test takes. Options of
 * plugins' rules may be described by all of JSON Schema.
 */
export interface AnyRule {
  readonly meta: Omit<RuleMeta, 'options'> & {
    readonly options?: Readonly<Record<string, object>>;
  };
  readonly messages: object;
  check?(context: never): void;
  checkIgnores?(context: never): void;
}

/** Only checks types: a rule is the plain object it is given. */
export function defineRule<
  M extends Messages,
  const O extends OptionSchemas = Record<never, never>,
>(rule: Rule<M, O>): Rule<M, O> {
  return rule;
}

/** Ids of plugins' rules have a slash, and no page among ours. */
export function rulePage({ id, url }: Pick<RuleMeta, 'id' | 'url'>): string | undefined {
  return (
    url ??
    (id.includes('/')
      ? undefined
      : `https://github.com/kubeplumb/kubeplumb/blob/main/docs/rules/${id}.md`)
  );
}
