/**
 * What the scheduler is told about the pods beside a pod (core/v1 `Affinity`,
 * `TopologySpreadConstraint`).
 */
import type { PodAffinityTerm, PodSpec } from 'kubernetes-types/core/v1';
import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { selects } from '../../cluster/policy-selectors.ts';
import { asList, fieldAt, type Path } from '../../kubernetes/json.ts';
import { hostnameLabel } from '../../kubernetes/labels.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { getOwn } from '../../own.ts';

export interface Constraint {
  /** From the spec of the pod to the selector, or to where it would stand. */
  readonly at: Path;
  /** Undefined where nothing is written, which selects no pod. */
  readonly selector: LabelSelector | undefined;
  /** `affinity` only where it is required: without such a pod there is no node. */
  readonly kind: 'spread' | 'anti-affinity' | 'affinity';
  /** Of an anti-affinity: the namespaces that it looks into, where these are written. */
  readonly namespaces?: readonly string[];
}

const required = 'requiredDuringSchedulingIgnoredDuringExecution';
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';

/**
 * Terms about pods of the same namespace, and what keeps apart those of others; what else other
 * namespaces hold is their affair.
 */
export function constraintsOf({
  topologySpreadConstraints = [],
  affinity = {},
}: PodSpec): Constraint[] {
  const { podAffinity, podAntiAffinity } = affinity;
  return [
    ...topologySpreadConstraints.map(({ labelSelector }, index): Constraint => {
      const at = ['topologySpreadConstraints', index];
      return {
        at: labelSelector === undefined ? at : [...at, 'labelSelector'],
        selector: labelSelector,
        kind: 'spread',
      };
    }),
    ...(podAntiAffinity?.[required] ?? []).flatMap((term, index) =>
      ofTerm(term, ['affinity', 'podAntiAffinity', required, index], 'anti-affinity'),
    ),
    ...(podAntiAffinity?.[preferred] ?? []).flatMap(({ podAffinityTerm }, index) =>
      ofTerm(
        podAffinityTerm,
        ['affinity', 'podAntiAffinity', preferred, index, 'podAffinityTerm'],
        'anti-affinity',
      ),
    ),
    ...(podAffinity?.[required] ?? []).flatMap((term, index) =>
      ofTerm(term, ['affinity', 'podAffinity', required, index], 'affinity'),
    ),
  ];
}

function ofTerm(
  { labelSelector, namespaceSelector, namespaces = [] }: PodAffinityTerm,
  at: Path,
  kind: Constraint['kind'],
): Constraint[] {
  if (labelSelector === undefined || namespaceSelector !== undefined) return [];
  if (namespaces.length > 0 && kind !== 'anti-affinity') return [];
  const found = { at: [...at, 'labelSelector'], selector: labelSelector, kind };
  return [namespaces.length > 0 ? { ...found, namespaces } : found];
}

/** It takes its own pods, which are in none of the namespaces, and no others there. */
export function isOnlyHere(
  selector: LabelSelector,
  namespaces: readonly string[],
  set: PodSet,
  { pods }: Cluster,
): boolean {
  const isOwn = namespaces.some((one) => one === set.namespace || isPlaceholder(one));
  return (
    !isOwn &&
    selects(selector, set) === 'yes' &&
    namespaces.every((one) =>
      pods
        .candidates(selector.matchLabels ?? {}, one)
        .every((other) => selects(selector, other) === 'no'),
    )
  );
}

export const zoneLabels = ['topology.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/zone'];

/** One node, or one zone, that the scheduler must take. */
export interface Pin {
  readonly at: Path;
  readonly field: string;
  readonly key: string;
  readonly node: string;
}

export function pinOf({ nodeName, nodeSelector, affinity }: PodSpec): Pin | undefined {
  if (nodeName !== undefined && !isPlaceholder(nodeName))
    return { at: ['nodeName'], field: 'nodeName', key: hostnameLabel, node: nodeName };
  const terms =
    affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  for (const key of [hostnameLabel, ...zoneLabels]) {
    const selected = getOwn(nodeSelector, key);
    if (selected !== undefined && !isPlaceholder(selected))
      return { at: ['nodeSelector', key], field: 'nodeSelector', key, node: selected };
    const names = terms.map(({ matchExpressions = [] }) =>
      matchExpressions.flatMap((one) =>
        one.key === key && one.operator === 'In' ? (one.values ?? []) : [],
      ),
    );
    const [node, ...others] = new Set(names.flat());
    if (node === undefined || others.length > 0 || isPlaceholder(node)) continue;
    if (names.every((one) => one.length > 0))
      return { at: ['affinity', 'nodeAffinity'], field: 'nodeAffinity', key, node };
  }
  return undefined;
}

/** Spread constraints that no way to place the pods breaks. */
export function wideSkews({ spec, count }: Pick<PodSet, 'spec' | 'count'>) {
  return (spec.topologySpreadConstraints ?? []).flatMap(
    ({ maxSkew: skew, topologyKey: key, whenUnsatisfiable }, index) =>
      whenUnsatisfiable === 'DoNotSchedule' && skew >= count
        ? { at: ['topologySpreadConstraints', index, 'maxSkew'], skew, key }
        : [],
  );
}

/** Claims of volumes that one node has at a time; pods of a DaemonSet are on many. */
export function heldClaims({ spec, namespace, workload: { kind } }: PodSet, { objects }: Cluster) {
  if (kind === 'DaemonSet') return [];
  return (spec.volumes ?? []).flatMap(({ persistentVolumeClaim }, index) => {
    const { claimName: claim = '' } = persistentVolumeClaim ?? {};
    const object = objects.findOfKind('', 'PersistentVolumeClaim', namespace, claim);
    const modes = asList(fieldAt(object?.value, 'spec', 'accessModes'));
    const [mode] = modes;
    return modes.length === 1 && (mode === 'ReadWriteOnce' || mode === 'ReadWriteOncePod')
      ? { at: ['volumes', index, 'persistentVolumeClaim', 'claimName'], claim, mode }
      : [];
  });
}

/** All terms of a pod affinity, with where the affinity stands in the spec of the pod. */
export function affinityTerms({
  affinity,
}: PodSpec): { readonly term: PodAffinityTerm; readonly path: Path; readonly strict: boolean }[] {
  const { [required]: must = [], [preferred]: may = [] } = affinity?.podAffinity ?? {};
  const path = ['affinity', 'podAffinity'];
  return [
    ...must.map((term) => ({ term, path, strict: true })),
    ...may.map(({ podAffinityTerm: term }) => ({ term, path, strict: false })),
  ];
}

/** The pods go to where pods of their own kind are. */
export function takesItself(
  { labelSelector, namespaces = [] }: PodAffinityTerm,
  set: PodSet,
): boolean {
  return (
    labelSelector !== undefined &&
    (namespaces.length === 0 || namespaces.includes(set.namespace)) &&
    selects(labelSelector, set) === 'yes'
  );
}
