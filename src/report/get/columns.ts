/** What `get` shows of kinds that somebody wrote and no controller makes. */
import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2';
import type { CronJob, Job } from 'kubernetes-types/batch/v1';
import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { Ingress, NetworkPolicy } from 'kubernetes-types/networking/v1';
import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1';
import { formatSelector } from '../../cluster/labels.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { groupOf } from '../../kubernetes/group-version.ts';
import {
  type AnyJson,
  asJsonObject,
  asList,
  asText,
  fieldAt,
  type Json,
  textPairs,
} from '../../kubernetes/json.ts';
import { findWorkload, usualApiVersion } from '../../kubernetes/kinds.ts';
import { getOwn } from '../../own.ts';
import { countText } from '../members.ts';
import { none, pairsOr } from './row.ts';

/** Behind NAME. */
export interface Columns {
  readonly names: readonly string[];
  readonly cells: (object: ClusterObject, pods: readonly PodSet[]) => readonly string[];
}

/** `-o wide` of what makes pods: what runs in them, and which it takes for its own. */
export const wideOfPods: Columns = {
  names: ['CONTAINERS', 'IMAGES', 'SELECTOR'],
  cells: ({ kind, value }) => {
    const template = fieldAt(value, ...(findWorkload(kind)?.podTemplate ?? []));
    const containers = asList(fieldAt(template, 'spec', 'containers'));
    const each = (field: string): string =>
      containers.map((container) => asText(fieldAt(container, field)) ?? none).join(',');
    return [each('name'), each('image'), selectorOf(value)];
  },
};

/** A ReplicationController has no more than the pairs. */
function selectorOf(value: AnyJson): string {
  const selector = asJsonObject(fieldAt(value, 'spec', 'selector'));
  const isQuery =
    selector?.['matchLabels'] !== undefined || Array.isArray(selector?.['matchExpressions']);
  return isQuery ? (selected(selector) ?? none) : pairsOr(none, textPairs(selector));
}

function columns<T>(
  names: readonly string[],
  cells: (value: T, pods: readonly PodSet[]) => readonly (string | number | undefined)[],
): Columns {
  return {
    names,
    cells: ({ value }, pods) =>
      cells(value as T, pods).map((cell) => (cell === undefined ? none : String(cell))),
  };
}

interface Scaled {
  readonly spec?: { readonly replicas?: number };
}

/** `3/3`: pods that become Ready, and how many are asked for. */
const ready = columns<Scaled>(['READY'], ({ spec }, pods) => {
  const wanted = spec?.replicas ?? 1;
  return [`${readyText(pods)}/${sumText(pods, wanted)}`];
});

function readyText(pods: readonly PodSet[]): string {
  return sumText(
    pods.filter(({ notReady, hasAddress }) => notReady.length === 0 && hasAddress),
    0,
  );
}

/** At least so many. */
function sumText(pods: readonly PodSet[], least: number): string {
  const open = pods.find(({ countKnown }) => !countKnown);
  return open === undefined
    ? String(
        Math.max(
          least,
          pods.reduce((sum, { count }) => sum + count, 0),
        ),
      )
    : countText(open, open.count);
}

