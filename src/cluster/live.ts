/**
 * What a cluster says of itself: `kubectl get … -o yaml` lists the objects that controllers made
 * beside those they made them of. Each pod counts once: what is owned by an object that was read
 * stands for nothing of its own, but tells what is running.
 */
import { groupOf } from '../kubernetes/group-version.ts';
import { asList, asText, fieldAt, type Json } from '../kubernetes/json.ts';
import { isWorkloadKind } from '../kubernetes/kinds.ts';
import { sliceManagedByLabel } from '../kubernetes/labels.ts';
import type { ManifestObject } from '../manifest/manifest.ts';
import { addTo } from '../multimap.ts';

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
  /** The pods of each workload that was read, as they run, by `namespace/group/kind/name`. */
  readonly pods: ReadonlyMap<string, readonly RunningPod[]>;
  /**
   * Uids of custom resources whose pods, or what makes those, are listed themselves: they make no
   * others.
   */
  readonly makers: ReadonlySet<string>;
}

interface RunningPod {
  readonly name: string;
  readonly status: Json;
}

/** `namespace` is that of objects that write none. */
export function foldLive(objects: readonly ManifestObject[], namespace: string): Live {
  const owned = new Map<ManifestObject, string>();
  const read = new Set<string>();
  const makers = new Set<string>();
  const place = (object: ManifestObject): string => object.namespace ?? namespace;
  for (const object of objects)
    read.add(keyOf(place(object), object.apiVersion, object.kind, object.name));
  for (const object of objects) {
    const owner = ownerOf(object, place(object), read);
    if (owner !== undefined) owned.set(object, owner);
    else if (isWorkloadKind(object.kind)) {
      const maker = controllerOf(object);
      if (maker?.uid !== undefined && !isPlayed(maker)) makers.add(maker.uid);
    }
  }
  const parents = new Map<string, string>();
  for (const [object, owner] of owned)
    parents.set(keyOf(place(object), object.apiVersion, object.kind, object.name), owner);
  const pods = new Map<string, RunningPod[]>();
  for (const [object, owner] of owned) {
    if (object.kind !== 'Pod') continue;
    const status = runningStatus(object);
    if (status === undefined) continue;
    addTo(pods, parents.get(owner) ?? owner, { name: object.name, status });
  }
  const kept = objects.filter((object) => !owned.has(object) && !isMadeByController(object));
  return { objects: kept.length === objects.length ? objects : kept, pods, makers };
}

export function keyOf(namespace: string, apiVersion: string, kind: string, name: string): string {
  return `${namespace}/${groupOf(apiVersion)}/${kind}/${name}`;
}

interface Owner {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string | undefined;
}

/** The one that made an object. */
function controllerOf({ value }: ManifestObject): Owner | undefined {
  const owner = asList(fieldAt(value, 'metadata', 'ownerReferences')).find(
    (one) => fieldAt(one, 'controller') === true,
  );
  if (owner === undefined) return undefined;
  const [apiVersion = '', kind = '', name = ''] = ['apiVersion', 'kind', 'name'].map((field) =>
    asText(fieldAt(owner, field)),
  );
  return { apiVersion, kind, name, uid: asText(fieldAt(owner, 'uid')) };
}

function isPlayed({ apiVersion, kind }: Owner): boolean {
  return played.has(`${groupOf(apiVersion)}/${kind}`);
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
  const owner = controllerOf(object);
  if (owner === undefined || !isPlayed(owner)) return undefined;
  const { apiVersion, kind, name } = owner;
  const key = keyOf(namespace, apiVersion, kind, name);
  if (read.has(key)) return key;
  const hash = asText(fieldAt(object.value, 'metadata', 'labels', 'pod-template-hash'));
  if (kind !== 'ReplicaSet' || hash === undefined || !name.endsWith(`-${hash}`)) return undefined;
  const deployment = keyOf(namespace, apiVersion, 'Deployment', name.slice(0, -hash.length - 1));
  return read.has(deployment) ? deployment : undefined;
}

/** The API server gives every object one, and no manifest has it. */
export function uidOf({ value }: ManifestObject): string | undefined {
  return asText(fieldAt(value, 'metadata', 'uid'));
}

/**
 * Endpoints and slices that the control plane wrote, listed with or without their Service: nobody
 * wrote them by hand.
 */
function isMadeByController(object: ManifestObject): boolean {
  const { apiVersion, kind, value } = object;
  const metadata = fieldAt(value, 'metadata');
  if (kind === 'Endpoints' && apiVersion === 'v1')
    return (
      fieldAt(metadata, 'labels', endpointsManagedBy) === 'endpoint-controller' ||
      (uidOf(object) !== undefined && fieldAt(metadata, 'annotations', changeTime) !== undefined)
    );
  return (
    kind === 'EndpointSlice' &&
    uidOf(object) !== undefined &&
    ownManagers.has(asText(fieldAt(metadata, 'labels', sliceManagedByLabel)) ?? '')
  );
}

/** Undefined for pods that have ended or are being deleted. */
export function runningStatus({ value }: ManifestObject): Json | undefined {
  if (fieldAt(value, 'metadata', 'deletionTimestamp') !== undefined) return undefined;
  const status = fieldAt(value, 'status') ?? {};
  const phase = fieldAt(status, 'phase');
  return phase === 'Succeeded' || phase === 'Failed' ? undefined : status;
}
