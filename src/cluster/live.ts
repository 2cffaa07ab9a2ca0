/**
 * What a cluster says of itself: `kubectl get … -o yaml` lists the objects that controllers made
 * beside those they made them of. Each pod counts once: what is owned by an object that was read
 * stands for nothing of its own, but tells what is running.
 */
import { asText, fieldAt, type Json } from '../kubernetes/json.ts';
import { sliceManagedByLabel } from '../kubernetes/labels.ts';
import type { ManifestObject } from '../manifest/manifest.ts';
import { addTo } from '../multimap.ts';
import { groupOf } from './objects.ts';
import type { PodSet } from './pods.ts';

/**
 * Kinds whose objects are predicted of their owner: what else somebody owns is only known as it is
 * listed.
 */
const predicted = new Set(['Pod', 'ReplicaSet', 'Job', 'EndpointSlice', 'ControllerRevision']);
/** The owners that are played. */
const played = new Set([
  'apps/Deployment',
  'apps/ReplicaSet',
  'apps/StatefulSet',
  'apps/DaemonSet',
  '/ReplicationController',
  'batch/Job',
  'batch/CronJob',
  '/Service',
  '/Endpoints',
]);

/**
 * Of Endpoints that the controller wrote, since 1.33
 * (pkg/controller/endpoint/endpoints_controller.go).
 */
const endpointsManagedBy = 'endpoints.kubernetes.io/managed-by';
/** What the endpoints controllers write on each change, whatever the release. */
const changeTime = 'endpoints.kubernetes.io/last-change-trigger-time';
const ownManagers = new Set([
  'endpointslice-controller.k8s.io',
  'endpointslicemirroring-controller.k8s.io',
]);

export interface Live {
  /** Without what controllers made of others. */
  readonly objects: readonly ManifestObject[];
  /** The pods of each workload that was read, as they run, by `namespace/kind/name`. */
  readonly pods: ReadonlyMap<string, readonly Json[]>;
}

/** `namespace` is that of objects that write none. */
export function foldLive(objects: readonly ManifestObject[], namespace: string): Live {
  const owned = new Map<ManifestObject, string>();
  const read = new Set<string>();
  const place = (object: ManifestObject): string => object.namespace ?? namespace;
  for (const object of objects)
    read.add(keyOf(place(object), object.apiVersion, object.kind, object.name));
  for (const object of objects) {
    const owner = ownerOf(object, place(object), read);
    if (owner !== undefined) owned.set(object, owner);
  }
  const parents = new Map<string, string>();
  for (const [object, owner] of owned)
    parents.set(keyOf(place(object), object.apiVersion, object.kind, object.name), owner);
  const pods = new Map<string, Json[]>();
  for (const [object, owner] of owned) {
    if (object.kind !== 'Pod') continue;
    const status = runningStatus(object);
    if (status === undefined) continue;
    addTo(pods, parents.get(owner) ?? owner, status);
  }
  const kept = objects.filter((object) => !owned.has(object) && !isMadeByController(object));
  return { objects: kept.length === objects.length ? objects : kept, pods };
}

/**
 * A set of pods as they run: those that are not Ready apart. Undefined where none of them was
 * listed.
 */
export function asRunning(set: PodSet, pods: Live['pods']): PodSet[] | undefined {
  const { workload, namespace } = set;
  const listed = pods.get(keyOf(namespace, workload.apiVersion, workload.kind, workload.name));
  if (listed === undefined) return undefined;
  const failing = listed.flatMap((status) => notReadyMessage(status) ?? []);
  const [first] = failing;
  if (first === undefined || set.count === 0 || set.ordinals !== undefined) return [set];
  const condition = { code: 'condition' as const, path: [], message: first };
  const notReady: PodSet = { ...set, notReady: [...set.notReady, condition] };
  if (!set.countKnown || failing.length >= listed.length) return [notReady];
  const count = Math.min(failing.length, set.count);
  return count === set.count
    ? [notReady]
    : [
        { ...set, count: set.count - count },
        { ...notReady, count },
      ];
}

function keyOf(namespace: string, apiVersion: string, kind: string, name: string): string {
  return `${namespace}/${groupOf(apiVersion)}/${kind}/${name}`;
}

/**
 * The controller that owns an object, if it was read; of a pod whose ReplicaSet was not, the
 * Deployment that the ReplicaSet is named after.
 */
function ownerOf(
  object: ManifestObject,
  namespace: string,
  read: ReadonlySet<string>,
): string | undefined {
  if (!predicted.has(object.kind)) return undefined;
  const metadata = fieldAt(object.value, 'metadata');
  const owners = fieldAt(metadata, 'ownerReferences');
  for (const owner of Array.isArray(owners) ? owners : []) {
    if (fieldAt(owner, 'controller') !== true) continue;
    const [apiVersion = '', kind = '', name = ''] = ['apiVersion', 'kind', 'name'].map((field) =>
      asText(fieldAt(owner, field)),
    );
    if (!played.has(`${groupOf(apiVersion)}/${kind}`)) return undefined;
    const key = keyOf(namespace, apiVersion, kind, name);
    if (read.has(key)) return key;
    const hash = asText(fieldAt(metadata, 'labels', 'pod-template-hash'));
    if (kind !== 'ReplicaSet' || hash === undefined || !name.endsWith(`-${hash}`)) return undefined;
    const deployment = keyOf(namespace, apiVersion, 'Deployment', name.slice(0, -hash.length - 1));
    return read.has(deployment) ? deployment : undefined;
  }
  return undefined;
}

/**
 * Endpoints and slices that the control plane wrote, listed with or without their Service: nobody
 * wrote them by hand.
 */
function isMadeByController({ apiVersion, kind, value }: ManifestObject): boolean {
  const metadata = fieldAt(value, 'metadata');
  // The API server gives every object one, and no manifest has it.
  const isStored = fieldAt(metadata, 'uid') !== undefined;
  if (kind === 'Endpoints' && apiVersion === 'v1')
    return (
      fieldAt(metadata, 'labels', endpointsManagedBy) === 'endpoint-controller' ||
      (isStored && fieldAt(metadata, 'annotations', changeTime) !== undefined)
    );
  return (
    kind === 'EndpointSlice' &&
    isStored &&
    ownManagers.has(asText(fieldAt(metadata, 'labels', sliceManagedByLabel)) ?? '')
  );
}

/** Undefined for pods that have ended or are being deleted. */
function runningStatus({ value }: ManifestObject): Json | undefined {
  if (fieldAt(value, 'metadata', 'deletionTimestamp') !== undefined) return undefined;
  const status = fieldAt(value, 'status') ?? {};
  const phase = fieldAt(status, 'phase');
  return phase === 'Succeeded' || phase === 'Failed' ? undefined : status;
}

/**
 * `the cluster says that it is not Ready: ImagePullBackOff`; undefined where the pod is, or where
 * nothing is said of it.
 */
function notReadyMessage(status: Json): string | undefined {
  const conditions = listAt(status, 'conditions');
  const ready = conditions.find((condition) => fieldAt(condition, 'type') === 'Ready');
  if (ready === undefined || fieldAt(ready, 'status') === 'True') return undefined;
  const waiting = listAt(status, 'containerStatuses').flatMap(
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

function listAt(value: Json, field: string): readonly Json[] {
  const list = fieldAt(value, field);
  return Array.isArray(list) ? list : [];
}
