/** Runs rules over the picture of every unit and joins what they say. */
import type { Cluster } from '../cluster/cluster.ts';
import type { Assumed } from '../cluster/controllers/pod-needs.ts';
import type { EndpointState } from '../cluster/endpoint-state.ts';
import type { ClusterObject } from '../cluster/objects.ts';
import type { ClusterOptions } from '../cluster/options.ts';
import { attempt, type Fault, faultOf, LimitError } from '../fault.ts';
import { pushAll } from '../lists.ts';
import type { Manifest, ManifestObject } from '../manifest/manifest.ts';
import { describeObject, qualifiedName } from '../manifest/object-reference.ts';
import type { Range } from '../manifest/source.ts';
import { mostFindings } from '../text/limits.ts';
import type { Part } from '../units/shards.ts';
import type { Unit } from '../units/unit.ts';
import { AssumedObjects } from './assumed-objects.ts';
import { type Assumption, Assumptions } from './assumptions.ts';
import { type Diagnostic, type LintResult, severities, type Unknown } from './diagnostic.ts';
import { documentDraft, type Draft, subjectOf } from './draft.ts';
import { fingerprint } from './fingerprint.ts';
import { findIgnores } from './ignores/find.ts';
import { Ignores } from './ignores/ignores.ts';
import { judgedCluster } from './judged-cluster.ts';
import { hasWork, judgedKinds } from './judged-kinds.ts';
import { withCounts } from './left-out.ts';
import { OtherUnits } from './other-units.ts';
import { PluginError } from './plugin-error.ts';
import { countKey, Reporter, type Statement } from './reporter.ts';
import type { Rule } from './rule.ts';
import { judgedState } from './selectors/why-no-backends.ts';
import { asJudged, documentSubject, type RuleSettings, withDefaultOptions } from './settings.ts';
import { summarize } from './summary.ts';
import { lastTaken } from './trace.ts';
import { type Surroundings, Unseen } from './unseen.ts';

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
  /** False: what the API server refuses is not in the picture; else it takes part as it will be once it is repaired, so that one fault does not hide others. */
  readonly asMeant?: boolean;
  /** Is shown the picture of every unit, as the rules saw it: what is only assumed to exist is in it. */
  readonly onPicture?: (unit: Unit, cluster: Cluster, unseen: Unseen) => void;
  /** Runs each piece of the work, which is called `predict` or by the id of a rule; without it they just run. */
  readonly timed?: Timed;
  /** Only these are judged; the others are known all the same. */
  readonly part?: Part;
}

export type Timed = <T>(what: string, work: () => T) => T;

/** A rule with its options, the same in every unit. */
interface JudgingRule {
  readonly rule: Rule;
  readonly options: Readonly<Record<string, unknown>>;
}

/** What one unit gave. */
interface UnitResult {
  readonly unit: Unit;
  readonly said: readonly Statement[];
  readonly unknowns: readonly Unknown[];
  /** Of each of its Services. */
  readonly endpoints: readonly EndpointState[];
  readonly faults: readonly Fault[];
  readonly counts: ReadonlyMap<string, number>;
}

