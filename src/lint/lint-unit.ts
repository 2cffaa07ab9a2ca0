/** Runs rules over the picture of one unit. */
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
import type { Unit } from '../units/unit.ts';
import type { AssumedObjects } from './assumed-objects.ts';
import type { Unknown } from './diagnostic.ts';
import { judgedCluster } from './judged-cluster.ts';
import { judgedKinds } from './judged-kinds.ts';
import { PluginError } from './plugin-error.ts';
import { Reporter, type Statement } from './reporter.ts';
import type { Rule } from './rule.ts';
import { judgedState } from './selectors/why-no-backends.ts';
import type { RuleSettings } from './settings.ts';
import { lastTaken } from './trace.ts';
import { type Surroundings, Unseen } from './unseen.ts';

export type Timed = <T>(what: string, work: () => T) => T;

const untimed: Timed = (_, work) => work();

/** A rule with its options, the same in every unit. */
export interface JudgingRule {
  readonly rule: Rule;
  readonly options: Readonly<Record<string, unknown>>;
}

/** All that is the same for every unit. */
export interface Judging {
  /** Those that have work in a unit of some kinds. */
  readonly rulesFor: (kinds: ReadonlySet<string>) => readonly JudgingRule[];
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

export function lintUnit(unit: Unit, judging: Judging): UnitResult {
  const faults: Fault[] = [...(unit.faults ?? [])];
  const cluster = attempt(
    () => pictureOf(unit, judging),
    (error) => {
      faults.push(faultOf(unit.name, 'the picture of it failed', error));
    },
  );
  if (cluster === undefined)
    return { unit, said: [], unknowns: [], endpoints: [], faults, counts: new Map() };
  pushAll(faults, failuresOf(cluster));
  const unseen = new Unseen(unit, cluster, judging.surroundings);
  judging.onPicture?.(unit, cluster, unseen);
  const reporter = new Reporter(unit, judging.settings, judging.assumed);
  const seen = { unit, cluster, unseen, reporter };
  for (const judge of judging.rulesFor(judgedKinds(cluster))) runRule(judge, seen, faults, judging);
  const { said, unknowns, counts } = reporter;
  return { unit, said, unknowns, endpoints: statesOf(cluster, unseen, judging), faults, counts };
}

function pictureOf(
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

interface Seen {
  readonly unit: Unit;
  readonly cluster: Cluster;
  readonly unseen: Unseen;
  readonly reporter: Reporter;
}

/** A rule that fails has said what it said until then. */
function runRule(
  { rule, options }: JudgingRule,
  { unit, cluster, unseen, reporter }: Seen,
  faults: Fault[],
  { settings, assumed, timed = untimed }: Judging,
): void {
  const check = (seen: Cluster, listener: Reporter): void =>
    rule.check?.({ cluster: seen, unit, unseen, options, ...listener.listenTo(rule) });
  const lastSeen = (error: unknown): ClusterObject | undefined =>
    error instanceof LimitError
      ? undefined
      : lastTaken(cluster, (traced) => check(traced, new Reporter(unit, settings, assumed)));
  cluster.work.begin();
  attempt(
    () => timed(rule.meta.id, () => check(cluster, reporter)),
    (error) => faults.push(ruleFault(rule, unit, lastSeen(error), error)),
  );
}

/** What fails here has failed a rule as well, and was told there. */
function statesOf(cluster: Cluster, unseen: Unseen, { assumed }: Judging): EndpointState[] {
  return cluster.services
    .filter(({ object }) => !assumed.has(object))
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
