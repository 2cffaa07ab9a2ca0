import type { ClusterObject } from '../cluster/objects.ts';
import { isWithin } from '../cluster/repair/repair.ts';
import type { ManifestDocument } from '../manifest/manifest.ts';
import { describeObject } from '../manifest/object-reference.ts';
import type { SourceFile } from '../manifest/source.ts';
import { brief } from '../text/brief.ts';
import { mostFindings } from '../text/limits.ts';
import { directoryOf } from '../units/paths.ts';
import { judges, type Unit } from '../units/unit.ts';
import type { Unknown } from './diagnostic.ts';
import { documentDraft, type Draft, objectDraft } from './draft.ts';
import { OpenQuestion } from './open-question.ts';
import type { Finding, Messages, Place, Rule, RuleContext } from './rule.ts';
import { documentSubject, objectSubject, type RuleSettings, type Subject } from './settings.ts';
import type { AssumedObjects } from './unseen/assumed-objects.ts';

/**
 * What a rule said, and whether it counts there: a finding may be turned off in one unit and not in
 * another.
 */
export interface Statement {
  readonly draft: Draft;
  readonly off: boolean;
}

type Counted = 'said' | 'unknown';

/** What is counted of one rule in one file. */
export function countKey(what: Counted, rule: string, { path }: SourceFile): string {
  return `${what} ${rule} ${path}`;
}

/**
 * Takes down what rules say of one unit, with the severity that the settings give it. What is only
 * assumed to exist is not judged.
 */
export class Reporter {
  readonly said: Statement[] = [];
  readonly unknowns: Unknown[] = [];
  /** How many of each there are, by `countKey`; no more than `mostFindings` are kept. */
  readonly counts = new Map<string, number>();
  readonly #unit: Unit;
  readonly #settings: RuleSettings;
  readonly #assumed: AssumedObjects;

  constructor(unit: Unit, settings: RuleSettings, assumed: AssumedObjects) {
    this.#unit = unit;
    this.#settings = settings;
    this.#assumed = assumed;
  }

  /** The part of a rule's context that it speaks through. */
  listenTo(rule: Rule): Pick<RuleContext<Messages>, 'report' | 'reportDocument' | 'unknown'> {
    return {
      report: (finding) => {
        if (this.#judges(finding.object.source.document)) this.#report(rule, finding);
      },
      reportDocument: (finding) => {
        if (!this.#judges(finding.document) || this.#isOneTooMany('said', rule, finding)) return;
        this.#say(rule, documentDraft(rule, finding), documentSubject(finding.document));
      },
      unknown: (place) => {
        if (!this.#judges(place.object.source.document)) return;
        if (!this.#isOneTooMany('unknown', rule, place)) this.#leaveOpen(rule, place);
      },
    };
  }

  #judges({ file }: ManifestDocument): boolean {
    return judges(this.#unit, file);
  }

  /** Counts it; whether there are more of the rule in the file than are kept. */
  #isOneTooMany(
    what: Counted,
    { meta }: Rule,
    place: { readonly object: ClusterObject } | { readonly document: ManifestDocument },
  ): boolean {
    const { file } = 'object' in place ? place.object.source.document : place.document;
    const key = countKey(what, meta.id, file);
    const count = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, count);
    return count > mostFindings;
  }

  #report(rule: Rule, finding: Finding<Messages, string>): void {
    if (this.#assumed.has(finding.object) || this.#isOneTooMany('said', rule, finding)) return;
    const reason = this.#whyUnsettled(finding) ?? whyRefused(finding);
    if (reason === undefined)
      this.#say(rule, this.#placed(objectDraft(rule, finding)), objectSubject(finding.object));
    else this.#leaveOpen(rule, { ...finding, reason });
  }

  #leaveOpen({ meta }: Rule, place: Place & { readonly reason: string }): void {
    const { object, reason } = place;
    if (
      this.#assumed.has(object) ||
      this.#settings.weigh(meta, meta.severity, objectSubject(object)) === 'off'
    )
      return;
    this.unknowns.push(new OpenQuestion(meta.id, place, brief(reason)));
  }

  #say({ meta }: Rule, draft: Draft, subject: Subject): void {
    const severity = this.#settings.weigh(meta, draft.severity, subject);
    this.said.push(
      severity === 'off' ? { draft, off: true } : { draft: { ...draft, severity }, off: false },
    );
  }

  /** Why it is not known what becomes of an object that the finding stands on. */
  #whyUnsettled({
    object,
    related = [],
    dependsOn = [],
  }: Finding<Messages, string>): string | undefined {
    if (this.#unit.unsettled.size === 0) return undefined;
    const objects = [object, ...related.map((other) => other.object), ...dependsOn];
    return objects
      .map(({ source, repaired }) => this.#unit.unsettled.get(repaired?.from.source ?? source))
      .find((reason) => reason !== undefined);
  }

  /**
   * The two sides of a finding may have nothing in common but a kustomization in a third place,
   * which then has to be named.
   */
  #placed(found: Draft): Draft {
    const { name, deployed } = this.#unit;
    const draft = this.#isAcrossParts(found) ? { ...found, severity: 'warning' as const } : found;
    const directories = new Set(
      [draft, ...draft.related].map(({ file }) => directoryOf(file.path)),
    );
    return deployed && directories.size > 1 && !directories.has(name)
      ? { ...draft, unit: name }
      : draft;
  }

  #isAcrossParts({ severity, file, related }: Draft): boolean {
    const { parts } = this.#unit;
    const part = parts?.get(file);
    return severity === 'error' && related.some((other) => parts?.get(other.file) !== part);
  }
}

/**
 * Why nothing is known of a place, or of the other side of a mismatch: the API server refuses what
 * stands there.
 */
function whyRefused({ object, at, related = [] }: Finding<Messages, string>): string | undefined {
  for (const place of [{ object, at }, ...related]) {
    const { repaired } = place.object;
    if (
      repaired !== undefined &&
      place.object.refusals.length === 0 &&
      repaired.refusedAt.some((refused) => isWithin(place.at, refused))
    )
      return (
        `${describeObject(repaired.from)} would be rejected ` +
        `(${repaired.from.refusals[0]?.message ?? ''}): fix it first`
      );
  }
  return undefined;
}
