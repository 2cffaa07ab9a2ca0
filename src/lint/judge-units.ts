/** Runs rules over the pictures of units. */
import { Admissions } from '../cluster/admissions.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Assumed } from '../cluster/controllers/pod-needs.ts';
import type { EndpointState } from '../cluster/endpoint-state.ts';
import type { ClusterObject } from '../cluster/objects.ts';
import type { ClusterOptions } from '../cluster/options.ts';
import { attempt, type Fault, faultOf, LimitError } from '../fault.ts';
import { pushAll } from '../lists.ts';
import type { ManifestObject } from '../manifest/manifest.ts';
import { describeObject } from '../manifest/object-reference.ts';
import { groupBy } from '../multimap.ts';
import { judges, type Unit } from '../units/unit.ts';
import type { Unknown } from './diagnostic.ts';
import { judgedCluster } from './judged-cluster.ts';
import { judgedKinds } from './judged-kinds.ts';
import { PluginError } from './plugins/plugin-error.ts';
import { lastTaken } from './plugins/trace.ts';
import { Reporter, type Statement } from './reporter.ts';
import type { Rule } from './rule.ts';
import { judgedState } from './selectors/why-no-backends.ts';
import type { RuleSettings } from './settings.ts';
import type { AssumedObjects } from './unseen/assumed-objects.ts';
import { type Surroundings, Unseen } from './unseen/unseen.ts';

export type Timed = <T>(what: string, work: () => T) => T;

const untimed: Timed = (_, work) => work();

/** A rule with its options, the same in every unit. */
export interface JudgingRule {
  readonly rule: Rule;
  readonly options: Readonly<Record<string, unknown>>;
}

/** All that is the same for every unit. */
export interface Judging {
  readonly rules: readonly JudgingRule[];
  /** Those of them that have work in a unit of some kinds. */
  readonly rulesFor: (kinds: ReadonlySet<string>) => ReadonlySet<JudgingRule>;
  readonly settings: RuleSettings;
  readonly options: ClusterOptions;
  readonly assumed: AssumedObjects;
  readonly surroundings: Surroundings;
  /** Of objects that are part of several units. */
  readonly admissions: Admissions;
  readonly inSeveral: ReadonlySet<ManifestObject>;
  /** See `LintSettings`. */
  readonly asMeant?: boolean | undefined;
  readonly timed?: Timed | undefined;
  readonly onPicture?: ((unit: Unit, cluster: Cluster, unseen: Unseen) => void) | undefined;
}

/** What one unit gave. */
export interface UnitResult {
  readonly unit: Unit;
  readonly said: readonly Statement[];
  readonly unknowns: readonly Unknown[];
  /** Of each of its Services. */
  readonly endpoints: readonly EndpointState[];
  readonly faults: readonly Fault[];
  readonly counts: ReadonlyMap<string, number>;
}

/** Objects of units that are judged together, unless one unit alone has more. */
const mostTogether = 250;

/**
 * Small units are judged rule by rule rather than one by one: thousands of them take a quarter less
 * time, for a processor is fast at what it has just done.
 */
export function judgeUnits(units: readonly Unit[], judging: Judging): UnitResult[] {
  return batchesOf(units).flatMap((batch) => {
    const seen = batch.map((unit) => see(unit, judging));
    // Units with objects of the same kinds have the same rules.
    const groups = [...groupBy(seen, ({ picture }) => picture?.rules)];
    for (const judge of judging.rules)
      for (const [rules, group] of groups)
        if (rules?.has(judge)) for (const one of group) runRule(judge, one, judging);
    const results = seen.map((one) => resultOf(one, judging));
    for (const unit of batch) release(unit, judging);
    return results;
  });
}

/** What was judged is hardly looked at again, and values are most of what a run keeps. */
function release({ objects }: Unit, { inSeveral }: Judging): void {
  for (const object of objects) if (!inSeveral.has(object)) object.content.release?.();
}

