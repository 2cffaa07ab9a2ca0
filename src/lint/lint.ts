/** Runs rules over the picture of every unit and joins what they say. */
import { Admissions } from '../cluster/admissions.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { ClusterOptions } from '../cluster/options.ts';
import { type Fault, faultOf } from '../fault.ts';
import { dedupe } from '../lists.ts';
import type { Manifest, ManifestObject } from '../manifest/manifest.ts';
import { describeObject } from '../manifest/object-reference.ts';
import type { Range } from '../manifest/source.ts';
import { groupBy } from '../multimap.ts';
import type { Part } from '../units/shards.ts';
import type { Unit } from '../units/unit.ts';
import { agreed } from './agreed.ts';
import type { Diagnostic, LintResult, Unknown } from './diagnostic.ts';
import type { Draft } from './draft.ts';
import { fingerprint } from './fingerprint.ts';
import { findIgnores } from './ignores/find.ts';
import { Ignores } from './ignores/ignores.ts';
import { judgeIgnores } from './ignores/judge-ignores.ts';
import { judgeUnits, type Timed, type UnitResult } from './judge-units.ts';
import { rulesWithWork } from './judged-kinds.ts';
import { withCounts } from './left-out.ts';
import type { Rule } from './rule.ts';
import { asJudged, type RuleSettings, withDefaultOptions } from './settings.ts';
import { summarize } from './summary.ts';
import { AssumedObjects } from './unseen/assumed-objects.ts';
import { type Assumption, Assumptions } from './unseen/assumptions.ts';
import { OtherUnits } from './unseen/other-units.ts';
import type { Unseen } from './unseen/unseen.ts';

export interface LintSettings {
  readonly rules?: RuleSettings;
  /** What exists beside everything that was read. */
  readonly assume?: readonly Assumption[];
  /** Objects that exist beside it: known to every unit, never judged. */
  readonly assumed?: readonly ManifestObject[];
  /** False: what manifests say about not being reported does not count. */
  readonly ignores?: boolean;
  /** Whether every ignore must give a reason. */
  readonly requireReason?: boolean;
  /** Ids of all rules there are, where not all of them run. */
  readonly knownRules?: readonly string[];
  /**
   * False: what the API server refuses is not in the picture; else it takes part as it will be once
   * it is repaired, so that one fault does not hide others.
   */
  readonly asMeant?: boolean;
  /**
   * Is shown the picture of every unit, as the rules saw it: what is only assumed to exist is in
   * it.
   */
  readonly onPicture?: (unit: Unit, cluster: Cluster, unseen: Unseen) => void;
  /**
   * Runs each piece of the work, which is called `predict` or by the id of a rule; without it they
   * just run.
   */
  readonly timed?: Timed;
  /** Only these are judged; the others are known all the same. */
  readonly part?: Part;
}

export function lintUnits(
  manifests: readonly Manifest[],
  units: readonly Unit[],
  rules: readonly Rule[],
  options: ClusterOptions,
  settings: LintSettings = {},
): LintResult {
  const { part, rules: severities = asJudged } = settings;
  const running = rules.filter(({ meta }) => severities.runs(meta));
  const judgingRules = running.map((rule) => ({
    rule,
    options: withDefaultOptions(rule.meta, severities.options(rule.meta)),
  }));
  const judging = {
    rules: judgingRules,
    rulesFor: rulesWithWork(judgingRules),
    settings: severities,
    options,
    assumed: new AssumedObjects(settings.assumed ?? [], options.namespace),
    surroundings: {
      otherUnits: new OtherUnits(units),
      assumptions: new Assumptions(settings.assume ?? []),
    },
    admissions: new Admissions(),
    inSeveral: inSeveralOf(units),
    asMeant: settings.asMeant,
    timed: settings.timed,
    onPicture: settings.onPicture,
  };
  const judged = part?.manifests ?? manifests;
  const own = part === undefined ? units : units.filter((unit) => part.units.has(unit));
  const results = judgeUnits(own, judging);
  const ignores = ignoresOf(judged, own, settings);
  const drafts = agreed(results).map((draft) => silence(draft, ignores));
  const known = new Set([...rules.map(({ meta }) => meta.id), ...(settings.knownRules ?? [])]);
  const { requireReason = false } = settings;
  const ofIgnores = judgeIgnores(ignores, running, { known, requireReason }, severities);
  const all = [...drafts, ...ofIgnores.drafts.map((draft) => silence(draft, ignores))];
  return resultOf(judged, results, all, ofIgnores.counts);
}

