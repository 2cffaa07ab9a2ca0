/** The pods of a dump: whose they are, and why they are not ready. */
import { asList, asText, fieldAt, type Json } from '../kubernetes/json.ts';
import { largest } from '../lists.ts';
import type { ManifestObject } from '../manifest/manifest.ts';
import { addTo } from '../multimap.ts';

export interface DumpedPod {
  readonly namespace: string;
  readonly name: string;
  /** `Deployment/web`; of a pod that nobody owns `Pod/name`. */
  readonly workload: string;
  readonly labels: Json;
  readonly ready: boolean;
  /** Why it is not ready: `CrashLoopBackOff: container "web" exited with 1, restarted 7 times`. */
  readonly why?: string;
  /** Where it is of a revision that is being replaced. */
  readonly old?: string;
}

const revisionOf = 'deployment.kubernetes.io/revision';

/** Follows `ownerReferences` to the object that somebody wrote. */
export class Owners {
  readonly objects = new Map<string, ManifestObject>();
  /** ReplicaSets of each Deployment. */
  readonly #replicaSets = new Map<string, ManifestObject[]>();

  constructor(objects: readonly ManifestObject[]) {
    for (const object of objects) this.objects.set(keyOf(object), object);
    for (const object of objects)
      if (object.kind === 'ReplicaSet') addTo(this.#replicaSets, this.top(object), object);
  }

  /** `namespace/Kind/name`. */
  top(object: ManifestObject): string {
    let [at, key] = [object, keyOf(object)];
    const seen = new Set<string>();
    for (;;) {
      const owner = ownerOf(at);
      if (owner === undefined || seen.has(key)) return key;
      seen.add(key);
      key = `${at.namespace ?? 'default'}/${owner.kind}/${owner.name}`;
      const next = this.objects.get(key);
      if (next === undefined) return unlisted(key, at);
      at = next;
    }
  }

  /** `Deployment/web` */
  ofPod(namespace: string, name: string): string {
    const pod = this.objects.get(`${namespace}/Pod/${name}`);
    return pod === undefined ? `Pod/${name}` : this.workloadOf(pod);
  }

  workloadOf(object: ManifestObject): string {
    const key = this.top(object);
    return key.slice(key.indexOf('/') + 1);
  }

  /** `ReplicaSet web-5d4 (revision 3 of 4)`, where another one is newer. */
  oldRevision(pod: ManifestObject): string | undefined {
    const owner = ownerOf(pod);
    if (owner === undefined) return undefined;
    const namespace = pod.namespace ?? 'default';
    const at = this.objects.get(`${namespace}/${owner.kind}/${owner.name}`);
    if (owner.kind === 'StatefulSet' && at !== undefined) {
      const wanted = asText(fieldAt(at.value, 'status', 'updateRevision'));
      const has = asText(fieldAt(pod.value, 'metadata', 'labels', 'controller-revision-hash'));
      return wanted === undefined || has === undefined || wanted === has
        ? undefined
        : `revision ${has}`;
    }
    if (owner.kind !== 'ReplicaSet' || at === undefined) return undefined;
    const all = (this.#replicaSets.get(this.top(at)) ?? []).map(revisionNumber);
    const [own, newest] = [revisionNumber(at), largest(all)];
    return own > 0 && own < newest
      ? `ReplicaSet ${owner.name} (revision ${own} of ${newest})`
      : undefined;
  }
}

function revisionNumber({ value }: ManifestObject): number {
  return Number(asText(fieldAt(value, 'metadata', 'annotations', revisionOf)) ?? 0) || 0;
}

function keyOf({ namespace, kind, name }: ManifestObject): string {
  return `${namespace ?? 'default'}/${kind}/${name}`;
}

function ownerOf({ value }: ManifestObject): { kind: string; name: string } | undefined {
  for (const owner of asList(fieldAt(value, 'metadata', 'ownerReferences'))) {
    const [kind, name] = [asText(fieldAt(owner, 'kind')), asText(fieldAt(owner, 'name'))];
    if (fieldAt(owner, 'controller') === true && kind !== undefined && name !== undefined)
      return { kind, name };
  }
  return undefined;
}

/**
 * Of a pod whose ReplicaSet is not in the dump: the Deployment that the ReplicaSet is named after.
 */
function unlisted(key: string, pod: ManifestObject): string {
  const hash = asText(fieldAt(pod.value, 'metadata', 'labels', 'pod-template-hash'));
  const [namespace = '', kind = '', name = ''] = key.split('/');
  return kind === 'ReplicaSet' && hash !== undefined && name.endsWith(`-${hash}`)
    ? `${namespace}/Deployment/${name.slice(0, -hash.length - 1)}`
    : key;
}

export function podOf(object: ManifestObject, owners: Owners): DumpedPod {
  const { value, namespace = 'default', name } = object;
  const status = fieldAt(value, 'status') ?? {};
  const isTerminating = fieldAt(value, 'metadata', 'deletionTimestamp') !== undefined;
  const ready = !isTerminating && conditionOf(status, 'Ready') === 'True';
  const why = isTerminating ? 'terminating' : ready ? undefined : whyNotReady(status);
  const old = owners.oldRevision(object);
  return {
    namespace,
    name,
    workload: owners.workloadOf(object),
    labels: fieldAt(value, 'metadata', 'labels') ?? {},
    ready,
    ...(why !== undefined && { why }),
    ...(old !== undefined && { old }),
  };
}

function conditionOf(status: Json, type: string, field = 'status'): string | undefined {
  const condition = asList(fieldAt(status, 'conditions')).find(
    (one) => fieldAt(one, 'type') === type,
  );
  return asText(fieldAt(condition, field));
}

function whyNotReady(status: Json): string {
  const phase = asText(fieldAt(status, 'phase')) ?? 'Pending';
  if (conditionOf(status, 'PodScheduled') === 'False') {
    const reason =
      conditionOf(status, 'PodScheduled', 'message') ??
      conditionOf(status, 'PodScheduled', 'reason');
    return `Pending: ${reason ?? 'no node was found for it'}`;
  }
  for (const list of ['initContainerStatuses', 'containerStatuses'])
    for (const container of asList(fieldAt(status, list))) {
      const problem = containerProblem(container);
      if (problem !== undefined) return problem;
    }
  const reason = asText(fieldAt(status, 'reason')) ?? asText(fieldAt(status, 'message'));
  if (phase === 'Failed' || phase === 'Succeeded')
    return `${phase}${reason === undefined ? '' : `: ${reason}`}`;
  const waiting = asList(fieldAt(status, 'containerStatuses')).filter(
    (container) => fieldAt(container, 'ready') === false,
  );
  const names = waiting.map((container) => `"${asText(fieldAt(container, 'name')) ?? ''}"`);
  if (names.length > 0) {
    const starting = waiting.some(
      (container) => fieldAt(container, 'state', 'running') === undefined,
    );
    return starting
      ? `${phase}: container ${names.join(', ')} has not started`
      : `container ${names.join(', ')} runs and is not ready`;
  }
  const message = conditionOf(status, 'Ready', 'message') ?? conditionOf(status, 'Ready', 'reason');
  return message === undefined ? `${phase}, not ready` : `not ready: ${message}`;
}

const waitsForOthers = new Set(['PodInitializing', 'ContainerCreating']);

function containerProblem(container: Json): string | undefined {
  const name = asText(fieldAt(container, 'name')) ?? '';
  const waiting = fieldAt(container, 'state', 'waiting');
  const reason = asText(fieldAt(waiting, 'reason'));
  const ended =
    fieldAt(container, 'lastState', 'terminated') ?? fieldAt(container, 'state', 'terminated');
  const restarts = Number(fieldAt(container, 'restartCount') ?? 0);
  if (reason === 'CrashLoopBackOff') {
    const code = fieldAt(ended, 'exitCode');
    const exit = code === undefined ? 'ended' : `exited with ${String(code)}`;
    return `${reason}: container "${name}" ${exit}, restarted ${restarts} times`;
  }
  if (reason !== undefined && !waitsForOthers.has(reason)) {
    const message = asText(fieldAt(waiting, 'message'));
    const image = asText(fieldAt(container, 'image')) ?? '';
    const what = /image/i.test(reason) ? `image "${image}"` : `container "${name}"`;
    return `${reason}: ${what}${message === undefined ? '' : `: ${message}`}`;
  }
  const code = fieldAt(container, 'state', 'terminated', 'exitCode');
  return typeof code === 'number' && code !== 0
    ? `container "${name}" exited with ${code}`
    : undefined;
}
