/** Workloads of one namespace that select the pods of each other. */
import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { matchesSelector } from '../../cluster/labels.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { scaledWorkloads } from '../scaling/scaled-workloads.ts';
import { servicesOf } from './services-of.ts';
import { workloadSelector } from './workload-selector.ts';

export interface SharedSelector {
  /** The later one by its name: in whatever order they stand, it is the one to tell of. */
  readonly set: PodSet;
  readonly other: PodSet;
  /** Of the set. */
  readonly selector: LabelSelector;
  /** Which of the two an autoscaler counts. */
  readonly autoscaled: 'both' | 'one' | 'none';
  /** A Service that takes the pods of both shows that they are meant to run side by side. */
  readonly serviceOfBoth: () => boolean;
}

/** Versions of one application, which run side by side on purpose, are none. */
export function* sharedSelectors(cluster: Cluster): Generator<SharedSelector> {
  const autoscaled = new Set(scaledWorkloads(cluster).map(({ workload }) => workload));
  const seen = new Map<string, PodSet>();
  for (const set of cluster.pods.all) {
    const selector = ownSelector(set);
    if (selector === undefined) continue;
    const other = seen.get(selectorKey(set, selector)) ?? sharing(set, selector, cluster, seen);
    // Pods of one workload that differ in what becomes of them are two sets.
    if (other?.workload === set.workload) continue;
    if (other === undefined) seen.set(selectorKey(set, selector), set);
    else if (!areVersions(set, other)) {
      const counted = [set, other].filter(({ workload }) => autoscaled.has(workload));
      const [first, last] = key(set.workload) < key(other.workload) ? [set, other] : [other, set];
      yield {
        set: last,
        other: first,
        selector: ownSelector(last) ?? selector,
        autoscaled: counted.length === 2 ? 'both' : counted.length === 1 ? 'one' : 'none',
        serviceOfBoth: () => haveService(cluster, set, other),
      };
    }
  }
}

function ownSelector({
  workload,
  templatePath,
  countKnown,
  count,
  hook,
}: PodSet): LabelSelector | undefined {
  return templatePath.length === 0 || (countKnown && count === 0) || hook !== undefined
    ? undefined
    : workloadSelector(workload);
}

const selectorKey = ({ namespace }: PodSet, selector: LabelSelector): string =>
  `${namespace}\n${JSON.stringify(selector)}`;
const key = ({ namespace, kind, name }: ClusterObject): string => `${namespace}/${kind}/${name}`;

/**
 * A workload seen before such that each selector takes the pods of the other. Where one does only,
 * as that of a canary, nothing happens.
 */
function sharing(
  set: PodSet,
  selector: LabelSelector,
  { pods }: Cluster,
  seen: ReadonlyMap<string, PodSet>,
): PodSet | undefined {
  for (const { members } of pods.select(selector.matchLabels ?? {}, set.namespace)) {
    const other = members.set;
    const its =
      matchesSelector(selector, other.labels) === 'yes'
        ? workloadSelector(other.workload)
        : undefined;
    if (
      its === undefined ||
      other.workload === set.workload ||
      seen.get(selectorKey(other, its)) !== other
    )
      continue;
    if (matchesSelector(its, set.labels) === 'yes') return other;
  }
  return undefined;
}

/** Labels that tell versions of one application apart, which run side by side on purpose. */
const versionLabels = [
  'track',
  'version',
  'app.kubernetes.io/version',
  'color',
  'colour',
  'slot',
  'variant',
  'canary',
  'istio.io/rev',
];

function areVersions(a: PodSet, b: PodSet): boolean {
  return versionLabels.some((label) => a.labels.get(label) !== b.labels.get(label));
}

function haveService(cluster: Cluster, a: PodSet, b: PodSet): boolean {
  const services = new Set(servicesOf(cluster, a));
  return servicesOf(cluster, b).some((service) => services.has(service));
}
