/** What the user wants of the rules; src/config makes it of a kubeplumb.yaml. */
import type { ClusterObject } from '../cluster/objects.ts';
import { asJsonObject, type JsonObject } from '../kubernetes/json.ts';
import type { ManifestDocument } from '../manifest/manifest.ts';
import type { Severity } from './diagnostic.ts';
import type { RuleMeta } from './rule.ts';

/** What a finding is about, as far as one can choose by it. */
export interface Subject {
  /** Of the file, as it is shown. */
  readonly path: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
  /** The object's own. */
  readonly labels: JsonObject;
}

export interface RuleSettings {
  /** Whether the rule may report anything at all. */
  runs(rule: RuleMeta): boolean;
  /** What a finding weighs that the rule itself would give the severity `judged`. */
  weigh(rule: RuleMeta, judged: Severity, subject: Subject): Severity | 'off';
  /** What was set; the rule's defaults stand for the rest. */
  options(rule: RuleMeta): Readonly<Record<string, unknown>>;
}

/** Every rule runs, and every finding weighs what the rule says. */
export const asJudged: RuleSettings = {
  runs: () => true,
  weigh: (_, judged) => judged,
  options: () => ({}),
};

/** All options of a rule. */
export function withDefaultOptions(
  { options = {} }: RuleMeta,
  set: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const defaults = Object.entries(options).map(([name, schema]) => [name, schema.default] as const);
  return { ...Object.fromEntries(defaults), ...set };
}

export function objectSubject({ source, kind, namespace, name }: ClusterObject): Subject {
  const labels = asJsonObject(asJsonObject(source.value['metadata'])?.['labels']) ?? {};
  return {
    path: source.document.file.path,
    kind,
    ...(namespace !== undefined && { namespace }),
    name,
    labels,
  };
}

export function documentSubject({ file, kind }: ManifestDocument): Subject {
  return { path: file.path, ...(kind !== undefined && { kind }), labels: {} };
}