export function lintUnits(
  manifests: readonly Manifest[],
  units: readonly Unit[],
  rules: readonly Rule[],
  options: ClusterOptions,
  settings: LintSettings = {},
): LintResult {
  const surroundings = {
    otherUnits: new OtherUnits(units),
    assumptions: new Assumptions(settings.assume ?? []),
  };
  const running = rules.filter(({ meta }) => settings.rules?.runs(meta) ?? true);
  const assumed = new AssumedObjects(settings.assumed ?? [], options.namespace);
  const judging = running.map((rule) => ({
    rule,
    options: withDefaultOptions(rule.meta, (settings.rules ?? asJudged).options(rule.meta)),
  }));
  const { part } = settings;
  const judged = part?.manifests ?? manifests;
  const own = part === undefined ? units : units.filter((unit) => part.units.has(unit));
  const results = own.map((unit) =>
    lintUnit(unit, judging, options, settings, surroundings, assumed),
  );
  const ignores = new Ignores(settings.ignores === false ? [] : findIgnores(judged));
  const drafts = agreed(results).map((draft) => silence(draft, ignores));
  const ofIgnores = judgeIgnores(ignores, running, rules, settings);
  const counts = [...results.map((result) => result.counts), ofIgnores.counts];
  return {
    diagnostics: withCounts(
      'said',
      counts,
      sign([...drafts, ...ofIgnores.drafts.map((draft) => silence(draft, ignores))]),
    ),
    unknowns: withCounts(
      'unknown',
      counts,
      dedupe(
        results.flatMap(({ unknowns }) => unknowns),
        (unknown) => `${unknown.rule} ${unknown.file.path} ${unknown.range[0]}`,
      ).sort(byPlace),
    ),
    faults: dedupe(
      [...readingFaults(judged), ...results.flatMap(({ faults }) => faults)],
      ({ path, message }) => `${path} ${message}`,
    ),
    summary: summarize(judged, results),
  };
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

function lintUnit(
  unit: Unit,
  rules: readonly JudgingRule[],
  options: ClusterOptions,
  { rules: settings = asJudged, onPicture, asMeant = true, timed = untimed }: LintSettings,
  surroundings: Surroundings,
  assumed: AssumedObjects,
): UnitResult {
  const faults: Fault[] = [...(unit.faults ?? [])];
  const failed = (what: string, error: unknown): void => {
    faults.push(faultOf(unit.name, what, error));
  };
  const isAssumed: Assumed = (kind, namespace, name) =>
    surroundings.assumptions?.find(kind, namespace, name) !== undefined;
  const cluster = attempt(
    () =>
      timed('predict', () =>
        judgedCluster(unit, assumed.beside(unit), options, isAssumed, asMeant),
      ),
    (error) => failed('the picture of it failed', error),
  );
  if (cluster === undefined)
    return { unit, said: [], unknowns: [], endpoints: [], faults, counts: new Map() };
  pushAll(faults, failuresOf(cluster));
  const reporter = new Reporter(unit, settings, assumed);
  const unseen = new Unseen(unit, cluster, surroundings);
  onPicture?.(unit, cluster, unseen);
  const kinds = judgedKinds(cluster);
  for (const { rule, options: ruleOptions } of rules) {
    if (!hasWork(rule.meta, kinds)) continue;
    const check = (seen: Cluster, listener: Reporter): void =>
      rule.check?.({
        cluster: seen,
        unit,
        unseen,
        options: ruleOptions,
        ...listener.listenTo(rule),
      });
    cluster.work.begin();
    const lastSeen = (error: unknown): ClusterObject | undefined =>
      error instanceof LimitError
        ? undefined
        : lastTaken(cluster, (traced) => check(traced, new Reporter(unit, settings, assumed)));
    attempt(
      () => timed(rule.meta.id, () => check(cluster, reporter)),
      (error) => {
        faults.push(ruleFault(rule, unit, lastSeen(error), error));
      },
    );
  }
  const { said, unknowns, counts } = reporter;
  return {
    unit,
    said,
    unknowns,
    endpoints: cluster.services
      .filter(({ object }) => !assumed.has(object))
      // What fails here has failed a rule as well, and was told there.
      .map((service) => attempt(() => judgedState(service, cluster, unseen), ignored) ?? 'unknown'),
    faults,
    counts,
  };
}

const untimed: Timed = (_, work) => work();

/** Objects that met one limit are told once, by the first of them. */
function failuresOf({ failed }: Cluster): Fault[] {
  const seen = new Set<string>();
  return failed.flatMap(({ object, error }) => {
    if (error instanceof LimitError && seen.has(error.message)) return [];
    if (error instanceof LimitError) seen.add(error.message);
    const { path } = object.document.file;
    return [faultOf(path, 'the prediction failed', error, describeObject(object))];
  });
}

/** Those of plugins are told as theirs already. */
function ruleFault(
  { meta }: Rule,
  unit: Unit,
  object: ClusterObject | undefined,
  error: unknown,
): Fault {
  const path = object?.source.document.file.path ?? unit.name;
  const name = object === undefined ? undefined : describeObject(object);
  if (error instanceof LimitError)
    return { path, message: `was not judged in full by ${meta.id}: ${error.message}` };
  if (!(error instanceof PluginError)) return faultOf(path, `rule ${meta.id} failed`, error, name);
  const on = name === undefined ? '' : ` (${name})`;
  return { path, message: `was not judged in full${on}: ${error.message}` };
}

const ignored = (): void => {};

function silence(draft: Draft, ignores: Ignores): Draft {
  const suppressed = ignores.find(draft);
  return suppressed === undefined ? draft : { ...draft, suppressed };
}

/** What rules say of ignores themselves: that can only be known when all others have run. */
function judgeIgnores(
  ignores: Ignores,
  running: readonly Rule[],
  rules: readonly Rule[],
  settings: LintSettings,
): { drafts: Draft[]; counts: ReadonlyMap<string, number> } {
  const drafts: Draft[] = [];
  const counts = new Map<string, number>();
  const known = new Set([...rules.map(({ meta }) => meta.id), ...(settings.knownRules ?? [])]);
  const ran = new Set(
    running.filter(({ check }) => check !== undefined).map(({ meta }) => meta.id),
  );
  for (const rule of running) {
    rule.checkIgnores?.({
      ignores,
      known,
      ran,
      requireReason: settings.requireReason === true,
      reportDocument(finding) {
        const key = countKey('said', rule.meta.id, finding.document.file);
        const count = (counts.get(key) ?? 0) + 1;
        counts.set(key, count);
        if (count > mostFindings) return;
        const draft = documentDraft(rule, finding);
        const severity = (settings.rules ?? asJudged).weigh(
          rule.meta,
          draft.severity,
          documentSubject(finding.document),
        );
        if (severity !== 'off') drafts.push({ ...draft, severity });
      },
    });
  }
  return { drafts, counts };
}

/**
 * An object may belong to several units (a kustomize base of two overlays, the common part of alternatives). What is said of it must hold in all of
 * them: a fault in one arrangement that was guessed may be none at all. What is deployed as it is, though, stands for itself. One finding is left of
 * all, which tells the names that the object has in the others.
 */
function agreed(results: readonly UnitResult[]): Draft[] {
  const units = new Map<object, number>();
  for (const { unit } of results) {
    for (const subject of [...unit.documents, ...unit.objects.map(subjectOf)])
      units.set(subject, (units.get(subject) ?? 0) + 1);
  }
  const found = new Map<
    string,
    { said: Statement; count: number; deployed: boolean; names: Set<string> }
  >();
  for (const {
    said,
    unit: { deployed },
  } of results) {
    for (const one of dedupe(said, ({ draft }) => placeKey(draft))) {
      const known = found.get(placeKey(one.draft));
      const names =
        one.off || one.draft.object === undefined ? [] : [qualifiedName(one.draft.object)];
      if (known === undefined)
        found.set(placeKey(one.draft), { said: one, count: 1, deployed, names: new Set(names) });
      else {
        known.count += 1;
        known.deployed ||= deployed;
        known.said = heavier(known.said, one);
        for (const name of names) known.names.add(name);
      }
    }
  }
  return [...found.values()]
    .filter(
      ({ said: { draft, off }, count, deployed }) =>
        !off && (deployed || count === (units.get(draft.subject) ?? 1)),
    )
    .map(({ said: { draft }, names }) => withOtherNames(draft, names));
}

function withOtherNames(draft: Draft, names: ReadonlySet<string>): Draft {
  const also = [...names]
    .filter((name) => draft.object !== undefined && name !== qualifiedName(draft.object))
    .sort();
  return also.length === 0 ? draft : { ...draft, also };
}

function heavier(a: Statement, b: Statement): Statement {
  if (a.off !== b.off) return a.off ? b : a;
  return severities.indexOf(b.draft.severity) < severities.indexOf(a.draft.severity) ? b : a;
}

function placeKey({ rule, file, range, path }: Draft): string {
  return `${rule} ${file.path} ${range[0]} ${path.join('.')}`;
}

function dedupe<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}

type Placed = Pick<Unknown, 'rule' | 'file' | 'range'>;

/** Sorts, and numbers findings of one rule at one path so that each has a fingerprint of its own. */
function sign(drafts: readonly Draft[]): Diagnostic[] {
  const seen = new Map<string, number>();
  return [...drafts].sort(byPlace).map(({ subject: _subject, byPatch: _byPatch, ...draft }) => {
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