/** Most files hold nothing that could be one. */
function ignoresOf(
  judged: readonly Manifest[],
  own: readonly Unit[],
  settings: LintSettings,
): Ignores {
  const mayBe =
    settings.ignores !== false && judged.some(({ file }) => file.text.includes('kubeplumb'));
  return new Ignores(mayBe ? findIgnores(judged, own) : []);
}

function inSeveralOf(units: readonly Unit[]): ReadonlySet<ManifestObject> {
  const [seen, twice] = [new Set<ManifestObject>(), new Set<ManifestObject>()];
  if (units.length > 1)
    for (const { objects } of units)
      for (const object of objects) (seen.has(object) ? twice : seen).add(object);
  return twice;
}

function resultOf(
  judged: readonly Manifest[],
  results: readonly UnitResult[],
  drafts: readonly Draft[],
  ofIgnores: ReadonlyMap<string, number>,
): LintResult {
  const counts = [...results.map((result) => result.counts), ofIgnores];
  const unknowns = inOrder(results.flatMap((result) => result.unknowns));
  const faults = [...readingFaults(judged), ...results.flatMap((result) => result.faults)];
  return {
    diagnostics: withCounts('said', counts, sign(drafts)),
    unknowns: withCounts('unknown', counts, unknowns),
    faults: dedupe(faults, ({ path, message }) => `${path} ${message}`),
    summary: summarize(judged, results),
  };
}

/** Each place once. Most files have one question, whose place need not be known for that. */
function inOrder(unknowns: readonly Unknown[]): Unknown[] {
  const byFile = groupBy(unknowns, ({ file }) => file.path);
  return [...byFile.keys()].sort().flatMap((path) => {
    const here = byFile.get(path) ?? [];
    return here.length === 1
      ? here
      : dedupe(here, ({ rule, range }) => `${rule} ${range[0]}`).sort(byPlace);
  });
}

/** Documents that were not read because of us, not of what stands in them. */
function readingFaults(manifests: readonly Manifest[]): Fault[] {
  return manifests.flatMap(({ file: { path }, documents }) =>
    documents.flatMap(({ problem, index }) => {
      if (problem?.code === 'fault')
        return [faultOf(path, `document ${index + 1} could not be read`, problem.message)];
      return problem?.code === 'limit'
        ? [{ path, message: `document ${index + 1} was not read: ${problem.message}` }]
        : [];
    }),
  );
}

function silence(draft: Draft, ignores: Ignores): Draft {
  const suppressed = ignores.find(draft);
  return suppressed === undefined ? draft : { ...draft, suppressed };
}

type Placed = Pick<Unknown, 'rule' | 'file' | 'range'>;

/**
 * Sorts, and numbers findings of one rule at one path so that each has a fingerprint of its own.
 */
function sign(drafts: readonly Draft[]): Diagnostic[] {
  const seen = new Map<string, number>();
  return [...drafts].sort(byPlace).map(({ subject: _1, contents: _2, byPatch: _3, ...draft }) => {
    const identity = [
      draft.rule,
      draft.file.path,
      draft.object === undefined ? '' : describeObject(draft.object),
      JSON.stringify(draft.path),
    ].join('\n');
    const ordinal = seen.get(identity) ?? 0;
    seen.set(identity, ordinal + 1);
    return { ...draft, fingerprint: fingerprint(`${identity}\n${ordinal}`) };
  });
}

function byPlace(a: Placed, b: Placed): number {
  if (a.file.path !== b.file.path) return a.file.path < b.file.path ? -1 : 1;
  return compareRanges(a.range, b.range) || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}

function compareRanges(a: Range, b: Range): number {
  return a[0] - b[0] || a[1] - b[1];
}