function batchesOf(units: readonly Unit[]): Unit[][] {
  const batches: Unit[][] = [];
  let left = 0;
  for (const unit of units) {
    if (batches.length === 0 || unit.objects.length > left) {
      batches.push([]);
      left = mostTogether;
    }
    batches.at(-1)?.push(unit);
    left -= unit.objects.length;
  }
  return batches;
}

interface Seen {
  readonly unit: Unit;
  readonly faults: Fault[];
  /** Undefined where making it has failed. */
  readonly picture: Picture | undefined;
}

interface Picture {
  readonly cluster: Cluster;
  readonly unseen: Unseen;
  readonly reporter: Reporter;
  readonly rules: ReadonlySet<JudgingRule>;
}

function see(unit: Unit, judging: Judging): Seen {
  const faults: Fault[] = [...(unit.faults ?? [])];
  const cluster = attempt(
    () => clusterOf(unit, judging),
    (error) => {
      faults.push(faultOf(unit.name, 'the picture of it failed', error));
    },
  );
  if (cluster === undefined) return { unit, faults, picture: undefined };
  pushAll(faults, failuresOf(cluster));
  const unseen = new Unseen(unit, cluster, judging.surroundings);
  judging.onPicture?.(unit, cluster, unseen);
  const reporter = new Reporter(unit, judging.settings, judging.assumed);
  const rules = judging.rulesFor(judgedKinds(cluster));
  return { unit, faults, picture: { cluster, unseen, reporter, rules } };
}

function resultOf({ unit, faults, picture }: Seen, judging: Judging): UnitResult {
  if (picture === undefined)
    return { unit, said: [], unknowns: [], endpoints: [], faults, counts: new Map() };
  const { said, unknowns, counts } = picture.reporter;
  return { unit, said, unknowns, endpoints: statesOf(unit, picture, judging), faults, counts };
}

function clusterOf(
  unit: Unit,
  {
    assumed,
    options,
    surroundings,
    admissions,
    inSeveral,
    asMeant = true,
    timed = untimed,
  }: Judging,
): Cluster {
  const isAssumed: Assumed = (kind, namespace, name) =>
    surroundings.assumptions?.find(kind, namespace, name) !== undefined;
  return timed('predict', () =>
    judgedCluster(
      unit,
      assumed.beside(unit),
      options,
      isAssumed,
      new Admissions(admissions, (object) => inSeveral.has(object)),
      asMeant,
    ),
  );
}

/** A rule that fails has said what it said until then. */
function runRule(judge: JudgingRule, { unit, faults, picture }: Seen, judging: Judging): void {
  if (picture === undefined) return;
  const { cluster, unseen, reporter } = picture;
  const { rule, options } = judge;
  const { timed = untimed } = judging;
  const { report, reportDocument, unknown } = reporter.listenTo(rule);
  // A spread at the end of a literal costs as much as many a rule that has nothing to do.
  const context = { cluster, unit, unseen, options, report, reportDocument, unknown };
  cluster.work.begin();
  attempt(
    () => timed(rule.meta.id, () => rule.check?.(context)),
    (error) =>
      faults.push(ruleFault(rule, unit, lastSeen(judge, unit, picture, judging, error), error)),
  );
}

/** Which object a rule was looking at when it failed. */
function lastSeen(
  { rule, options }: JudgingRule,
  unit: Unit,
  { cluster, unseen }: Picture,
  { settings, assumed }: Judging,
  error: unknown,
): ClusterObject | undefined {
  if (error instanceof LimitError) return undefined;
  const unheard = new Reporter(unit, settings, assumed).listenTo(rule);
  return lastTaken(cluster, (traced) =>
    rule.check?.({ cluster: traced, unit, unseen, options, ...unheard }),
  );
}

/** What fails here has failed a rule as well, and was told there. */
function statesOf(unit: Unit, { cluster, unseen }: Picture, { assumed }: Judging): EndpointState[] {
  return cluster.services
    .filter(({ object }) => !assumed.has(object) && judges(unit, object.source.document.file))
    .map(
      (service) =>
        attempt(
          () => judgedState(service, cluster, unseen),
          () => {},
        ) ?? 'unknown',
    );
}

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
