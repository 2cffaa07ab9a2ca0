/** What if: another number of pods than in the steady state. */
import type { Deployment, StatefulSet } from 'kubernetes-types/apps/v1';
import { namesKind } from '../kubernetes/resource-names.ts';
import { Autoscalers } from './controllers/autoscaler.ts';
import { leastAvailable } from './controllers/rolling-update.ts';
import type { ObjectIndex } from './objects.ts';
import type { CountCause, PodSet } from './pods.ts';

export interface Scenario {
  /** As few, or as many, pods as the autoscaler of a workload allows. */
  readonly replicas?: 'min' | 'max';
  /** Workloads (`web`, `deployment/web`) and pods (`db-0`) that are gone. */
  readonly without?: readonly string[];
  /** While every workload gets a new version: as few pods as its strategy leaves. */
  readonly during?: 'rollout';
}

const isNothing = ({ replicas, without = [], during }: Scenario): boolean =>
  replicas === undefined && without.length === 0 && during === undefined;

/** What becomes of a set of pods. */
export function scenarioOf(
  scenario: Scenario | undefined,
  objects: ObjectIndex,
): (set: PodSet) => PodSet {
  if (scenario === undefined || isNothing(scenario)) return (set) => set;
  const { replicas, without = [], during } = scenario;
  const autoscalers = new Autoscalers(objects);
  return (given) => {
    let set = given;
    if (replicas !== undefined) set = scaled(set, replicas, autoscalers);
    if (during === 'rollout') set = whileReplaced(set);
    return without.length === 0 ? set : withoutGone(set, without);
  };
}

function fewer(set: PodSet, count: number, countReason: string): PodSet {
  if (count >= set.count) return set;
  const countCause: CountCause = { code: 'scenario', path: [] };
  return { ...set, count, countReason, countCause };
}

function scaled(set: PodSet, to: 'min' | 'max', autoscalers: Autoscalers): PodSet {
  const limits = autoscalers.limits(set.workload);
  if (limits === undefined || set.count === 0) return set;
  const count = to === 'min' ? limits.min : limits.max;
  const isBounded = Number.isSafeInteger(count);
  return isBounded && !set.countReason?.startsWith('its pods cannot') ? { ...set, count } : set;
}

/**
 * Kubernetes' own workloads that replace their pods. A budget does not hold them: it binds
 * evictions only. A minReadySeconds delays the next step and leaves ready pods ready.
 */
function whileReplaced(set: PodSet): PodSet {
  const left = leftDuringRollout(set);
  return left === undefined
    ? set
    : fewer(set, left, `while it is replaced ${left} of its ${set.count} pods need be ready`);
}

function leftDuringRollout({ workload, count, countKnown }: PodSet): number | undefined {
  if (!countKnown) return undefined;
  if (workload.kind === 'Deployment')
    return leastAvailable((workload.value as Deployment).spec?.strategy, count);
  if (workload.kind === 'StatefulSet') {
    const { updateStrategy } = (workload.value as StatefulSet).spec ?? {};
    if (updateStrategy?.type === 'OnDelete') return count;
    const rolling = updateStrategy?.rollingUpdate as
      { partition?: number; maxUnavailable?: number | string } | undefined;
    const updated = Math.max(0, count - (rolling?.partition ?? 0));
    // One after the other, unless maxUnavailable (alpha) says more.
    const most = leastAvailable(
      { rollingUpdate: { maxSurge: 0, maxUnavailable: rolling?.maxUnavailable ?? 1 } },
      count,
    );
    return most === undefined ? undefined : count - Math.min(count - most, updated);
  }
  return undefined;
}

/**
 * What a name of `without` takes away: `web` and `deploy/web` a workload, `db-0` and `pod/db-0` the
 * pod of an ordinal.
 */
export function takenAway(
  written: string,
  { workload, ordinals }: PodSet,
): 'all' | number | undefined {
  const [, kind, name] = /^(?:([^/]*)\/)?([^/]*)$/.exec(written.toLowerCase()) ?? [];
  if (name === workload.name && (kind === undefined || namesKind(kind, workload))) return 'all';
  const isPod = kind === undefined || namesKind(kind, { apiVersion: 'v1', kind: 'Pod' });
  return ordinals !== undefined && isPod && name?.startsWith(`${workload.name}-`) === true
    ? ordinalOf(name.slice(workload.name.length + 1))
    : undefined;
}

function ordinalOf(text: string): number | undefined {
  return /^(?:0|[1-9]\d{0,8})$/.test(text) ? Number(text) : undefined;
}

function withoutGone(set: PodSet, without: readonly string[]): PodSet {
  const { name } = set.workload;
  const gone = new Set(without.map((written) => takenAway(written, set)));
  if (gone.has('all')) return { ...fewer(set, 0, 'it is taken away'), countKnown: true };
  const { ordinals } = set;
  if (ordinals === undefined) return set;
  const lost = Array.from(
    { length: Math.min(set.count, 1000) },
    (_, index) => ordinals.start + index,
  ).filter((ordinal) => gone.has(ordinal));
  return lost.length === 0
    ? set
    : fewer(
        set,
        set.count - lost.length,
        `${lost.map((ordinal) => `${name}-${ordinal}`).join(', ')} is taken away`,
      );
}