/** What kubectl has of them that is known without a cluster. */
const byKind: Readonly<Record<string, Columns>> = {
  Deployment: ready,
  ReplicaSet: ready,
  ReplicationController: ready,
  StatefulSet: ready,
  Rollout: ready,
  DaemonSet: columns(['READY'], (_, pods) => [readyText(pods)]),
  Job: columns<Job>(['COMPLETIONS', 'SUSPEND'], ({ spec }) => [
    spec?.completions ?? 1,
    spec?.suspend === true ? 'True' : 'False',
  ]),
  CronJob: columns<CronJob>(['SCHEDULE', 'TIMEZONE', 'SUSPEND'], ({ spec }) => [
    spec?.schedule,
    spec?.timeZone,
    spec?.suspend === true ? 'True' : 'False',
  ]),
  Ingress: columns<Ingress>(['CLASS', 'HOSTS', 'PORTS'], ({ spec }) => [
    spec?.ingressClassName,
    list((spec?.rules ?? []).map(({ host }) => host ?? '*')) ?? '*',
    (spec?.tls ?? []).length > 0 ? '80, 443' : '80',
  ]),
  NetworkPolicy: columns<NetworkPolicy>(['POD-SELECTOR', 'TYPES'], ({ spec }) => [
    selected(spec?.podSelector),
    list(spec?.policyTypes ?? []),
  ]),
  HorizontalPodAutoscaler: columns<HorizontalPodAutoscaler>(
    ['REFERENCE', 'MINPODS', 'MAXPODS'],
    ({ spec }) => [
      spec === undefined ? undefined : `${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}`,
      spec?.minReplicas ?? 1,
      spec?.maxReplicas,
    ],
  ),
  PodDisruptionBudget: columns<PodDisruptionBudget>(
    ['MIN AVAILABLE', 'MAX UNAVAILABLE', 'SELECTOR'],
    ({ spec }) => [
      spec?.minAvailable ?? 'N/A',
      spec?.maxUnavailable ?? 'N/A',
      selected(spec?.selector),
    ],
  ),
  ConfigMap: columns<Json>(['DATA'], (value) => [keys(value, 'data') + keys(value, 'binaryData')]),
  Secret: columns<Json>(['TYPE', 'DATA'], (value) => [
    asText(fieldAt(value, 'type')) ?? 'Opaque',
    keys(value, 'data') + keys(value, 'stringData'),
  ]),
  HTTPRoute: columns<Json>(['HOSTNAMES'], (value) => [
    list(asList(fieldAt(value, 'spec', 'hostnames')).flatMap((host) => asText(host) ?? [])),
  ]),
  Gateway: fields([['CLASS', 'spec.gatewayClassName']]),
  IngressClass: fields([['CONTROLLER', 'spec.controller']]),
  RoleBinding: columns<Json>(['ROLE'], roleOf),
  ClusterRoleBinding: columns<Json>(['ROLE'], roleOf),
  PersistentVolumeClaim: fields([
    ['VOLUME', 'spec.volumeName'],
    ['REQUEST', 'spec.resources.requests.storage'],
    ['ACCESS MODES', 'spec.accessModes'],
    ['STORAGECLASS', 'spec.storageClassName'],
  ]),
  PersistentVolume: fields([
    ['CAPACITY', 'spec.capacity.storage'],
    ['ACCESS MODES', 'spec.accessModes'],
    ['RECLAIM POLICY', 'spec.persistentVolumeReclaimPolicy', 'Retain'],
    ['STORAGECLASS', 'spec.storageClassName'],
  ]),
  StorageClass: fields([
    ['PROVISIONER', 'provisioner'],
    ['RECLAIMPOLICY', 'reclaimPolicy', 'Delete'],
    ['VOLUMEBINDINGMODE', 'volumeBindingMode', 'Immediate'],
    ['ALLOWVOLUMEEXPANSION', 'allowVolumeExpansion', 'false'],
  ]),
  PriorityClass: fields([
    ['VALUE', 'value', '0'],
    ['GLOBAL-DEFAULT', 'globalDefault', 'false'],
    ['PREEMPTIONPOLICY', 'preemptionPolicy', 'PreemptLowerPriority'],
  ]),
};

/** Another project may have a kind of the same name. */
export function columnsOf({ apiVersion, kind }: ClusterObject): Columns | undefined {
  const known = groupOf(usualApiVersion(kind) ?? '') === groupOf(apiVersion);
  return known ? getOwn(byKind, kind) : undefined;
}

/** Each header with the path of its field, and with what a field that is not there stands for. */
function fields(
  rows: readonly (readonly [header: string, path: string, otherwise?: string])[],
): Columns {
  return columns<Json>(
    rows.map(([header]) => header),
    (value) =>
      rows.map(([, path, otherwise]) => {
        const found = fieldAt(value, ...path.split('.'));
        if (Array.isArray(found)) return found.map(modeText).join(',') || otherwise;
        return found === undefined || found === null ? otherwise : shown(found);
      }),
  );
}

function roleOf(value: Json): string[] {
  const role = fieldAt(value, 'roleRef');
  return [`${asText(fieldAt(role, 'kind')) ?? ''}/${asText(fieldAt(role, 'name')) ?? ''}`];
}

const accessModes: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};

function modeText(mode: Json): string {
  const text = shown(mode);
  return getOwn(accessModes, text) ?? text;
}

function shown(value: Json): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function list(items: readonly string[]): string | undefined {
  return items.length === 0 ? undefined : items.join(',');
}

/** An empty selector takes everything, which kubectl shows as `<none>`, too. */
function selected(selector: LabelSelector | undefined): string | undefined {
  const text = selector === undefined ? '' : formatSelector(selector);
  return text === '' ? undefined : text;
}

function keys(value: Json, field: string): number {
  return Object.keys(asJsonObject(fieldAt(value, field)) ?? {}).length;
}
