/** `get` of what somebody wrote and no controller makes: Deployments, Ingresses, anything else. */
import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2';
import type { CronJob, Job } from 'kubernetes-types/batch/v1';
import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { Ingress, NetworkPolicy } from 'kubernetes-types/networking/v1';
import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { formatSelector } from '../../cluster/labels.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { attempt } from '../../fault.ts';
import type { PrinterColumn } from '../../kubernetes/custom-kind.ts';
import {
  asJsonObject,
  asList,
  asText,
  fieldAt,
  type Json,
  textPairs,
} from '../../kubernetes/json.ts';
import { findWorkload, isWorkloadKind } from '../../kubernetes/kinds.ts';
import { getOwn } from '../../own.ts';
import { valueText, walk } from '../jsonpath/evaluate.ts';
import { parsePath } from '../jsonpath/parse.ts';
import { countText } from '../members.ts';
import { none, pairsOr, placeOf, type View } from './row.ts';

interface Columns {
  readonly names: readonly string[];
  readonly cells: (object: ClusterObject, pods: readonly PodSet[]) => readonly string[];
}

/** `-o wide` of what makes pods: what runs in them, and which it takes for its own. */
const wideOfPods: Columns = {
  names: ['CONTAINERS', 'IMAGES', 'SELECTOR'],
  cells: ({ kind, value }) => {
    const template = fieldAt(value as Json, ...(findWorkload(kind)?.podTemplate ?? []));
    const containers = asList(fieldAt(template, 'spec', 'containers'));
    const each = (field: string): string =>
      containers.map((container) => asText(fieldAt(container, field)) ?? none).join(',');
    return [each('name'), each('image'), selectorOf(value as Json)];
  },
};

/** A ReplicationController has no more than the pairs. */
function selectorOf(value: Json): string {
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

/** By kind; of any other there is only the name. */
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
  Gateway: columns<Json>(['CLASS'], (value) => [
    asText(fieldAt(value, 'spec', 'gatewayClassName')),
  ]),
};

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

/**
 * @param objects of one kind
 * @param printed the columns that their definition has
 */
export function writtenView(
  objects: readonly ClusterObject[],
  cluster: Cluster,
  wide: boolean,
  printed: readonly PrinterColumn[] = [],
): View {
  const kind = objects[0]?.kind;
  const own = (kind === undefined ? undefined : getOwn(byKind, kind)) ?? asDefined(printed, wide);
  const more = wide && kind !== undefined && isWorkloadKind(kind) ? wideOfPods : undefined;
  const rows = objects.map((object) => ({
    namespace: object.namespace ?? '',
    name: object.name,
    cells: [
      ...[own, more].flatMap((one) => one?.cells(object, cluster.pods.ofWorkload(object)) ?? []),
      ...(wide ? [placeOf(object)] : []),
    ],
  }));
  const names = [...own.names, ...(more?.names ?? [])];
  return { columns: [...names, ...(wide ? ['MANIFEST'] : [])], rows };
}

/**
 * What a cluster alone fills in, as the status and the age, has no column here.
 *
 * @source kubernetes/apiextensions-apiserver pkg/registry/customresource/tableconvertor
 *   `ConvertToTable` @v0.36.3
 */
function asDefined(printed: readonly PrinterColumn[], wide: boolean): Columns {
  const shown = printed.filter(
    ({ priority, type, jsonPath }) =>
      (priority <= 0 || wide) && type !== 'date' && !/^\.?status\b/.test(jsonPath),
  );
  const cells = shown.map(({ type, jsonPath }) => cellOf(type, jsonPath));
  return {
    names: shown.map(({ name }) => name.toUpperCase()),
    cells: ({ value }) => cells.map((cell) => cell(value)),
  };
}

const goTypes: Readonly<Record<string, string>> = {
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
};

/** Blank where there is nothing, or something of another type. */
function cellOf(type: string, jsonPath: string): (value: unknown) => string {
  const path = attempt(
    () => parsePath(jsonPath),
    () => {},
  );
  return (value) => {
    const [found] = path === undefined ? [] : walk([value], path);
    const wanted = getOwn(goTypes, type);
    const fits = wanted === undefined ? found !== undefined : typeof found === wanted;
    return fits ? valueText(found) : '';
  };
}
