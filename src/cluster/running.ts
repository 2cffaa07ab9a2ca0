/** Pods as they run: what a cluster that lists itself says of them. */
import { asList, asText, fieldAt, type Json } from '../kubernetes/json.ts';
import type { ManifestObject } from '../manifest/manifest.ts';
import { mostPods } from '../text/limits.ts';
import { keyOf, type Live, runningStatus, uidOf } from './live.ts';
import { type CountCause, numberedFrom, type PodSet } from './pods.ts';

/**
 * A set of pods as they run: those that are not Ready apart. Undefined where the cluster says
 * nothing of them.
 */
export function asRunning(set: PodSet, live: Live): readonly PodSet[] | undefined {
  const { workload, namespace } = set;
  const { apiVersion, kind, name, source } = workload;
  const key = keyOf(namespace, apiVersion, kind, name);
  const uid = uidOf(source);
  if (uid !== undefined && live.makers.has(uid)) return [];
  if (kind === 'Pod') return uid !== undefined ? [asListed(set, source)] : undefined;
  const listed = live.pods.get(key);
  if (listed !== undefined) {
    const messages = listed.map(({ status }) => notReadyMessage(status));
    if (set.ordinals !== undefined) {
      const byName = new Map(listed.map((pod, index) => [pod.name, messages[index]]));
      return numbered(set, (ordinal) => byName.get(`${name}-${ordinal}`));
    }
    const lacking = messages.filter((message) => message !== undefined);
    return divided(set, { all: listed.length, lacking: lacking.length, message: lacking[0] ?? '' });
  }
  const counts = uid !== undefined ? countsOf(source) : undefined;
  return counts === undefined ? undefined : divided(set, counts);
}

/** A Pod that nobody owns says of itself what it is doing. */
function asListed(set: PodSet, source: ManifestObject): PodSet {
  const status = runningStatus(source);
  if (status === undefined) {
    const phase = asText(fieldAt(source.value, 'status', 'phase'));
    const countReason =
      fieldAt(source.value, 'metadata', 'deletionTimestamp') === undefined
        ? `it has ended (${phase ?? ''})`
        : 'it is being deleted';
    const countCause: CountCause = { code: 'ended', path: ['status', 'phase'] };
    return { ...set, count: 0, countKnown: true, countReason, countCause };
  }
  const message = notReadyMessage(status);
  return message === undefined ? set : failing(set, message);
}

interface Counts {
  readonly all: number;
  /** Those of them that are not ready, */
  readonly lacking: number;
  /** and why. */
  readonly message: string;
}

function divided(set: PodSet, { all, lacking, message }: Counts): readonly PodSet[] {
  // There is one on each node, and the nodes are counted now.
  const counted = set.countKnown ? set : { ...set, count: all, countKnown: true };
  if (lacking === 0 || counted.count === 0) return [counted];
  const ready = lacking >= all ? 0 : Math.max(0, counted.count - lacking);
  const rest = failing(counted, message);
  return ready === 0
    ? [rest]
    : [
        { ...counted, count: ready },
        { ...rest, count: counted.count - ready, ...numberedFrom(counted, ready) },
      ];
}

/** Runs of pods that follow each other and are alike. */
function numbered(
  set: PodSet,
  messageOf: (ordinal: number) => string | undefined,
): readonly PodSet[] {
  if (set.count === 0) return [set];
  const start = set.ordinals?.start ?? 0;
  const sets: PodSet[] = [];
  let from = 0;
  for (let index = 1; index <= set.count; index++) {
    const message = messageOf(start + from);
    if (index < set.count && messageOf(start + index) === message) continue;
    const part = { ...set, count: index - from, ...numberedFrom(set, from) };
    sets.push(message === undefined ? part : failing(part, message));
    from = index;
  }
  return sets;
}

function failing(set: PodSet, message: string): PodSet {
  const condition = { code: 'condition' as const, path: [], message };
  return { ...set, notReady: [...set.notReady, condition] };
}

/**
 * What a workload whose pods were not listed says of them: `readyReplicas` of `replicas`, and for a
 * DaemonSet `numberReady` of `desiredNumberScheduled`.
 */
function countsOf({ kind, value }: ManifestObject): Counts | undefined {
  const isDaemonSet = kind === 'DaemonSet';
  const all = fieldAt(value, 'status', isDaemonSet ? 'desiredNumberScheduled' : 'replicas');
  const some = fieldAt(value, 'status', isDaemonSet ? 'numberReady' : 'readyReplicas') ?? 0;
  if (typeof all !== 'number' || typeof some !== 'number' || !(all > 0) || all > mostPods)
    return undefined;
  const lacking = Math.max(0, all - some);
  return { all, lacking, message: `the cluster says that ${some} of its ${all} pods are ready` };
}

/**
 * `the cluster says that it is not Ready: ImagePullBackOff`; undefined where the pod is, or where
 * nothing is said of it.
 */
function notReadyMessage(status: Json): string | undefined {
  const conditions = asList(fieldAt(status, 'conditions'));
  const ready = conditions.find((condition) => fieldAt(condition, 'type') === 'Ready');
  if (ready === undefined || fieldAt(ready, 'status') === 'True') return undefined;
  const waiting = asList(fieldAt(status, 'containerStatuses')).flatMap(
    (container) => asText(fieldAt(container, 'state', 'waiting', 'reason')) ?? [],
  );
  const unscheduled = conditions.find(
    (condition) =>
      fieldAt(condition, 'type') === 'PodScheduled' && fieldAt(condition, 'status') === 'False',
  );
  const reason =
    waiting[0] ??
    asText(fieldAt(unscheduled, 'message')) ??
    asText(fieldAt(ready, 'message')) ??
    asText(fieldAt(ready, 'reason'));
  return `the cluster says that it is not Ready${reason === undefined ? '' : `: ${reason}`}`;
}
